import { late } from '../ui/late.tsx';
import type { StoredText } from '../ui/stored.ts';
import type { InspectionSide, InspectionSideDeps } from './inspectionSide.ts';
import type { LearnSide } from './learnSide.ts';
import type { LibrarySide } from './librarySide.ts';
import type { ReferenceSide } from './ReferenceSide.tsx';

/** Parts of the page with a state of their own that are loaded after the first paint. */
export interface FetchedSides {
  /** Loads saved messages and history, the same ones each time. */
  readonly loadLibrarySide: () => Promise<LibrarySide>;
  /** Saved messages and history, once they are there. */
  readonly librarySide: () => LibrarySide | undefined;
  /** Loads the live sessions and connects, once. */
  readonly loadInspectionSide: () => Promise<InspectionSide>;
  /** The live sessions, once they are there. */
  readonly inspectionSide: () => InspectionSide | undefined;
  /** Loads the reference, the same one each time. */
  readonly loadReferenceSide: () => Promise<ReferenceSide>;
  /** Loads the tutorial, the same one each time. */
  readonly loadLearnSide: () => Promise<LearnSide>;
  /** Where a person is in the tutorial, once that is there. */
  readonly place: () => { readonly lesson?: string; readonly step?: string };
}

interface FetchedSidesDeps extends InspectionSideDeps {
  readonly storedText: (name: string) => StoredText;
}

/** Each is made once; after a failure the next call tries again. */
export function createFetchedSides({ storedText, ...deps }: FetchedSidesDeps): FetchedSides {
  const { setTimer } = deps;
  let inspectionSide: InspectionSide | undefined;
  let librarySide: LibrarySide | undefined;
  let learnSide: LearnSide | undefined;
  return {
    loadLibrarySide: late(async () => {
      const { createLibrarySide } = await import('./librarySide.ts');
      return (librarySide = createLibrarySide({ storedText, setTimer }));
    }),
    librarySide: () => librarySide,
    loadInspectionSide: late(async () => {
      const { createInspectionSide } = await import('./inspectionSide.ts');
      return (inspectionSide = createInspectionSide(deps));
    }),
    inspectionSide: () => inspectionSide,
    loadReferenceSide: late(async () => {
      const { createReferenceSide } = await import('./ReferenceSide.tsx');
      return createReferenceSide();
    }),
    loadLearnSide: late(async () => {
      const { createLearnSide } = await import('./learnSide.ts');
      return (learnSide = createLearnSide(storedText('tutorial')));
    }),
    place: () => {
      const at = learnSide?.tutorial.store.getState();
      return at ? { lesson: at.lessonId, step: at.stepId } : {};
    },
  };
}
