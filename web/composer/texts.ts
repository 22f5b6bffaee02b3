import { nameToken } from '../../protocol/token.ts';
import { many, number as count } from '../ui/format.ts';
import { defineTexts } from '../ui/texts.ts';

const braced = (name: string) => `{{${name}}}`;

/** Every word that the composer shows or says. */
export const texts = defineTexts({
  compose: 'Compose message',
  commands: 'Commands',
  insert: (name: string) => `Insert ${name}`,
  beautify: 'Beautify',
  beautifyHint: 'Format the JSON',
  templates: 'Templates',
  findTemplate: 'Find a template',
  noTemplate: 'No results.',
  recent: 'Recent',
  sessions: 'Sessions',
  keys: 'Keys and values',
  server: 'Server',
  send: 'Send',
  sendHint: 'Send (Ctrl+Enter or Cmd+Enter)',
  connect: 'Connect',
  connectAndSend: 'Connect and send',
  connectAndSendHint: 'Connects first, then sends (Ctrl+Enter or Cmd+Enter)',
  sendAnyway: 'Send anyway',
  sendAnywayHint: 'Send it to see how the server answers',
  dismiss: 'Dismiss',

  saveMessage: 'Save message',
  savedHow:
    'Saved in this browser as you wrote it, but without tokens. After a reload you enter the token again.',
  unnamed: 'Message',
  save: 'Save',
  code: 'Code',
  codeHint: 'Show the message as code of a language',
  savesNew: (name: string) => `Saves a new message. ${name} stays as it is.`,
  update: 'Update',
  updated: (name: string) => `Updated ${name}.`,
  folder: 'Folder',
  noFolder: 'No folder',

  recalling: 'Recalled message',
  recalled: (place: number, total: number) => `${count(place)} of ${count(total)} from the history`,
  recallOver: 'Back to your own text',

  placeholder: (send: string) => `Type { for commands, or choose a template. ${send} sends.`,
  editorFailed:
    "Couldn't load the full editor. This plain one works too, without suggestions and checks.",
  editorLate: 'The editor is still loading. You can already write and send here.',

  empty: 'Nothing to send yet. Write a command, or pick one from Templates.',
  invalid: (fault: { line: number; column: number; explained: string; code: number }) =>
    `Not sent: line ${fault.line}, column ${fault.column}. ${fault.explained} (The server would answer ${fault.code}, JsonInvalid.)`,
  inValue: (name: string, message: string) => `In the value of ${braced(name)}: ${message}.`,
  valueNoJson: (name: string) => `The value of ${braced(name)} is not JSON.`,
  oddSpace: (code: string) => `This is ${code}, a space that JSON does not allow.`,
  oddLineEnd: (code: string) => `This is ${code}, a line end that JSON does not allow.`,
  oddInvisible: (code: string) => `This is ${code}, an invisible character.`,
  oddControl: (code: string) => `This is ${code}, a control character.`,
  oddQuote: (code: string, shown: string) =>
    `This is ${code}, ${shown}. JSON allows only the quote " (U+0022).`,
  oddOther: (code: string, shown: string) => `This is ${code}, ${shown}.`,
  tooLarge: (bytes: number, most: number) =>
    `Not sent: ${count(bytes)} bytes. The server accepts at most ${count(most)} and would close the connection.`,
  heaviest: (path: string, size: string) => `The largest part is ${path}: ${size}.`,
  unresolved: (names: readonly string[]) =>
    `Not sent: ${names.map(braced).join(', ')} ${names.length === 1 ? 'has' : 'have'} no value yet.`,
  unresolvedToken: 'Choose a session, or create one.',
  setHere: (name: string) => `Value for ${braced(name)}`,
  set: 'Set',
  whichSession: 'Which session?',
  keyCount: (keys: number) => (keys === 1 ? '1 key' : `${count(keys)} keys`),
  otherToken: 'Other token…',
  createSession: 'Create one',
  useAndSend: (name: string, token: string) => `Use ${name} ${token} and send`,
  newSession: 'session',
  sendBraces: 'Send as literal text',
  sendBracesHint: 'Writes the braces as \\u007b\\u007b, which mean the same in a JSON string',

  sizeOfMost: (size: string, most: string) => `${size} of ${most}`,
  sizeOfLargest: (total: number, size: string) => `${count(total)} messages, largest ${size}`,
  branch: (path: string, size: string) => `${path}: ${size}`,
  variablesUsed: 'Variables in this message',
  noValue: 'no value yet',
  sessionOf: (variable: string) => `Session of ${variable}`,
  thisToken: 'This session',
  anotherSession: 'Choose another session',
  showInSessions: 'Show in Sessions',
  noSessionOfToken: 'No session has this token any more.',
  replaceByToken: 'Replace with the token',
  copyToken: 'Copy token',
  wouldRead: (read: string) => `JavaScript would round this to ${read}`,
  moreNumbers: (more: number) => `and ${more} more`,

  variables: 'Variables',
  variablesHint: 'Reusable values, written as {{name}}',
  closeVariables: 'Close variables',
  variablesIntro:
    'Write {{name}} in a message and Send fills in its value. Creating or opening a session sets tkn, and a reply that names its session sets tkn:NAME. Values are kept until you close the page.',
  literal: 'Variables off for this message',
  literalHint: 'Sends {{name}} as written',
  hiddenToken: 'The token that was here is not stored. Enter it again, or write {{tkn}} instead.',
  literalBraces:
    'To send {{ itself, turn variables off for this message, or write \\u007b\\u007b in a string.',
  noVariables: 'No variables yet.',
  missing: 'Missing in this message',
  reveal: (name: string) => `Reveal ${name}`,
  hide: (name: string) => `Hide ${name}`,
  copy: (name: string) => `Copy ${name}`,
  edit: (name: string) => `Edit ${name}`,
  remove: (name: string) => `Remove ${name}`,
  removed: (name: string) => `Removed ${braced(name)}.`,
  name: 'Name',
  value: 'Value',
  addVariable: 'Add variable',
  saveVariable: 'Save variable',
  badName: 'Enter a name without braces or quotes.',

  stop: 'Stop',
  resume: (place: number) => `Continue with ${count(place)}`,
  skip: (place: number) => `Skip ${count(place)}`,
  stepSent: 'Sent',
  stepFailed: 'Failed',
  stepSkipped: 'Skipped',
  stepToCome: 'Not sent yet',
  progress: (sent: number, total: number) => `${sent} of ${total}`,
  conversation: 'Conversation',
  stopAtFailure: 'Stop at the first failure',
  severalMessages: (total: number) => `${total} messages, sent one after another`,
  endFinished: (total: number) => `All ${total} messages sent and answered.`,
  endSkipped: (sent: number, total: number, failures: number) =>
    `${sent} of ${total} messages sent.${failures > 0 ? ` ${many(failures, 'failure', 'failures')}: see Response.` : ''}`,
  endFinishedBadly: (total: number, failures: number) =>
    `All ${total} messages sent. ${failures} ${failures === 1 ? 'failure' : 'failures'}: see Response.`,
  endStopped: (sent: number, total: number) => `Stopped after message ${sent} of ${total}.`,
  endFailed: (sent: number, total: number, reply: string) =>
    `Stopped at message ${sent} of ${total}: ${reply}.`,
  endLost: (sent: number, total: number) =>
    `Stopped after message ${sent} of ${total}: the connection ended. The messages are still here.`,
  endCancelled: (sent: number, total: number) =>
    `Stopped at message ${sent + 1} of ${total}: you cancelled it. It was not sent.`,
  endHeld: (sent: number, total: number) => `Stopped after message ${sent} of ${total}.`,

  openReference: 'Open in Reference',
  quiet: 'No reply on success.',
  seenKey: 'seen on this connection',

  unknownToken: (token: string) => `This server has no session with token ${nameToken(token)}.`,
  unknownTokens: (total: number) => `This server has no session with ${total} of these tokens.`,
  bareToken: (digits: number) =>
    `Many programs lose digits in a ${digits}-digit number. Quote it to be safe.`,
  useToken: 'Use {{tkn}}',
  quoteToken: 'Add quotes',
  keep: 'Keep it',
  didUse: (places: number) =>
    places === 1 ? 'Replaced it with {{tkn}}.' : `Replaced ${places} tokens with {{tkn}}.`,
  didQuote: 'Quoted, so every digit is kept.',
  undo: 'Undo',
});
