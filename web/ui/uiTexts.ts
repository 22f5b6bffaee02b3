import { defineTexts } from './texts.ts';

/** Texts of parts that are the same wherever they stand. */
export const uiTexts = defineTexts({
  closeDialog: 'Close dialog',
  copied: 'Copied',
  copyRefused: 'The browser refused to copy',
  copyValue: 'Copy value',
  copyAsText: 'Copy as text',
  loading: 'Loading…',
  notLoaded: "Couldn't load this panel.",
  isServerThere: 'Is the server running?',
  partFaulty: 'Something went wrong here.',
  retry: 'Try again',
  reloadPage: 'Reload the page',
  withKeys: (label: string, keys: string) => `${label} (${keys})`,
  resize: (what: string) => `Resize ${what}`,
  resizeHint: 'Drag to resize, double-click to reset',
});
