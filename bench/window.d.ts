declare global {
  interface Window {
    seshdeck: { composer: { setText: (text: string) => void } };
    /** Made by `visitRows.ts` in the page that it opens; 0 before a thing is there. */
    benchVisit: { composer: number; editor: number };
    /** Made by `searchRows.ts` in the page that it watches. */
    benchSearch: { askedMs: number; answeredMs: number };
    /** Made by `frames.ts` in the page that it watches. */
    benchWatch: { frames: number[]; keys: number[] };
  }
}

export {};
