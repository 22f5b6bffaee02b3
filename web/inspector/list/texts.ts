import { many, number } from '../../ui/format.ts';
import { defineTexts } from '../../ui/texts.ts';

const plural = (count: number, noun: string) => many(count, noun, `${noun}s`);

interface Counts {
  /** Of the rows on screen, counted from 1. */
  readonly from: number;
  readonly to: number;
  /** Rows, groups included. */
  readonly length: number;
  readonly matching: number;
  readonly all: number;
}

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

  recentlyEnded: 'Recently ended',

  // How many there are
  shown: ({ from, to, length, matching, all }: Counts) => {
    const range = `${number(from)}–${number(to)}`;
    if (length !== matching) {
      const rows = `${range} of ${plural(length, 'row')}`;
      return `${rows} · ${number(matching)} matching · ${plural(all, 'session')}`;
    }
    if (matching === all) return `${range} of ${plural(all, 'session')}`;
    return `${range} of ${number(matching)} matching · ${plural(all, 'session')}`;
  },
  searching: 'Searching…',
  searched: (looked: number, all: number) =>
    `Searched ${number(looked)} of ${plural(all, 'session')}…`,
  cancelSearch: 'Cancel search',
  cancelled: 'The search was cancelled: all sessions are shown.',
  stoppedResults: 'The search stopped: enough was found.',
  stoppedTime: 'The search stopped before all sessions were searched: it took too long.',
  stoppedPath: 'This is no JSON path.',
  findInContent: 'Find in keys and values',
  contentHint: 'Text or $.path == value, then Enter',
  noContent: (search: string) => `No session has “${search}” in its keys or values.`,

  pathHint: 'In a path, $ is the value of a key: $.id is its member id.',

  // Groups
  group: 'Group by name',
  separator: 'Separator',
  openGroup: (name: string) => `Open group ${name}`,
  closeGroup: (name: string) => `Close group ${name}`,
  closeGroups: 'Close all groups',
  onlyPrefix: (prefix: string) => `Only names that begin with ${prefix}`,
  allNames: 'Show all names',
  countOfSessions: (count: number) => plural(count, 'session'),

  // Several of them
  select: 'Select sessions',
  selectOne: (name: string) => `Select ${name}`,
  selectAll: (count: number) => `Select all ${number(count)}`,
  selection: 'Selection',
  selected: (count: number) => `${plural(count, 'session')} selected.`,
  mostSelected: (most: number) => `No more than ${number(most)} can be selected.`,
  clearSelection: 'Clear selection',
  touch: 'Touch',
  touchHint: (count: number) => `SH_TOUCH: the time of ${plural(count, 'session')} starts again`,
  touched: (done: number, of: number) => `${number(done)} of ${plural(of, 'session')} touched.`,
  end: 'End…',
  endHint: (count: number) => `SH_END for ${plural(count, 'session')}, after a question`,
  endTitle: (count: number) => `End ${plural(count, 'session')}?`,
  endText: 'The sessions and all their keys are deleted. This cannot be undone.',
  endAction: (count: number) => `End ${plural(count, 'session')}`,
  ended: (done: number, of: number) => `${number(done)} of ${plural(of, 'session')} ended.`,
  progress: 'Progress',
  stop: 'Stop',
  failed: (count: number) => `It did not work for ${plural(count, 'session')}:`,
  more: (count: number) => `And ${number(count)} more.`,
  closeFailures: 'Close',

  // Instead of rows
  noneKnown: 'Sessions are not loaded yet.',
  connecting: 'Connecting to the inspection socket…',
  reading: 'Reading sessions…',
  noneYet: 'No sessions yet.',
  noneYetHint: 'Send SH_NEW and the session appears here at once.',
  insertNew: 'Insert SH_NEW',
  noMatch: (search: string) => `No sessions match “${search}”.`,
  noMatchIn: (total: number) => `Searched name, id and token of ${plural(total, 'session')}.`,
  noMatchOfPrefix: (prefix: string) => `No session has a name that begins with ${prefix}.`,
  showAll: 'Show all sessions',
  opening: 'Opening the session…',
  isMissing: 'There is no session of this id.',
  isMissingWhy: 'It has ended or expired, or it is on another server.',
  closeMissing: 'Back to the list',
});
