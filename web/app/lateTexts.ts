import { defineMessages } from '../ui/messages.ts';

/** Of what the palette and the list of shortcuts put together. */
export const lateTexts = defineMessages({
  copyLink: 'Copy link',
  clearMessages: 'Clear messages',
  general: 'General',
  panels: 'Panels',
  commands: 'Commands',
  lessons: 'Lessons',
  insert: (name: string) => `Insert ${name}`,
  openLesson: (title: string) => `Lesson: ${title}`,
  showSession: (name: string) => `Show session ${name}`,
  takeSession: (name: string) => `Set as {{tkn}}: ${name}`,
  goToTab: (title: string) => `Go to ${title}`,
  moveInTabs: 'Go to the next tab, in the row of tabs',
  tabs: 'Tabs',
  response: 'Response',
});
