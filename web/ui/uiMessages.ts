import { defineMessages } from './messages.ts';

/** Texts of parts that are the same wherever they stand. */
export const messages = defineMessages({
  closeDialog: 'Close dialog',
  copied: 'Copied',
  copyRefused: 'The browser refused to copy',
  resize: (what: string) => `Resize ${what}`,
});
