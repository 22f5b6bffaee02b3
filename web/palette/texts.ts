import { defineTexts } from '../ui/texts.ts';

/** Of the palette before its results are loaded. */
export const texts = defineTexts({
  searchOrRun: 'Search or run',
  palette: 'Command palette',
  paletteHint: 'Search actions, commands, lessons, messages, tabs …',
});
