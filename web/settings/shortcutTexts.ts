import { defineTexts } from '../ui/texts.ts';

/** Of actions and the list of shortcuts, and why keys are refused. */
export const shortcutTexts = defineTexts({
  documentation: 'Documentation',
  shortcuts: 'Keyboard shortcuts',
  twoPane: 'Toggle two-pane view',
  newestFirst: 'Toggle newest first',
  oneRow: 'Toggle request and reply in one row',
  byName: (keys: string) => `From the palette (${keys})`,
  byNameOnly: 'From the palette',
  keyAlone: 'This key types a character. Add Ctrl or Alt (⌘ or ⌥ on a Mac).',
  keyTypes: (keys: string) => `${keys} types a character on many keyboards.`,
  keyOfBrowser: (keys: string) => `${keys} is used by the browser.`,
  keyOfEditing: (keys: string) => `${keys} is used for editing text.`,
  keyOfSystem: 'This modifier is reserved by the operating system.',
  keyDigit: 'Press it with a digit from 1 to 9.',
  keyTaken: (label: string) => `Already used for “${label}”. Change that one first.`,
  ofLog: 'Next failure',
});
