import type { Tabs } from '../tabs/tabsStore.ts';

/** What scripts in the page may rely on; described in `docs/automation.md`. */
export interface Automation {
  readonly composer: {
    /** Replaces the text of the active tab's editor. */
    setText: (text: string) => void;
    /** Text of the active tab's editor. */
    getText: () => string;
  };
}

declare global {
  interface Window {
    seshdeck: Automation;
  }
}

/** Puts `window.seshdeck` in place, so that tests need to know nothing about the editor. */
export function offerAutomation(tabs: Tabs): void {
  window.seshdeck = {
    composer: {
      setText: (text) => tabs.active().draft.setText(text),
      getText: () => tabs.active().draft.store.getState().text,
    },
  };
}
