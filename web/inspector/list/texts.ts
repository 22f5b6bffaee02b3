import { many, number } from '../../ui/format.ts';
import { defineTexts } from '../../ui/texts.ts';

const plural = (count: number, noun: string) => many(count, noun, `${noun}s`);

export const texts = defineTexts({
  findSessions: 'Find sessions',
  sortSessions: 'Sort sessions',
  sortBy: (column: string) => `Sort by ${column.toLowerCase()}`,
  newest: 'Newest',
  name: 'Name',
  token: 'Token',
  keys: 'Keys',
  size: 'Size',
  created: 'Created',
  lastChange: 'Last change',
  changed: 'Changed',
  operations: 'Operations/s',
  operationsHead: 'Ops/s',
  expiry: 'Expiry',
  expires: 'Expires',
  liveSessions: 'Live sessions',
  listPane: 'sessions',
  sessionPane: 'session',
  isShared: 'shared',
  loadingRow: 'Loading…',
  countOfKeys: (count: number) => plural(count, 'key'),
  countOfBytes: (count: number) => plural(count, 'byte'),
  foundIn: (key: string) => `found in ${key}`,

  // How many there are
  shown: (first: number, last: number, of: number) =>
    `${number(first)}–${number(last)} of ${plural(of, 'session')}`,
  shownMatching: (first: number, last: number, matching: number) =>
    `${number(first)}–${number(last)} of ${number(matching)} matching`,
  allSessions: (count: number) => plural(count, 'session'),
  searching: 'Searching…',

  // Groups
  group: 'Group by name',
  separator: 'Separator of groups',
  allGroups: 'All groups',
  groupPath: 'Open group',
  openGroup: (name: string) => `Open group ${name}`,
  countOfSessions: (count: number) => plural(count, 'session'),

  // Instead of rows
  noneKnown: 'Sessions are not loaded yet.',
  connecting: 'Connecting to the inspection socket…',
  reading: 'Reading sessions…',
  noneYet: 'No sessions yet.',
  noneYetHint: 'Send SH_NEW and the session appears here at once.',
  insertNew: 'Insert SH_NEW',
  noMatch: (search: string) => `No sessions match “${search}”.`,
  noMatchIn: (total: number) => `Searched name, id and token of ${plural(total, 'session')}.`,
  noMatchOfPrefix: (prefix: string) => `No sessions are left in the group ${prefix}.`,
  showAll: 'Show all sessions',
  opening: 'Opening the session…',
  isMissing: 'There is no session of this id.',
  isMissingWhy: 'It has ended or expired, or it is on another server.',
  closeMissing: 'Back to the list',
  isOff: 'Inspection is off.',
  isOffWhy: 'Start the server without --no-inspect to see its sessions here.',
  checkAgain: 'Check again',
  wantsKey: 'Inspection key required to see the sessions of this server.',
  keyRefused: 'The server did not accept that key.',
});
