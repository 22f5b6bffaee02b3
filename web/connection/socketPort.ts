import type { StatusName } from '../../protocol/status.ts';
import type { ReplyExpectation } from '../../protocol/wire/pairing.ts';

/** What is asked of a server when a socket is opened. */
export interface SocketAsk {
  readonly url: string;
  readonly subprotocols: readonly string[];
}

/** How a close is said to the other side: 1000 or 3000–4999, and at most 123 UTF-8 bytes. */
export interface CloseRequest {
  readonly code: number;
  readonly reason: string;
}

/** What is known of a message without the page having to parse it. */
export interface Reading {
  /** Command or reply name; empty when the text is no message of the protocol. */
  readonly name: string;
  readonly statuses: readonly StatusName[];
  /** The session that a reply is about. */
  readonly session: SessionUpdate | undefined;
}

/** A session as a reply names it. */
export interface SessionUpdate {
  readonly token: string;
  /** Absent when the reply does not say. */
  readonly name: string | undefined;
  /** The session has ended, or never was. */
  readonly isGone: boolean;
  /** The session was created or opened by the request, so it becomes the current one. */
  readonly isEntered: boolean;
}

/** A message that came in, as its socket took it off the wire. */
export interface Arrival {
  readonly type: 'arrived';
  /** Unix time in milliseconds, with fractions, taken where the socket lives. */
  readonly atMs: number;
  /** Empty when the message is binary. */
  readonly text: string;
  readonly bytes: number;
  /** What a binary message holds. */
  readonly binary: Uint8Array | undefined;
  readonly reading: Reading;
  /** Id of the message that it replies to. */
  readonly answers: number | undefined;
  readonly latencyMs: number | undefined;
  /** Ids of quiet ones before it that are known to be done. */
  readonly silent: readonly number[];
}

/** A message that goes out, with what it takes to find its reply. */
export interface WireMessage extends ReplyExpectation {
  /** Id of the message in the events of the socket; unique on its connection. */
  readonly id: number;
  readonly text: string;
}

/** A message went out; reported in order, each one once. */
export interface Departure {
  readonly type: 'sent';
  readonly id: number;
  readonly atMs: number;
}

/** What happens on a socket, in order. Times are Unix milliseconds, taken where the socket lives. */
export type SocketEvent =
  | Arrival
  | {
      readonly type: 'opened';
      /** What the server chose; empty when it chose none. */
      readonly subprotocol: string;
      readonly extensions: string;
      /** From asking for the connection to having it. */
      readonly connectMs: number;
    }
  | Departure
  /** A probe was answered; undefined when the answer shows that the server does not know it. */
  | { readonly type: 'probed'; readonly roundTripMs: number | undefined }
  | { readonly type: 'closed'; readonly code: number; readonly reason: string }
  /** The browser would not even try. */
  | { readonly type: 'refused'; readonly message: string };

/** One socket, wherever it lives. What is said to one that is not open is lost. */
export interface SocketPort {
  send(message: WireMessage): void;
  /** Asks the server something that changes nothing, to measure the round trip. */
  probe(): void;
  close(how: CloseRequest): void;
}

/** What the page says to the far end of a channel. */
export type Order =
  | { readonly type: 'send'; readonly message: WireMessage }
  | { readonly type: 'probe' }
  | { readonly type: 'close'; readonly how: CloseRequest }
  /** The last batch of events is taken in. */
  | { readonly type: 'taken' };

/** Opens a socket. Events come in batches, later than the call; none after `closed` or `refused`. */
export type OpenSocket = (
  ask: SocketAsk,
  onEvents: (events: readonly SocketEvent[]) => void,
) => SocketPort;

/** How a socket is closed whose messages the page takes in too slowly. */
export const backlogClose: CloseRequest = { code: 4008, reason: 'Messages came too fast' };
