import { defineMessages } from '../ui/messages.ts';

/** Of the composer's actions, which are there before its panel. */
export const actionTexts = defineMessages({
  group: 'Compose',
  goToComposer: 'Go to the composer',
});
