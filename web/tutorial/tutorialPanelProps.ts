import type { Variables } from '../connection/page/variables.ts';
import type { TutorialStore } from './tutorialStore.ts';

export interface TutorialPanelProps {
  readonly store: TutorialStore;
  /** Of the active tab. */
  readonly variables: Variables;
  /** Puts a text into the active tab's composer, variables and all. */
  readonly onInsert: (text: string) => void;
  /** Puts a text into the active tab's composer and sends it. */
  readonly onRun: (text: string) => void;
}
