import { defineMessages } from '../ui/messages.ts';

/** Of the dialogs of the frame, which are fetched with the first of them. */
export const messages = defineMessages({
  // Connection details
  roundTrip: 'Round trip',
  notMeasured: 'not measured',
  asked: 'Asked',
  answered: 'Answered',
  address: 'Address',
  origin: 'Origin',
  subprotocols: 'Subprotocols',
  subprotocol: 'Subprotocol',
  extensions: 'Extensions',
  connectTime: 'Connect time',
  none: 'none',
  notYet: 'No answer yet.',
  neverAsked: 'Not connected yet.',
  subprotocolsHint: 'Separated by commas, most wanted first. Asked for with the next connect.',
  subprotocolsLocked: 'Disconnect to change them.',
  reconnect: 'Reconnect automatically',
  reconnectHint: 'When off, you reconnect by hand.',
  closing: 'Close with a code',
  closeCodeField: 'Close code',
  closeReasonField: 'Close reason',
  closeConnection: 'Close connection',
  lastClose: 'Last close',

  // Command palette
  paletteResults: 'Results',
  paletteNothing: 'No results.',
  paletteCount: (count: number) => (count === 1 ? '1 result' : `${count} results`),
  commands: 'Commands',
  lessons: 'Lessons',
  insert: (name: string) => `Insert ${name}`,
  openLesson: (title: string) => `Lesson: ${title}`,
  goTo: (title: string) => `Go to ${title}`,
  showSession: (name: string) => `Show session ${name}`,
  takeSession: (name: string) => `Set as {{tkn}}: ${name}`,

  // Shortcuts
  moveInTabs: 'Go to the next tab, in the row of tabs',
  byName: (keys: string) => `From the palette (${keys})`,
  byNameOnly: 'From the palette',

  keyAlone: 'This key types. Hold Ctrl or Alt with it, on a Mac ⌘ or ⌥.',
  keyTypes: (keys: string) => `${keys} types a character on many keyboards.`,
  keyOfBrowser: (keys: string) => `${keys} belongs to the browser.`,
  keyOfEditing: (keys: string) => `${keys} is for editing text.`,
  keyOfSystem: 'Keys with this modifier belong to the system.',
  keyDigit: 'Press it with a digit from 1 to 9.',
  keyTaken: (label: string) => `Already used for “${label}”. Change that one first.`,
  ofLog: 'Next failure',

  // Links
  linkCopied: 'Link copied. Tokens in it are variables.',
  linkTooLong: 'This message is too long for a link. Save it instead.',
  linkRefused: 'The browser refused to copy the link.',

  // Tab dialogs
  title: 'Title',
  rename: 'Rename',
  closeLoses: 'This tab has a message that was not sent. Closing the tab discards it and the log.',
  close: 'Close',
  keep: 'Keep',
});
