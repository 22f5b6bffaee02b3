import { useStore } from 'zustand';
import type { LogViewState } from './logViewState.ts';

/** The newest reply lies open by itself; what a person opened or closed stays so. */
export function useUnfolding(viewState: LogViewState, newestReplyId: number | undefined) {
  const unfolded = useStore(viewState.store, (view) => view.unfolded);
  const heights = useStore(viewState.store, (view) => view.heights);
  const isUnfolded = (id: number) => unfolded.get(id) ?? id === newestReplyId;
  return {
    isUnfolded,
    /** Of the rows that are unfolded, as long as they are, on screen or not. */
    heights: new Map([...heights].filter(([id]) => isUnfolded(id))),
  };
}
