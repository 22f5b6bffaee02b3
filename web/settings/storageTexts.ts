import { defineTexts } from '../ui/texts.ts';

/** About what the browser keeps. */
export const storageTexts = defineTexts({
  storageFull: "The browser's storage is full. Changes are not kept.",
  storageUnreadable: (what: string) => `Your saved ${what} could not be read. A backup is kept.`,
  savedTabs: 'tabs',
  savedSettings: 'settings',
  savedProgress: 'tutorial progress',
  savedTexts: 'messages',
  savedHistory: 'history',
  savedPanes: 'pane sizes',
  savedFirstRun: 'choice about the first steps',
  savedRecents: 'recent choices',
  savedShortcuts: 'shortcuts',
  savedServers: 'list of servers',
  download: 'Download',
  dismiss: 'Dismiss',
});
