import { copyText } from '../ui/copyText.ts';
import { hiddenTokens } from './hiddenTokens.ts';
import type { Console } from './createConsole.ts';
import { linkTo } from './link.ts';
import { messages as say } from './dialogMessages.ts';

/** Puts a link to what is on screen on the clipboard, and says so. */
export async function copyLink({ tabs, shell, place }: Console): Promise<void> {
  const { draft, log, connection } = tabs.active();
  const { text: message, isLiteral } = draft.store.getState();
  const { filter } = log.store.getState();
  hiddenTokens.learn(connection.store.getState().variables);
  const link = linkTo({ message, isLiteral, filter, ...place() }, hiddenTokens);
  if (link === undefined) {
    shell.tell(say.linkTooLong);
    return;
  }
  const { origin, pathname } = window.location;
  const isCopied = await copyText(`${origin}${pathname}${link}`);
  shell.tell(isCopied ? say.linkCopied : say.linkRefused);
}
