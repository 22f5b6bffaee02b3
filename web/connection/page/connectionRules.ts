import { ok, refused, type Result } from '../../../protocol/result.ts';
import type { ConnectionOptions } from './connectionView.ts';
import type { ConnectionFault } from './connectionEvent.ts';
import type { CloseRequest } from '../socketPort.ts';

const maxSubprotocols = 20;
const maxSubprotocolLength = 100;
const maxReasonBytes = 123;
const maxAttemptLimit = 1_000;
/** A token of RFC 9110, which is what RFC 6455 allows. */
const tokenPattern = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const utf8 = new TextEncoder();

/** Subprotocols that a browser will ask for, or what is wrong with them. */
export function readSubprotocols(
  names: readonly string[],
): Result<readonly string[], ConnectionFault> {
  if (names.length > maxSubprotocols) {
    return refused({ fault: 'subprotocolsTooMany', limit: maxSubprotocols });
  }
  const seen = new Set<string>();
  for (const name of names) {
    if (name.length > maxSubprotocolLength) {
      return refused({ fault: 'subprotocolTooLong', limit: maxSubprotocolLength });
    }
    if (!tokenPattern.test(name)) return refused({ fault: 'subprotocolInvalid', name });
    if (seen.has(name)) return refused({ fault: 'subprotocolTwice', name });
    seen.add(name);
  }
  return ok([...names]);
}

/** A close that a browser will send, or what is wrong with it. */
export function readCloseRequest({
  code,
  reason,
}: CloseRequest): Result<CloseRequest, ConnectionFault> {
  const isAllowed = Number.isInteger(code) && (code === 1000 || (code >= 3000 && code <= 4999));
  if (!isAllowed) return refused({ fault: 'closeCode', code });
  const bytes = utf8.encode(reason).length;
  if (bytes > maxReasonBytes) {
    return refused({ fault: 'closeReason', bytes, limit: maxReasonBytes });
  }
  return ok({ code, reason });
}

/** Options that make sense, or what is wrong with them. */
export function readOptions(
  options: ConnectionOptions,
): Result<ConnectionOptions, ConnectionFault> {
  const { attemptLimit } = options;
  if (attemptLimit === undefined) return ok(options);
  const isSensible =
    Number.isInteger(attemptLimit) && attemptLimit >= 1 && attemptLimit <= maxAttemptLimit;
  return isSensible ? ok(options) : refused({ fault: 'attemptLimit', limit: maxAttemptLimit });
}
