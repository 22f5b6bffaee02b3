import { defineMessages } from '../ui/messages.ts';

/** Of the panels that are loaded when they are first needed. */
export const panelTitles = defineMessages({
  composer: 'Compose message',
  tutorial: 'Tutorial',
  reference: 'Reference',
  response: 'Response',
  messages: 'Saved messages',
  history: 'History',
  sessions: 'Sessions',
});
