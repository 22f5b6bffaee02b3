import { defineTexts } from '../ui/texts.ts';

/** Of actions and the list of shortcuts, and why keys are refused. */
export const shortcutTexts = defineTexts({
  shortcuts: 'Keyboard shortcuts',
  twoPane: 'Two-pane view on or off',
  newestFirst: 'Newest message first or last',
  byName: (keys: string) => `From the palette (${keys})`,
  byNameOnly: 'From the palette',
  keyAlone: 'This key types. Hold Ctrl or Alt with it, on a Mac ⌘ or ⌥.',
  keyTypes: (keys: string) => `${keys} types a character on many keyboards.`,
  keyOfBrowser: (keys: string) => `${keys} belongs to the browser.`,
  keyOfEditing: (keys: string) => `${keys} is for editing text.`,
  keyOfSystem: 'Keys with this modifier belong to the system.',
  keyDigit: 'Press it with a digit from 1 to 9.',
  keyTaken: (label: string) => `Already used for “${label}”. Change that one first.`,
  ofLog: 'Next failure',
});
