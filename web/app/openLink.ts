import type { Console } from './createConsole.ts';
import { readLink, type LinkState } from './link.ts';
import { messages as say } from './messages.ts';
import { composePanel, panels } from './panelList.ts';
import { maxTabs } from './tabsStore.ts';

/**
 * Brings the page to what the address says.
 * @param isAgain The page was here before: a message or lesson of the link has been opened then, and
 *   what a person made of it since is in the tabs.
 */
export function openLink(parts: Console, { isAgain }: { readonly isAgain: boolean }): void {
  const state = readLink(window.location.hash);
  if (!state) return;
  if (!isAgain) openMessage(parts, state);
  filterLog(parts, state);
  if (!isAgain) void openLesson(parts, state);
}

/** Into the editor, and no further: a link never sends. Unsent work stays, the message gets a tab. */
function openMessage({ tabs, shell }: Console, { message, isLiteral = false }: LinkState): void {
  if (message === undefined) return;
  const active = tabs.active();
  if (active.draft.store.getState().text !== message) {
    const isTabNeeded = active.unsent.isUnsent();
    if (isTabNeeded && tabs.store.getState().tabs.length >= maxTabs) {
      shell.tell(say.tooManyTabs(maxTabs));
      return;
    }
    const tab = isTabNeeded ? tabs.open() : active;
    tab.draft.setMessage({ text: message, isLiteral }, { start: 0, length: 0 });
  }
  shell.show(composePanel);
}

function filterLog({ tabs }: Console, { filter }: LinkState): void {
  if (filter) tabs.active().log.setFilter(filter);
}

async function openLesson(parts: Console, { lesson, step, message }: LinkState): Promise<void> {
  if (lesson === undefined) return;
  const { tutorial } = await parts.loadLearnSide();
  if (!tutorial.lessons.some(({ id }) => id === lesson)) return;
  tutorial.openLesson(lesson);
  if (step !== undefined) tutorial.openStep(step);
  const learn = panels.find(({ id }) => id === 'learn');
  // On a narrow page the message is what one sees first.
  if (learn && message === undefined) parts.shell.show(learn);
}
