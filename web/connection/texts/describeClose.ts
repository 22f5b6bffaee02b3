import type { CloseFacts } from '../page/connectionEvent.ts';
import { backlogClose, type CloseRequest } from '../socketPort.ts';
import { describeConnectFault } from './describeConnectFault.ts';
import { texts } from './texts.ts';

const causes: Readonly<Record<number, string>> = {
  1000: texts.closedNormally,
  1001: texts.closedGoingAway,
  1002: texts.closedProtocol,
  1003: texts.closedUnsupported,
  1005: texts.closedSilently,
  1007: texts.closedBadText,
  1008: texts.closedPolicy,
  1009: texts.closedTooBig,
  1011: texts.closedFailure,
  1012: texts.closedRestart,
  1013: texts.closedSlow,
  [backlogClose.code]: texts.closedByBacklog,
};

/** Why a connection ended, in one or two sentences. */
export function describeClose(close: CloseFacts): string {
  if (close.fault) return describeConnectFault(close.fault);
  return causes[close.code] ?? unknownCause(close);
}

/** Code and reason as they stand in a note: `code 4001, “maintenance”`. */
export function closeInWords({ code, reason }: CloseRequest): string {
  return reason === '' ? texts.code(code) : texts.codeAndReason(code, reason);
}

function unknownCause({ code, wasOpen, host, subprotocols }: CloseFacts): string {
  if (code !== 1006) return texts.closedOther(code);
  if (wasOpen) return texts.closedBroken;
  if (subprotocols.length === 0) return texts.couldNotConnect(host);
  return texts.nothingAgreed(host, subprotocols.join(', '));
}
