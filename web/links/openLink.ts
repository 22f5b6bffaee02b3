import type { Tab } from '../tabs/tab.ts';
import type { TutorialStore } from '../tutorial/tutorialStore.ts';
import { readLink, type LinkState } from './link.ts';

/** What a link can change. */
export interface LinkedPage {
  readonly activeTab: () => Tab;
  /** @returns undefined at the limit of tabs; the person was notified. */
  readonly openTab: () => Tab | undefined;
  readonly showComposer: () => void;
  readonly showTutorial: () => void;
  readonly loadTutorial: () => Promise<TutorialStore>;
}

/**
 * Opens what the address asks for.
 * @param isAgain The page was reloaded: message and lesson of the link were opened before, and what
 *   was edited since is in the tabs.
 */
export function openLink(page: LinkedPage, { isAgain }: { readonly isAgain: boolean }): void {
  const state = readLink(window.location.hash);
  if (!state) return;
  if (!isAgain) openMessage(page, state);
  if (state.filter) page.activeTab().log.setFilter(state.filter);
  if (!isAgain) void openLesson(page, state);
}

/** Puts the message into the editor; a link never sends. If unsent text is there, it opens a tab. */
function openMessage(page: LinkedPage, { message, isLiteral = false }: LinkState): void {
  if (message === undefined) return;
  const active = page.activeTab();
  if (active.draft.store.getState().text !== message) {
    const tab = active.unsent.isUnsent() ? page.openTab() : active;
    if (!tab) return;
    tab.draft.setMessage({ text: message, isLiteral }, { start: 0, length: 0 });
  }
  page.showComposer();
}

async function openLesson(page: LinkedPage, { lesson, step, message }: LinkState): Promise<void> {
  if (lesson === undefined) return;
  const tutorial = await page.loadTutorial();
  if (!tutorial.lessons.some(({ id }) => id === lesson)) return;
  tutorial.openLesson(lesson);
  if (step !== undefined) tutorial.openStep(step);
  // A narrow page shows one panel: the message comes first.
  if (message === undefined) page.showTutorial();
}
