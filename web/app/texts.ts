import { defineTexts } from '../ui/texts.ts';

/** Of the page as a whole. */
export const texts = defineTexts({
  skipToComposer: 'Skip to the composer',
  skipToLesson: 'Skip to the lesson',
  code: 'Code',
  exportMessages: 'Export messages',
  viewReply: 'View',

  // Panels
  learn: 'Learn',
  reference: 'Reference',
  history: 'History',
  compose: 'Compose',
  saved: 'Saved',
  sessions: 'Sessions',

  // Titles of panels until they are loaded, where they are not the names
  composerTitle: 'Compose message',
  tutorialTitle: 'Tutorial',
  responseTitle: 'Response',
  messagesTitle: 'Saved messages',
});
