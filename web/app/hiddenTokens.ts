import { HiddenTokens } from '../connection/page/hiddenTokens.ts';

/**
 * What hides tokens in all that this page stores or links. One for the page, so that a token has
 * one name everywhere; it comes with the first part that needs it, after the first paint.
 */
export const hiddenTokens = new HiddenTokens(() => crypto.randomUUID().slice(0, 6));
