import { defineMessages } from '../ui/messages.ts';

/** Of the frame around the panels. */
export const texts = defineMessages({
  panels: 'Panels',
  connectionPanel: 'Connection',
  composerPane: 'composer',
  responsePane: 'response',
  workPane: 'work',
  notice: 'Notice',
  undo: 'Undo',
});
