import type { HiddenTokens } from '../connection/page/hiddenTokens.ts';
import type { Variables } from '../connection/page/variables.ts';
import { copyText } from '../ui/copyText.ts';
import { linkTo, type LinkState } from './link.ts';
import { texts } from './texts.ts';

interface Linked {
  readonly state: LinkState;
  /** Of the active tab. */
  readonly variables: Variables;
  readonly hidden: HiddenTokens;
}

/**
 * Puts a link to what is on screen on the clipboard.
 * @returns How that went, for people.
 */
export async function copyLink({ state, variables, hidden }: Linked): Promise<string> {
  hidden.learn(variables);
  const link = linkTo(state, hidden);
  if (link === undefined) return texts.linkTooLong;
  const { origin, pathname } = window.location;
  const isCopied = await copyText(`${origin}${pathname}${link}`);
  return isCopied ? texts.linkCopied : texts.linkRefused;
}
