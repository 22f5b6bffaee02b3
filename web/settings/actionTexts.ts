import { defineTexts } from '../ui/texts.ts';

/** Of the actions of the settings, which are there before their dialog. */
export const actionTexts = defineTexts({
  group: 'General',
  settings: 'Settings',
  toLightTheme: 'Switch to light theme',
  toDarkTheme: 'Switch to dark theme',
});
