import { defineMessages } from '../ui/messages.ts';

export const messages = defineMessages({
  settings: 'Settings',
  general: 'General',
  theme: 'Theme',
  shortcuts: 'Shortcuts',
  twoPane: 'Two-pane view',
  twoPaneHint: 'Composer and response side by side. Off: one above the other.',
  newestFirst: 'Newest message first',
  newestFirstHint: 'Off: new messages appear at the bottom.',
  probing: 'Probe round-trip',
  probingHint:
    'While a connection is idle, a small question to the server measures the way there and back.',
  remembering: 'Remember tokens and replies in this browser',
  rememberingHint:
    'Off: after a reload, tokens have to be learned again and the log begins anew. On: both come back.',
  rememberingRisk:
    'Whoever can use this browser can read them, and a token is all it takes to use a session.',
  useShortcuts: 'Shortcuts of the page',
  useShortcutsHint:
    'Off: no key combination does anything outside of the part of the page that has the focus.',
  off: 'Off',
  changeKeys: (does: string) => `Change the keys of ${does}`,
  resetKeys: (does: string) => `Reset the keys of ${does}`,
  resetAllKeys: 'Reset all shortcuts',
  pressKeys: (does: string) => `Press the new keys of ${does}`,
  pressNewKeys: 'Press keys…',
  recordHint: 'Esc cancels, Backspace switches the shortcut off',
  clearAll: 'Clear all data',
  clearAllHint: 'Tabs, saved messages, history, progress, settings and backups.',
  clearAllAsk: 'Clear all data?',
  clearAllLoses:
    'Everything that this console keeps in this browser is removed, backups included, and the page starts anew. Sessions on the server stay. This cannot be undone.',
  clear: 'Clear',
  cancel: 'Cancel',
  backups: 'Backups',
  backupsHint: 'Texts that could not be read, kept as they were.',
  downloadBackup: (what: string) => `Download ${what}`,
  light: 'Light',
  dark: 'Dark',
  system: 'System',
});
