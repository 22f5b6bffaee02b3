import { followLinks } from '../links/followLinks.ts';
import { openTab } from '../tabs/actions.ts';
import type { Tabs } from '../tabs/tabsStore.ts';
import { uiTexts } from '../ui/uiTexts.ts';
import { offerActions, type FirstActions } from './actions.ts';
import { createParts, type AppParts } from './createParts.ts';
import { learnPanel } from './panelList.ts';

/** All that the page has before anything of it is shown. */
export interface StartedPage {
  readonly parts: AppParts;
  readonly actions: FirstActions;
  /** When what the address asks for is there; rejects when it cannot be loaded. */
  readonly linksFollowed: Promise<void>;
}

export function startPage(): StartedPage {
  const parts = createParts();
  offerAutomation(parts.tabs);
  return { parts, actions: offerActions(parts), linksFollowed: followPageLinks(parts) };
}

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
function offerAutomation(tabs: Tabs): void {
  window.seshdeck = {
    composer: {
      setText: (text) => tabs.active().draft.setText(text),
      getText: () => tabs.active().draft.store.getState().text,
    },
  };
}

/** Brings this page to what its address says, now and whenever that changes. */
function followPageLinks({ tabs, shell, loadTutorial }: AppParts): Promise<void> {
  return followLinks({
    activeTab: tabs.active,
    openTab: () => openTab({ tabs, shell }),
    showComposer: shell.showComposer,
    showTutorial: () => shell.show(learnPanel),
    loadTutorial: async () => (await loadTutorial()).tutorial,
    onNotLoaded: () => shell.notify(uiTexts.notLoaded),
  });
}
