import { defineTexts } from '../ui/texts.ts';

/** Of the frame around the panels. */
export const texts = defineTexts({
  panels: 'Panels',
  connectionPanel: 'Connection',
  composerPane: 'composer',
  responsePane: 'response',
  workPane: 'the work area',
  notice: 'Notice',
  undo: 'Undo',
});
