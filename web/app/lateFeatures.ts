import type { FirstRun } from '../firstRun/FirstRun.tsx';
import type { FirstRunStore } from '../firstRun/firstRunStore.ts';
import type { InspectorFeature, InspectorFeatureDeps } from '../inspector/inspectorFeature.ts';
import type { LibraryFeature } from '../library/libraryFeature.ts';
import type { ReferenceFeature } from '../reference/referenceFeature.tsx';
import type { TutorialFeature } from '../tutorial/tutorialFeature.ts';
import { late } from '../ui/late.tsx';
import type { StoredText } from '../ui/stored.ts';

interface FirstRunFeature {
  readonly firstRun: FirstRunStore;
  readonly FirstRun: typeof FirstRun;
}

/** Features with their own state that are loaded after the first paint, each made once. */
export interface LateFeatures {
  /** Loads saved messages and history. */
  readonly loadLibrary: () => Promise<LibraryFeature>;
  /** Saved messages and history, once they are there. */
  readonly library: () => LibraryFeature | undefined;
  /** Loads the live sessions and connects. */
  readonly loadInspector: () => Promise<InspectorFeature>;
  /** The live sessions, once they are there. */
  readonly inspector: () => InspectorFeature | undefined;
  /** What an empty server offers. */
  readonly loadFirstRun: () => Promise<FirstRunFeature>;
  readonly loadReference: () => Promise<ReferenceFeature>;
  readonly loadTutorial: () => Promise<TutorialFeature>;
  /** The tutorial, once it is there. */
  readonly tutorial: () => TutorialFeature | undefined;
  /** Where a person is in the tutorial, once that is there. */
  readonly place: () => { readonly lesson?: string; readonly step?: string };
}

interface LateFeaturesDeps extends InspectorFeatureDeps {
  readonly storedText: (name: string) => StoredText;
}

/** After a failure the next call tries again. */
export function createLateFeatures({ storedText, ...deps }: LateFeaturesDeps): LateFeatures {
  const { setTimer } = deps;
  let inspector: InspectorFeature | undefined;
  let library: LibraryFeature | undefined;
  let tutorial: TutorialFeature | undefined;
  return {
    loadLibrary: late(async () => {
      const [{ createLibraryFeature }, { pageTokens }] = await Promise.all([
        import('../library/libraryFeature.ts'),
        import('../connection/page/hiddenTokens.ts'),
      ]);
      return (library = createLibraryFeature({ storedText, setTimer, hidden: pageTokens }));
    }),
    library: () => library,
    loadInspector: late(async () => {
      const { createInspectorFeature } = await import('../inspector/inspectorFeature.ts');
      return (inspector = createInspectorFeature(deps));
    }),
    inspector: () => inspector,
    loadFirstRun: late(async () => {
      const [{ createFirstRunStore }, { FirstRun: View }] = await Promise.all([
        import('../firstRun/firstRunStore.ts'),
        import('../firstRun/FirstRun.tsx'),
      ]);
      return { firstRun: createFirstRunStore(storedText('firstRun')), FirstRun: View };
    }),
    loadReference: late(async () => {
      const [{ createReferenceFeature }, { commandAt }] = await Promise.all([
        import('../reference/referenceFeature.tsx'),
        import('../composer/commandAt.ts'),
      ]);
      return createReferenceFeature(commandAt);
    }),
    loadTutorial: late(async () => {
      const { createTutorialFeature } = await import('../tutorial/tutorialFeature.ts');
      return (tutorial = createTutorialFeature(storedText('tutorial')));
    }),
    tutorial: () => tutorial,
    place: () => {
      const at = tutorial?.tutorial.store.getState();
      return at ? { lesson: at.lessonId, step: at.stepId } : {};
    },
  };
}
