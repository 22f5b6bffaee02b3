import type { Refusal } from '../../protocol/wire/reply.ts';
import { refused, type Refused } from '../../protocol/result.ts';
import type { Token } from '../../protocol/token.ts';

/** Status 100, which echoes the token (decision D9). */
export function noSession(token: Token): Refused<Refusal> {
  return refused({ status: 'SessionNotExist', param: '', token });
}

/** Status 901: the store cannot carry this out now. Nothing that was acknowledged is lost. */
export function unavailable(): Refused<Refusal> {
  return refused({ status: 'StoreUnavailable', param: '' });
}

/** Status 902: data must not be changed here. */
export function readOnly(): Refused<Refusal> {
  return refused({ status: 'ReadOnly', param: '' });
}

/**
 * Status 903: a configured limit would be exceeded; nothing has changed.
 * @param limit Its name, which the reply has as `m`.
 */
export function limitReached(limit: string): Refused<Refusal> {
  return refused({ status: 'LimitReached', param: limit });
}
