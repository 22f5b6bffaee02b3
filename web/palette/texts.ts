import { defineMessages } from '../ui/messages.ts';

/** Of the palette before its results are loaded. */
export const texts = defineMessages({
  searchOrRun: 'Search or run',
  palette: 'Command palette',
  paletteHint: 'Search actions, commands, lessons, messages, tabs …',
});
