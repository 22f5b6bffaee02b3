import { defineMessages } from '../ui/messages.ts';

/** Of the library's actions, which are there before its panels. */
export const actionTexts = defineMessages({
  group: 'Compose',
  olderMessage: 'Previous message from the history',
  newerMessage: 'Next message from the history',
});
