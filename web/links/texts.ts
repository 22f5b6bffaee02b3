import { defineTexts } from '../ui/texts.ts';

/** About links to what is on screen. */
export const texts = defineTexts({
  copyLink: 'Copy link',
  linkCopied: 'Link copied. Tokens in it are variables.',
  linkTooLong: 'This message is too long for a link. Save it instead.',
  linkRefused: 'The browser refused to copy the link.',
});
