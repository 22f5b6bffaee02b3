import type { atomicCommands } from '../../protocol/commands/atomic.ts';
import { statusCode } from '../../protocol/status.ts';
import { mapResult } from '../eventually.ts';
import type { CommandDeps, Handlers } from './handler.ts';

export function atomicHandlers({ store }: CommandDeps): Handlers<keyof typeof atomicCommands> {
  return {
    KV_TAKE: ({ tkn, keys }, cause) =>
      mapResult(store.takeKeys(tkn, keys, cause), (taken) => ({ tkn, keys: taken })),

    KV_INCR: ({ tkn, key, by }, cause) =>
      mapResult(store.addToNumber(tkn, { key, by }, cause), (value) => ({
        tkn,
        st: statusCode('Ok'),
        key,
        value,
      })),

    KV_CAS: ({ tkn, key, ...values }, cause) =>
      mapResult(store.swapValue(tkn, { key, ...values }, cause), (outcome) => ({
        tkn,
        st: statusCode(outcome.status),
        key,
        value: outcome.status === 'ValueChanged' ? outcome.value : undefined,
      })),
  };
}
