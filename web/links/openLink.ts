import type { Tab } from '../tabs/tab.ts';
import type { TutorialStore } from '../tutorial/tutorialStore.ts';
import { readLink, type LinkState } from './link.ts';

/** What a link can change. */
export interface LinkedPage {
  readonly activeTab: () => Tab;
  /** @returns undefined when there can be no more tabs; it has said so. */
  readonly openTab: () => Tab | undefined;
  readonly showComposer: () => void;
  readonly showTutorial: () => void;
  readonly loadTutorial: () => Promise<TutorialStore>;
}

/**
 * Brings the page to what the address says.
 * @param isAgain The page was here before: a message or lesson of the link has been opened then, and
 *   what a person made of it since is in the tabs.
 */
export function openLink(page: LinkedPage, { isAgain }: { readonly isAgain: boolean }): void {
  const state = readLink(window.location.hash);
  if (!state) return;
  if (!isAgain) openMessage(page, state);
  if (state.filter) page.activeTab().log.setFilter(state.filter);
  if (!isAgain) void openLesson(page, state);
}

/** Into the editor, and no further: a link never sends. Unsent work stays, the message gets a tab. */
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
  // On a narrow page the message is what one sees first.
  if (message === undefined) page.showTutorial();
}
