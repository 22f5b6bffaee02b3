import { copyText } from '../ui/copyText.ts';
import type { Console } from './createConsole.ts';
import { linkTo } from './link.ts';
import { messages as say } from './dialogMessages.ts';

/** Puts a link to what is on screen on the clipboard, and says so. */
export async function copyLink({ tabs, shell, place }: Console): Promise<void> {
  const { draft, log, connection } = tabs.active();
  const message = draft.store.getState().text;
  const { filter } = log.store.getState();
  const { variables } = connection.store.getState();
  const link = linkTo({ message, filter, ...place() }, variables);
  if (link === undefined) {
    shell.tell(say.linkTooLong);
    return;
  }
  const { origin, pathname } = window.location;
  const isCopied = await copyText(`${origin}${pathname}${link}`);
  shell.tell(isCopied ? say.linkCopied : say.linkRefused);
}
