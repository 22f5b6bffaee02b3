import { hostOf } from './address.ts';
import { messages } from './messages.ts';
import { backlogClose, type CloseWish } from '../socketPort.ts';

/** How a connection ended, as the browser told it, with the reason in plain words. */
export interface CloseFacts {
  /** WebSocket close code; 0 when there was no attempt to connect. */
  readonly code: number;
  /** The other side's own words; often empty. */
  readonly reason: string;
  /** One or two sentences for a person. */
  readonly cause: string;
  /** Whether there was a connection at all. */
  readonly wasOpen: boolean;
}

/** What was known of a connection when it ended. */
interface Circumstances {
  /** Tells a lost connection from one that never came about. */
  readonly wasOpen: boolean;
  readonly handshake: { readonly url: string; readonly subprotocols: readonly string[] };
}

const causes: Readonly<Record<number, string>> = {
  1000: messages.closedNormally,
  1001: messages.closedGoingAway,
  1002: messages.closedProtocol,
  1003: messages.closedUnsupported,
  1005: messages.closedSilently,
  1007: messages.closedBadText,
  1008: messages.closedPolicy,
  1009: messages.closedTooBig,
  1011: messages.closedFailure,
  1012: messages.closedRestart,
  1013: messages.closedSlow,
  [backlogClose.code]: messages.closedByBacklog,
};

/** Puts a close into words. */
export function explainClose(
  { code, reason }: CloseWish,
  circumstances: Circumstances,
): CloseFacts {
  const cause = causes[code] ?? unknownCause(code, circumstances);
  return { code, reason, cause, wasOpen: circumstances.wasOpen };
}

/** A close that came before any attempt to connect, in words. */
export function refusedClose(cause: string): CloseFacts {
  return { code: 0, reason: '', cause, wasOpen: false };
}

/** Code and reason as they stand in a note: `code 4001, “maintenance”`. */
export function closeInWords({ code, reason }: CloseWish): string {
  return reason === '' ? messages.code(code) : messages.codeAndReason(code, reason);
}

function unknownCause(code: number, { wasOpen, handshake }: Circumstances): string {
  const { url, subprotocols } = handshake;
  const address = hostOf(url);
  if (code !== 1006) return messages.closedOther(code);
  if (wasOpen) return messages.closedBroken;
  if (subprotocols.length === 0) return messages.couldNotConnect(address);
  return messages.nothingAgreed(address, subprotocols.join(', '));
}
