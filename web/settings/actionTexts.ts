import { defineMessages } from '../ui/messages.ts';

/** Of the actions of the settings, which are there before their dialog. */
export const actionTexts = defineMessages({
  group: 'General',
  settings: 'Settings',
  toLightTheme: 'Switch to light theme',
  toDarkTheme: 'Switch to dark theme',
});
