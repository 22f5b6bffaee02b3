import { useCallback, useState } from 'react';

/** The newest reply lies open by itself; what a person opened or closed stays so. */
export function useUnfolding(newestReplyId: number | undefined) {
  const [chosen, setChosen] = useState<ReadonlyMap<number, boolean>>(new Map());
  const [heights, setHeights] = useState<ReadonlyMap<number, number>>(new Map());
  const isUnfolded = (id: number) => chosen.get(id) ?? id === newestReplyId;
  const setHeight = useCallback((id: number, heightPx: number | undefined) => {
    setHeights((before) => {
      if (before.get(id) === heightPx) return before;
      const after = new Map(before);
      if (heightPx === undefined) after.delete(id);
      else after.set(id, heightPx);
      return after;
    });
  }, []);
  return {
    isUnfolded,
    /** Of the rows that are unfolded, as long as they are, on screen or not. */
    heights: new Map([...heights].filter(([id]) => isUnfolded(id))),
    setHeight,
    setUnfolded: (id: number, isOn: boolean) =>
      setChosen((before) => new Map(before).set(id, isOn)),
    foldAll: () => setChosen(new Map(newestReplyId === undefined ? [] : [[newestReplyId, false]])),
  };
}
