import { number } from '../../ui/format.ts';
import { defineTexts } from '../../ui/texts.ts';

/** What the log, the notices and the exports say of a connection and of its frames. */
export const texts = defineTexts({
  connected: (address: string) => `Connected to ${address}`,
  reconnected: (address: string) => `Reconnected to ${address}`,
  disconnected: (address: string, said: string) =>
    said === '' ? `Disconnected from ${address}` : `Disconnected from ${address} (${said})`,
  closed: (cause: string, said: string) => `${cause} (${said})`,
  code: (code: number) => `code ${code}`,
  codeAndReason: (code: number, reason: string) => `code ${code}, “${reason}”`,
  gaveUp: (attempts: number) =>
    attempts === 1 ? 'Gave up after 1 attempt.' : `Gave up after ${attempts} attempts.`,
  notSent: (count: number) => `Not sent: ${count} ${count === 1 ? 'message' : 'messages'}.`,
  pageReloaded: 'Rows above are from before this page was loaded',
  binaryMessage: (bytes: number) => `(binary message of ${bytes} bytes)`,

  browserRefused: (reason: string) => `The browser refused to connect. ${reason}`,
  addressEmpty: 'Enter an address, such as ws://127.0.0.1:1987.',
  addressTooLong: (length: number, limit: number) =>
    `The address is too long: ${number(length)} characters, at most ${number(limit)}.`,
  addressNotUrl: "This isn't a WebSocket address. Example: ws://127.0.0.1:1987",
  addressScheme: (scheme: string) =>
    `This isn't a WebSocket address: it must begin with ws:// or wss://, not ${scheme}//.`,
  addressFragment: 'The address must not have a # part: it would never reach the server.',
  addressInsecure: 'A page that came over https can only reach wss:// addresses.',

  closedNormally: 'The connection was closed normally.',
  closedGoingAway: 'The server is shutting down or restarting.',
  closedProtocol: 'One side broke the WebSocket protocol.',
  closedUnsupported: 'The server does not accept this kind of message.',
  closedSilently: 'The server closed the connection without saying why.',
  closedBadText: 'The message was not valid UTF-8 text.',
  closedPolicy: 'The message broke a rule of the server.',
  closedTooBig: 'The message was larger than the server accepts. Your data is untouched.',
  closedFailure: 'Internal server error.',
  closedRestart: 'The server is restarting.',
  closedSlow: 'The server closed this connection because it read too slowly.',
  closedBroken:
    'The connection dropped without a close frame: the server stopped or the network failed.',
  closedOther: (code: number) => `The connection was closed with code ${code}.`,
  closedByBacklog:
    'Messages came faster than this page could read them, so the console closed the connection.',
  couldNotConnect: (address: string) => `Could not connect to ${address}. Is the server running?`,
  nothingAgreed: (address: string, subprotocols: string) =>
    `Could not connect to ${address}. Is the server running, and does it support one of ${subprotocols}?`,

  // Frames that are no messages of the protocol
  binary: (bytes: string) => `Binary ${bytes} B`,
  empty: 'Empty message',
  space: 'White space only',
  long: 'Long text',
  notJson: 'Not JSON',
  array: (count: string) => `JSON array of ${count}`,
  emptyObject: 'JSON object, empty',
  string: 'JSON string',
  number: 'JSON number',
  numberOr: (packet: string) => `JSON number, or ${packet}`,
  word: (word: string) => `JSON ${word}`,
});
