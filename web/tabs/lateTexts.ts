import { many } from '../ui/format.ts';
import { defineTexts } from '../ui/texts.ts';

/** Of the menu and the dialogs of tabs, which are loaded later. */
export const lateTexts = defineTexts({
  unread: (count: number) => many(count, 'new message', 'new messages'),
  failures: (count: number) => many(count, 'failure', 'failures'),
  product: 'Seshdeck',
  lost: 'Reconnecting',
  off: 'Disconnected',
  goTo: (title: string) => `Go to ${title}`,
  moveInTabs: 'Next or previous tab (when the tab bar has focus)',
  tabMenu: 'Tab menu',
  moveTabLeft: 'Move tab left',
  moveTabRight: 'Move tab right',
  title: 'Title',
  titleHint: 'Leave it empty to name the tab after its server.',
  rename: 'Rename',
  closeLoses: 'This tab has a message that was not sent. Closing the tab discards it and its log.',
  close: 'Close',
  keep: 'Keep',
});
