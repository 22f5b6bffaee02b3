import type { CloseFacts } from './connectionEvent.ts';
import type { OutgoingMessage } from './exchange.ts';
import type { Variables } from './variables.ts';

/** Where a connection stands. */
export type ConnectionState =
  | { readonly state: 'closed'; readonly close: CloseFacts | undefined }
  | { readonly state: 'connecting'; readonly attempt: number }
  | { readonly state: 'open'; readonly openedAtMs: number }
  | {
      readonly state: 'retrying';
      readonly attempt: number;
      readonly retryAtMs: number;
      readonly close: CloseFacts;
    };

/** What was asked of the server when connecting, and what it answered. */
export interface Handshake {
  readonly url: string;
  /** Asked for, in order of preference. */
  readonly subprotocols: readonly string[];
  /** Origin of the page, as the browser sends it to the server; undefined where there is no page. */
  readonly origin: string | undefined;
  /** Undefined until the server has accepted; stays so when it does not. */
  readonly answer: HandshakeAnswer | undefined;
}

/** The server's side of a {@link Handshake}. */
export interface HandshakeAnswer {
  /** The one it chose; empty when it chose none. */
  readonly subprotocol: string;
  /** As the browser reports them; empty when there are none. */
  readonly extensions: string;
  /** From asking for the connection to having it, in milliseconds with fractions. */
  readonly connectMs: number;
}

/** What a person can switch on a connection. */
export interface ConnectionOptions {
  /** Reconnects automatically. */
  readonly isReconnecting: boolean;
  /** Attempts to get a lost connection back before giving up; undefined: never gives up. */
  readonly attemptLimit: number | undefined;
  /** Measures the round trip while idle, with SV_INFO, where the server speaks our protocol. */
  readonly isProbing: boolean;
}

/** A message that was to be sent, and is not: there was no connection, or it asks first. */
export interface UnsentMessage {
  /** Of its exchange. */
  readonly id: number;
  /** Unix time in milliseconds, with fractions. */
  readonly atMs: number;
  readonly message: OutgoingMessage;
  /**
   * `waiting`: the next connection sends it. `held`: the connection was given up or closed, and
   * only a person sends it. `asking`: it goes out once a person has confirmed it.
   */
  readonly state: 'waiting' | 'held' | 'asking';
}

/** What a tab shows of its connection. */
export interface ConnectionView {
  readonly url: string;
  /** Asked for with the next connect, in order of preference. */
  readonly subprotocols: readonly string[];
  readonly options: ConnectionOptions;
  readonly status: ConnectionState;
  /** Of the newest attempt to connect; stays when the connection ends. Undefined before the first. */
  readonly handshake: Handshake | undefined;
  /** How the connection before this one ended; stays after a reconnect. */
  readonly lastClose: CloseFacts | undefined;
  /** Round trip of the newest probe in milliseconds; undefined while not measured. */
  readonly roundTripMs: number | undefined;
  /** Tokens learned from replies. Memory only. */
  readonly variables: Variables;
  /** Name of the session that `{{tkn}}` stood for before the page was reloaded. */
  readonly lastSession: string | undefined;
  /** Messages that were not sent, oldest first. */
  readonly unsent: readonly UnsentMessage[];
}

/** Until a person says otherwise. */
const defaultOptions: ConnectionOptions = {
  isReconnecting: true,
  attemptLimit: undefined,
  isProbing: true,
};

/** Of a connection that nobody has connected yet. */
export function newView(url: string): ConnectionView {
  return {
    url,
    subprotocols: [],
    options: defaultOptions,
    status: { state: 'closed', close: undefined },
    handshake: undefined,
    lastClose: undefined,
    roundTripMs: undefined,
    variables: new Map(),
    lastSession: undefined,
    unsent: [],
  };
}
