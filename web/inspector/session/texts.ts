import { many, number } from '../../ui/format.ts';
import { defineTexts } from '../../ui/texts.ts';

const countOf = (count: number) => many(count, 'key', 'keys');

export const texts = defineTexts({
  keys: 'Keys',
  keysPane: 'keys',
  valuePane: 'value',
  value: 'Value',
  noKeys: 'This session has no keys.',
  noKeysHint: 'Add one here, or send KV_SET.',
  addKey: 'Add key',
  addPart: 'Add part',
  showMore: (count: number) => `Show ${number(count)} more`,
  notLoaded: 'not loaded',
  hidden: 'hidden',
  members: (count: number) => many(count, 'member', 'members'),
  elements: (count: number) => many(count, 'element', 'elements'),

  // One value
  raw: 'Raw',
  table: 'Table',
  edit: 'Edit',
  viewOf: 'Show value as',
  rename: 'Rename…',
  remove: 'Remove',
  sameValue: 'Same value…',
  sameValueHint: 'Find the sessions with the same value here',
  discard: 'Discard edit',
  copy: 'Copy',
  more: 'More for this value',
  copied: 'Copied.',
  copyRefused: 'The browser refused to copy.',
  valueOf: (name: string) => `Value of ${name}`,
  loadFirst: 'The value is not loaded yet.',
  loading: 'Loading…',
  loadValue: (size: string) => `Load value (${size})`,
  firstCharacters: (shown: number, total: number) =>
    `Showing ${number(shown)} of ${number(total)} characters. Copy copies all of them.`,
  firstRows: (shown: number, total: number) => `Showing ${number(shown)} of ${number(total)} rows.`,
  index: 'Index',
  name: 'Name',
  tooLongToEdit: (most: string) =>
    `Values of more than ${most} are edited in parts: open it in the tree and choose one.`,
  notJson: (line: number, column: number, fault: string) =>
    `Line ${line}, column ${column}: ${fault}. It is kept as a draft and cannot be saved yet.`,
  goToFault: 'Go to the fault',
  otherKind: (before: string, now: string) => `This was a ${before} and is a ${now} now.`,
  written: (who: string, command: string, ago: string) => `${who} · ${command} · ${ago}`,
  expired: 'expiry',
  writerUnknown: 'Writer not known',
  writerUnknownHint: 'Written before the server started, or not remembered any more',

  // What a path finds
  findInKeys: 'Find keys or a path',
  pathExample: 'Key or path: $..price',
  previousMatch: 'Previous match',
  nextMatch: 'Next match',
  updateMatches: 'Update matches to…',
  pathFault: (column: number) => `No path from character ${number(column)} on:`,
  matches: (places: number, keys: number) =>
    `${many(places, 'match', 'matches')} in ${many(keys, 'key', 'keys')}`,
  matchOf: (at: number) => `${number(at)} of `,
  countOfKeys: countOf,
  firstKeys: (count: number) => `, the places of the first ${number(count)} keys`,
  noMatches: 'Nothing matches.',
  updateTitle: (places: number) => `Update ${many(places, 'match', 'matches')}`,
  newValue: 'New value, as JSON',
  stageHint: 'The changes wait in the session until you save them.',
  noJson: 'This is no JSON yet.',
  stage: (places: number) => `Change ${many(places, 'match', 'matches')}`,
  preview: 'Preview',
  andMore: (count: number) => `… and ${number(count)} more.`,
  notLoadedPlaces: (count: number) =>
    `${many(count, 'match is', 'matches are')} in values that are not loaded, and stay as they are.`,

  // Two sessions
  compare: 'Compare…',
  compareTitle: 'Compare with another session',
  findSession: 'Find a session',
  sessions: 'Sessions',
  noOtherSession: 'No other session matches.',
  comparedWith: (name: string) => `Compared with ${name}`,
  thisSession: 'This session',
  thisOne: 'this session',
  differences: (different: number, all: number) =>
    `${many(different, 'difference', 'differences')} in ${countOf(all)}`,
  showSame: 'Show same',
  readingKeys: (read: number, all: number) => `Reading ${number(read)} of ${countOf(all)}…`,
  onlyFirstCompared: (compared: number, all: number, name: string) =>
    `Of ${name} the first ${number(compared)} of ${countOf(all)} are compared.`,
  comparisonStopped: (most: string) =>
    `The values are more than ${most} together. Only the keys that came before are compared, and their changes do not show.`,
  firstOfKeys: (shown: number, all: number) => `The first ${number(shown)} of ${countOf(all)}.`,
  copyDifference: 'Copy as commands',
  endComparing: 'End comparison',
  otherIsGone: 'The other session ended or expired. Below are its last known keys.',
  alike: 'Both sessions have the same keys and values.',
  takeOver: 'Take over',
  takeHint: 'Becomes an edit of this session, which waits to be saved',

  // Names
  addKeyTitle: 'Add key',
  addPartTitle: 'Add member',
  renameTitle: (name: string) => `Rename ${name}`,
  keyName: 'Key',
  memberName: 'Member',
  nameTaken: 'There is one of this name.',
  cancel: 'Cancel',
  add: 'Add',
  renameNow: 'Rename',
});

/** How a key differs from what is stored. */
export const stateTexts = defineTexts({
  added: 'added',
  changed: 'changed',
  removed: 'to be removed',
  conflict: 'conflict',
});

/** What of a value can be copied. */
export const copyTexts = defineTexts({
  text: 'As text',
  json: 'As JSON',
  path: 'As path',
  key: 'Key',
  command: 'As command',
});

/** Who wrote a value. */
export const writerTexts = defineTexts({
  client: (connection: number) => `Connection ${connection}`,
  console: (connection: number) => `Console ${connection}`,
  server: (_connection: number) => 'Server',
  at: (who: string, server: string) => `${who} on ${server}`,
});

/** How a key differs between two sessions. */
export const compareTexts = defineTexts({
  same: 'same',
  different: 'different',
  onlyHere: 'only here',
  onlyThere: 'only there',
  unknown: 'not compared',
});
