import type { keyValueCommands } from '../../protocol/commands/keyValues.ts';
import type { KeyStatuses } from '../../protocol/codec/keyStatuses.ts';
import { statusCode } from '../../protocol/status.ts';
import { mapResult } from '../eventually.ts';
import type { CommandDeps, Handler, Handlers } from './handler.ts';

export function keyValueHandlers({ store }: CommandDeps): Handlers<keyof typeof keyValueCommands> {
  const keyNamesOf: Handler<'KV_KEYS' | 'SH_KEYS'> = ({ tkn }) =>
    mapResult(store.keyNames(tkn), (keys) => ({ tkn, st: statusCode('Ok'), keys }));

  return {
    KV_SET: ({ tkn, keys }, cause) =>
      mapResult(store.setKeys(tkn, keys, cause), (statuses) => ({ tkn, keys: statuses })),

    KV_SETQ: ({ tkn, keys }, cause) => mapResult(store.setKeys(tkn, keys, cause), () => null),

    KV_ADD: ({ tkn, keys }, cause) =>
      mapResult(store.addKeys(tkn, keys, cause), (statuses) => ({ tkn, keys: statuses })),

    KV_ADDQ: ({ tkn, keys }, cause) =>
      mapResult(store.addKeys(tkn, keys, cause), (statuses) => {
        const present = onlyExisting(statuses);
        return present.size === 0 ? null : { tkn, keys: present };
      }),

    KV_GET: ({ tkn, keys }, cause) =>
      mapResult(store.getKeys(tkn, keys, cause), (found) => ({ tkn, keys: found })),

    KV_RMV: ({ tkn, keys }, cause) =>
      mapResult(store.removeKeys(tkn, keys, cause), (statuses) => ({ tkn, keys: statuses })),

    KV_CLEAR: ({ tkn }, cause) =>
      mapResult(store.clearKeys(tkn, cause), (cnt) => ({ st: statusCode('Ok'), cnt, tkn })),

    KV_COUNT: ({ tkn }) =>
      mapResult(store.countKeys(tkn), (cnt) => ({ st: statusCode('Ok'), cnt, tkn })),

    KV_CONTAINS: ({ tkn, keys }) =>
      mapResult(store.containsKeys(tkn, keys), (found) => ({
        st: statusCode('Ok'),
        tkn,
        keys: found,
      })),

    KV_KEYS: keyNamesOf,

    SH_KEYS: keyNamesOf,

    KV_CLEAR_SET: ({ tkn, keys }, cause) =>
      mapResult(store.replaceKeys(tkn, keys, cause), (cnt) => ({
        tkn,
        st: statusCode('Ok'),
        cnt,
        keys: new Map([...keys.keys()].map((key) => [key, 'KeySet'])),
      })),

    KV_ARR_APPEND: ({ tkn, ...items }, cause) =>
      mapResult(store.appendItems(tkn, items, cause), (status) => ({
        tkn,
        st: statusCode(status),
      })),
  };
}

function onlyExisting(statuses: KeyStatuses): KeyStatuses {
  return new Map([...statuses].filter(([, status]) => status === 'KeyExists'));
}
