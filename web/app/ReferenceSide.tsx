import { useDeferredValue, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Template } from '../../protocol/template.ts';
import { commandAt } from '../composer/commandAt.ts';
import type { Draft } from '../composer/draft.ts';
import type { ReferenceStore } from '../reference/referenceStore.ts';
import { useLoaded } from '../ui/useLoaded.ts';
import { loadingMessages } from './loadingMessages.ts';
import { LoadingPanel } from './LoadingPanel.tsx';

export interface ReferenceSideProps {
  readonly reference: ReferenceStore;
  /** Of the active tab. */
  readonly draft: Draft;
  readonly onInsert: (template: Template) => void;
}

const load = () => import('../reference/ReferencePanel.tsx');

/** The reference and the composer's cursor, which it follows. */
export function ReferenceSide({ reference, draft, onInsert }: ReferenceSideProps) {
  const loaded = useLoaded(load);
  const text = useDeferredValue(useStore(draft.store, (view) => view.text));
  const cursor = useDeferredValue(useStore(draft.store, (view) => view.cursor));
  const atCursor = useMemo(() => commandAt(text, cursor), [text, cursor]);
  if (loaded.state !== 'ready')
    return <LoadingPanel title={loadingMessages.reference} loaded={loaded} />;
  const { ReferencePanel } = loaded.value;
  return <ReferencePanel reference={reference} atCursor={atCursor} onInsert={onInsert} />;
}
