import { many, number } from '../ui/format.ts';
import { defineTexts } from '../ui/texts.ts';
import type { FacetKind, Show } from './search/logFilter.ts';

/** All words of the log. */
export const texts = defineTexts({
  response: 'Response',
  messages: 'Messages',

  // The toolbar
  search: 'Search messages',
  show: 'Show',
  showAll: 'All messages',
  showSent: 'Sent',
  showReceived: 'Received',
  showFailures: 'Failures',
  showConnection: 'Connection',
  filter: 'Filter',
  filterCommand: 'Command',
  filterSession: 'Session',
  filterStatus: 'Status',
  onlyFailures: 'Only failures',
  onlySent: 'Only sent messages',
  onlyReceived: 'Only received messages',
  onlyConnection: 'Only connection events',
  pause: 'Pause',
  resume: 'Resume',
  export: 'Export',
  exportHint: 'Export the selected, the shown or all messages as data, a test or a script',
  clear: 'Clear messages',
  clearHint: 'Clear all messages, also those that a filter hides',
  more: 'More',
  display: 'Display',
  find: 'Find',
  newestFirst: 'Newest first',
  newestLast: 'Newest last',
  oneRow: 'Request and reply in one row',
  twoRows: 'Request and reply in two rows',
  nextFailure: 'Next failure',
  previousFailure: 'Previous failure',
  selectAll: 'Select all',
  filterTo: (what: string) => `Filter ${what}`,

  // Keys
  keyMove: 'Move through the log',
  keyPage: 'Move by a page',
  keyEnds: 'Go to the first or the last row',
  keyExtend: 'Select while moving',
  keyEscape: 'Close the quick look, or clear the selection',
  keyUnfold: 'Unfold or fold',
  keyUndo: 'Undo clearing',

  // Search
  matchCase: 'Match case',
  regularExpression: 'Regular expression',
  nextMatch: 'Next match',
  previousMatch: 'Previous match',
  matches: 'Matches',
  matchCount: (found: number, all: number) =>
    `${number(found)} of ${many(all, 'message', 'messages')}`,
  matchRows: (found: number, all: number) => `${number(found)} of ${many(all, 'row', 'rows')}`,
  matchPlace: (place: number, found: number) => `${number(place)} of ${number(found)}`,
  searching: 'Searching…',

  // What is wrong with a search
  badExpression: (reason: string) => `Not a regular expression: ${reason}`,
  expressionTakesTooLong: 'This expression takes too long.',
  searchNotLoaded: "Couldn't load the search. Change it to try again.",

  // Filters
  removeFilter: (what: string) => `Remove filter ${what}`,
  filters: 'Filters',
  clearFilters: 'Clear filters',
  facet: (kind: string, label: string) => `${kind}: ${label}`,

  // Notices
  paused: (count: number) => `Paused. ${many(count, 'new message', 'new messages')}.`,
  cleared: (count: number) => `${many(count, 'message', 'messages')} cleared.`,
  unsent: 'Messages not sent',
  willBeSent: (count: number) =>
    `${many(count, 'message', 'messages')} will be sent when connected.`,
  notSent: (count: number) => `${many(count, 'message was', 'messages were')} not sent.`,
  waiting: 'Waiting for connection',
  asking: 'Waiting for confirmation',
  held: 'Not sent',
  unsentRow: (name: string, state: string) => `${state}: ${name}`,
  sendNow: 'Send',
  discard: 'Discard',
  discardAll: 'Discard all',
  discarded: (count: number) => `${many(count, 'message', 'messages')} discarded.`,
  undo: 'Undo',
  floodSampled: (perSecond: number, oneIn: number) =>
    `${number(perSecond)}/s received · 1 in ${number(oneIn)} shown`,
  floodAll: (perSecond: number) => `${number(perSecond)}/s received · all shown`,
  rateLine: 'Messages a second, last 30 seconds',
  floodHint: 'Failures and replies to what you send are always kept. Counts stay exact.',
  keepAll: 'Show all',
  sampleAgain: 'Sample again',
  dropped: (count: number) => `${many(count, 'older message', 'older messages')} dropped`,
  leftOut: (count: number) => `${number(count)} not shown`,
  counts: 'Message counts',
  countReceived: (count: number) => `${number(count)} received`,
  countSent: (count: number) => `${number(count)} sent`,
  countRows: (count: number) => many(count, 'row', 'rows'),
  countShown: (count: number) => `${number(count)} shown`,
  jump: 'Jump to latest',
  newMessages: (count: number) => `${number(count)} new · `,

  // Nothing to see
  emptyTitle: 'No messages yet.',
  empty: 'Send a command to see it and its reply here.',
  clearedTitle: 'Log cleared.',
  clearedEmpty: 'New messages appear here.',
  goToComposer: 'Go to the composer',
  offTitle: 'Not connected.',
  off: 'Connect to send commands and see their replies here.',
  connect: 'Connect to the server',
  lostTitle: 'Connection lost.',
  noneTitle: 'Could not connect.',
  lost: 'Reconnecting automatically…',
  tryNow: 'Try again now',
  connecting: 'Connecting…',
  pausedTitle: 'Paused.',
  pausedEmpty: 'Paused before any message arrived.',
  noMatchTitle: (what: string) => `No match for “${what}”.`,
  noMatchFilters: 'these filters',
  hidden: (count: number) => `${many(count, 'message is', 'messages are')} hidden.`,
  showAllMessages: 'Show all messages',

  // Rows
  sentEntry: 'Sent',
  receivedEntry: 'Received',
  connectionEntry: (text: string) => `Connection: ${text}`,
  at: (time: string) => `at ${time}`,
  after: (latency: string) => `after ${latency}`,
  byteCount: (count: number) => `${count} bytes`,
  failure: 'failure',
  waitingForReply: 'Waiting',
  quiet: 'Quiet',
  quietDone: 'Quiet, done',
  noReply: 'No reply',
  select: 'Select',
  copyMessage: 'Copy message',
  edit: 'Edit in composer',
  resend: 'Send again',
  save: 'Save to file',
  copied: 'Copied',
  copyRefused: 'The browser refused to copy',

  // An exchange
  reply: 'Reply',
  answered: 'Answered',
  stored: (count: number) => `${number(count)} stored`,
  replaced: (count: number) => `${number(count)} replaced`,
  removedKeys: (count: number) => `${number(count)} removed`,
  changedKeys: (names: string) => `changed: ${names}`,
  existing: (names: string) => `already stored: ${names}`,
  notFound: (names: string) => `not found: ${names}`,
  keyCount: (count: number) => many(count, 'key', 'keys'),
  itemsAppended: (count: number) => `${many(count, 'item', 'items')} appended`,
  noMatch: (path: string) =>
    `0 keys: nothing matches ${path === '' ? 'the path' : path}, or the session is empty`,
  places: (count: number) => many(count, 'place', 'places'),
  placesChanged: (count: number) => `${many(count, 'place', 'places')} changed`,
  sessions: (count: number) => many(count, 'session', 'sessions'),
  sessionsEnded: (count: number) => `${many(count, 'session', 'sessions')} ended`,
  sessionsLoaded: (count: number) => `${many(count, 'session', 'sessions')} loaded`,
  sessionCreated: (name: string) => `${name} created`,
  sessionExists: (name: string) => `${name} already exists`,
  sessionOpened: (name: string) => `${name} opened`,
  sessionEnded: 'session ended',
  sessionExtended: 'session extended',
  sessionsSaved: (name: string) => `${name} saved`,
  keyValue: (key: string, value: string) => `${key} = ${value}`,
  expirySeconds: (seconds: string) => `expiry ${seconds} s`,
  version: (version: string) => `version ${version}`,
  parameter: (name: string) => `parameter “${name}”`,
  moreNames: (names: string, more: number) => `${names} and ${number(more)} more`,
  fateStored: 'Stored',
  fateReplaced: 'Replaced',
  fateRemoved: 'Removed',
  fateChanged: 'Changed',
  fateExisting: 'Already stored',
  fateMissing: 'Not found',
  quickLook: 'Quick look',
  closeQuickLook: 'Close quick look',

  // Selection
  selection: 'Selection',
  selected: (count: number) => `${number(count)} selected`,
  copy: 'Copy',
  compare: 'Compare',
  compareHint: 'Select exactly two messages to compare them',
  exportSelected: 'Export…',
  clearSelection: 'Clear selection',

  // Payload
  view: 'View',
  pretty: 'Pretty',
  tree: 'Tree',
  table: 'Table',
  raw: 'Raw',
  hex: 'Hex',
  payload: 'Payload',
  copyPayload: 'Copy payload',
  loading: 'Loading…',
  tooLarge: (size: string) => `Too large to format (${size}).`,
  hiddenCharacters: (count: number) =>
    `${number(count)} more characters. Copy and Save to file have all of them.`,
  showMore: (count: number) => `Show ${number(count)} more`,
  bigNumber: (digits: string, read: string) => `JavaScript would round ${digits} to ${read}`,
  bigNumberTitle: (read: string) => `JavaScript would round this to ${read}`,
  moreBigNumbers: (count: number) => `and ${many(count, 'more number', 'more numbers')}`,
  repeatedName: 'Repeated name: Seshdeck reads the first one',
  notJson: 'This is not JSON, so there is no tree.',
  elements: (count: number) => many(count, 'element', 'elements'),
  members: (count: number) => many(count, 'member', 'members'),
  tablePart: 'Part of the payload',
  tableName: 'Name',
  tableIndex: '#',
  tableSize: (rows: number, columns: number) =>
    `${many(rows, 'row', 'rows')}, ${many(columns, 'column', 'columns')}`,
  tableHidden: (count: number) =>
    `${many(count, 'more column', 'more columns')}. Tree and Raw have all of them.`,
  copyAsHex: 'Copy as hex',
  copyAsBase64: 'Copy as base64',
  hexRows: 'Bytes',
  tokenKept: 'Saved as',

  // Explaining a reply
  request: 'Request',
  goToRequest: 'Go to request',
  code: 'Code',
  missingHere: (name: string) => `“${name}” is missing here.`,
  unreadable: (reason: string) => `${reason}.`,

  // Comparing
  compareTitle: 'Compare two messages',
  comparedPart: 'What is compared',
  older: 'Older',
  newer: 'Newer',
  sameText: 'No differences.',
  differences: (count: number) => many(count, 'line differs', 'lines differ'),
  equalLines: (count: number) => `${many(count, 'unchanged line', 'unchanged lines')} · Show`,
  moreLines: (count: number) => `${many(count, 'more line', 'more lines')} · Show`,
  tooManyDifferences: 'Too different to compare line by line.',
  tooLongToCompare: 'These messages are too long to compare.',
  added: 'Added',
  removed: 'Removed',

  // Said to a screen reader
  said: 'New messages',
  saidNoFailure: 'No failure in the log',
  saidCounts: (replies: number, failures: number) =>
    failures === 0
      ? many(replies, 'reply', 'replies')
      : `${many(replies, 'reply', 'replies')}, ${many(failures, 'failure', 'failures')}`,
  saidRate: (perSecond: number) => `About ${number(perSecond)} messages a second`,
});

/** What a choice of *Show* is called on screen. */
export const showLabels: Readonly<Record<Show, string>> = {
  all: texts.showAll,
  sent: texts.showSent,
  received: texts.showReceived,
  failures: texts.showFailures,
  connection: texts.showConnection,
};

/** What the same choice is called where it is one of several filters. */
export const onlyLabels: Readonly<Record<Exclude<Show, 'all'>, string>> = {
  failures: texts.onlyFailures,
  sent: texts.onlySent,
  received: texts.onlyReceived,
  connection: texts.onlyConnection,
};

/** What a kind of filter is called on screen. */
export const facetLabels: Readonly<Record<FacetKind, string>> = {
  command: texts.filterCommand,
  session: texts.filterSession,
  status: texts.filterStatus,
};
