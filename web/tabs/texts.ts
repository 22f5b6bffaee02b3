import { defineTexts } from '../ui/texts.ts';

/** Of the row of tabs. */
export const texts = defineTexts({
  group: 'Tabs',
  connections: 'Connections',
  newTab: 'New tab',
  closeTab: 'Close tab',
  closeTitle: (title: string) => `Close ${title}`,
  tabHint: 'Double-click or F2 to rename, drag or Alt+Shift+arrow to move',
  renameTab: 'Rename tab',
  closeAsk: (title: string) => `Close ${title}?`,
  reopenTab: 'Reopen closed tab',
  movedTab: (title: string, place: number, count: number) =>
    `${title} is now tab ${place} of ${count}.`,
  goToTab: 'Go to a tab',
  tooManyTabs: (most: number) => `You can have up to ${most} tabs. Close one first.`,
});
