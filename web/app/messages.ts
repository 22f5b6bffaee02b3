import { defineMessages } from '../ui/messages.ts';

/** Of the frame around the features. */
export const messages = defineMessages({
  // Connection bar
  serverUrl: 'Server URL',
  serverAddress: 'Address of the server',
  disconnectToChange: 'Disconnect to change the address',
  connect: 'Connect',
  disconnect: 'Disconnect',
  connectionState: 'Connection',
  connectedTo: (host: string) => `Connected to ${host}`,
  connectingTo: (host: string) => `Connecting to ${host}`,
  couldNotConnect: (host: string) => `Could not connect to ${host}`,
  copyFlags: 'Copy flags',
  whyNotConnected: 'Reason',
  connectionLost: (code: number) => `Connection lost (code ${code})`,
  disconnected: 'Disconnected',
  itSaid: (reason: string) => `It said: “${reason}”.`,
  closeCode: (code: number) => `(Close code ${code}.)`,
  draftKept: 'Your draft and log are kept.',
  nextTryIn: (seconds: number) => `Next try in ${seconds} s.`,
  retryNow: 'Retry now',

  // Connection details
  details: 'Connection details',
  inMs: (ms: number) => `${ms < 10 ? ms.toFixed(1) : ms.toFixed(0)} ms`,

  // Top bar
  skipToComposer: 'Skip to the composer',
  searchOrRun: 'Search or run',
  settings: 'Settings',
  toLightTheme: 'Switch to light theme',
  toDarkTheme: 'Switch to dark theme',

  // Tabs
  connections: 'Connections',
  connectionPanel: 'Connection',
  tabTitle: (count: number) => `Connection ${count}`,
  newTab: 'New tab',
  closeTab: 'Close tab',
  closeTitle: (title: string) => `Close ${title}`,
  tabHint: 'Double click or F2 renames, dragging or Alt+Shift+arrow moves',
  tabMenu: 'Tab menu',
  renameTab: 'Rename tab',
  moveTabLeft: 'Move tab left',
  moveTabRight: 'Move tab right',
  reopenTab: 'Reopen closed tab',
  movedTab: (title: string, place: number, count: number) =>
    `${title} is now tab ${place} of ${count}.`,
  goToTab: 'Go to a tab',
  tooManyTabs: (most: number) => `${most} tabs are the most at a time. Close one first.`,
  pastAbove: 'Rows above are from before this page was loaded',

  // Panels
  panels: 'Panels',
  learn: 'Learn',
  reference: 'Reference',
  history: 'History',
  compose: 'Compose',
  savedMessages: 'Messages',
  sessions: 'Sessions',
  composerPane: 'composer',
  responsePane: 'response',
  workPane: 'work',

  // Actions
  groupGeneral: 'General',
  groupConnection: 'Connection',
  groupTabs: 'Tabs',
  groupCompose: 'Compose',
  groupResponse: 'Response',
  groupPanels: 'Panels',
  send: 'Send',
  beautify: 'Beautify',
  goToComposer: 'Go to the composer',
  olderMessage: 'Previous message from the history',
  newerMessage: 'Next message from the history',
  exportLog: 'Export',
  clearMessages: 'Clear messages',
  shortcuts: 'Keyboard shortcuts',
  withKeys: (label: string, keys: string) => `${label} (${keys})`,
  twoPane: 'Two-pane view on or off',
  newestFirst: 'Newest message first or last',
  copyLink: 'Copy link',
  notice: 'Notice',
  undo: 'Undo',
});
