import { defineTexts } from '../ui/texts.ts';

/** Of what is loaded after the connection bar: the notice and the details. */
export const lateTexts = defineTexts({
  // Notice
  retryNow: 'Retry now',
  serverReason: (reason: string) => `Reason: “${reason}”.`,
  closeCode: (code: number) => `(code ${code})`,
  draftKept: 'Your draft and log are kept.',
  reconnecting: 'Reconnecting…',
  reconnectingIn: (seconds: number) => `Reconnecting in ${seconds} s`,
  why: 'Why?',
  hide: 'Hide',
  whyNotConnected: 'Reason',
  copyFlags: 'Copy flags',
  refused: (host: string) =>
    `${host} is there, but did not accept this connection. If it is Seshdeck, allow this page when you start it:`,
  refusedOwn: (host: string) =>
    `${host} is there, but did not accept this connection. It may have too many connections, or the path may be wrong.`,
  otherScheme: (host: string, scheme: string) =>
    `${host} does not answer under this scheme. Try ${scheme}://${host}.`,

  // Details
  roundTrip: 'Round trip',
  notMeasured: 'not measured',
  asked: 'Handshake request',
  answered: 'Handshake response',
  address: 'Address',
  origin: 'Origin',
  subprotocols: 'Subprotocols',
  subprotocol: 'Subprotocol',
  extensions: 'Extensions',
  connectTime: 'Connect time',
  none: 'none',
  notYet: 'No answer yet.',
  neverAsked: 'Not connected yet.',
  subprotocolsHint: 'Comma-separated, the preferred one first. Used the next time you connect.',
  subprotocolsLocked: 'Disconnect to edit.',
  reconnect: 'Reconnect automatically',
  reconnectHint: 'When off, you reconnect by hand.',
  closing: 'Close with a code',
  closeCodeField: 'Close code',
  closeReasonField: 'Close reason',
  closeConnection: 'Close connection',
  lastClose: 'Last close',
});
