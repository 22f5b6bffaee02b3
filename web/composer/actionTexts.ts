import { defineTexts } from '../ui/texts.ts';

/** Of the composer's actions, which are there before its panel. */
export const actionTexts = defineTexts({
  group: 'Compose',
  goToComposer: 'Go to the composer',
});
