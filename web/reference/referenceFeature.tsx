import { useDeferredValue, useMemo } from 'react';
import { useStore } from 'zustand';
import type { CommandName } from '../../protocol/commands/catalog.ts';
import type { Template } from '../../protocol/wire/template.ts';
import type { Draft } from '../composer/draft.ts';
import { ReferencePanel } from './ReferencePanel.tsx';
import { createReferenceStore, type ReferenceStore } from './referenceStore.ts';

/** The command that an offset of a text stands in, if any. */
type CommandAt = (text: string, cursor: number) => CommandName | undefined;

/** The reference with its state: a separate chunk. */
export interface ReferenceFeature {
  readonly reference: ReferenceStore;
  readonly commandAt: CommandAt;
  readonly Panel: typeof FollowingReference;
}

/** Makes the reference of this page. */
export function createReferenceFeature(commandAt: CommandAt): ReferenceFeature {
  return { reference: createReferenceStore(), commandAt, Panel: FollowingReference };
}

interface FollowingReferenceProps {
  readonly reference: ReferenceStore;
  readonly commandAt: CommandAt;
  /** Of the active tab. */
  readonly draft: Draft;
  readonly onInsert: (template: Template) => void;
}

/** The reference and the composer's cursor, which it follows. */
function FollowingReference(props: FollowingReferenceProps) {
  const { reference, commandAt, draft, onInsert } = props;
  const text = useDeferredValue(useStore(draft.store, (view) => view.text));
  const cursor = useDeferredValue(useStore(draft.store, (view) => view.cursor));
  const atCursor = useMemo(() => commandAt(text, cursor), [commandAt, text, cursor]);
  return <ReferencePanel reference={reference} atCursor={atCursor} onInsert={onInsert} />;
}
