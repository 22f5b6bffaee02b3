import { useDeferredValue, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Template } from '../../protocol/wire/template.ts';
import { commandAt } from '../composer/commandAt.ts';
import type { Draft } from '../composer/draft.ts';
import { ReferencePanel } from '../reference/ReferencePanel.tsx';
import { createReferenceStore, type ReferenceStore } from '../reference/referenceStore.ts';

/** The reference with its state: a chunk of its own. */
export interface ReferenceSide {
  readonly reference: ReferenceStore;
  readonly Panel: typeof FollowingReference;
}

/** Makes the reference of this page. */
export function createReferenceSide(): ReferenceSide {
  return { reference: createReferenceStore(), Panel: FollowingReference };
}

interface FollowingReferenceProps {
  readonly reference: ReferenceStore;
  /** Of the active tab. */
  readonly draft: Draft;
  readonly onInsert: (template: Template) => void;
}

/** The reference and the composer's cursor, which it follows. */
function FollowingReference({ reference, draft, onInsert }: FollowingReferenceProps) {
  const text = useDeferredValue(useStore(draft.store, (view) => view.text));
  const cursor = useDeferredValue(useStore(draft.store, (view) => view.cursor));
  const atCursor = useMemo(() => commandAt(text, cursor), [text, cursor]);
  return <ReferencePanel reference={reference} atCursor={atCursor} onInsert={onInsert} />;
}
