import { defineMessages } from '../ui/messages.ts';

/** Words of the panels that are fetched when they are first needed. */
export const loadingMessages = defineMessages({
  tutorial: 'Tutorial',
  reference: 'Reference',
  response: 'Response',
  messages: 'Saved messages',
  history: 'History',
  sessions: 'Sessions',
  failed: 'This part could not be fetched.',
  failedWhy: 'Is the server running?',
  retry: 'Try again',
});
