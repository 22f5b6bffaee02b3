import type { keyValueCommands } from '../../protocol/commands/keyValues.ts';
import type { KeyStatuses } from '../../protocol/keyStatuses.ts';
import { statusCode } from '../../protocol/status.ts';
import { mapResult } from '../eventually.ts';
import type { Handler, Handlers } from './handler.ts';

const keyNamesOf: Handler<'KV_KEYS' | 'SH_KEYS'> = (store, { tkn }) =>
  mapResult(store.keyNames(tkn), (keys) => ({ tkn, st: statusCode('Ok'), keys }));

export const keyValueHandlers: Handlers<keyof typeof keyValueCommands> = {
  KV_SET: (store, { tkn, keys }) =>
    mapResult(store.setKeys(tkn, keys), (statuses) => ({ tkn, keys: statuses })),

  KV_SETQ: (store, { tkn, keys }) => mapResult(store.setKeys(tkn, keys), () => null),

  KV_ADD: (store, { tkn, keys }) =>
    mapResult(store.addKeys(tkn, keys), (statuses) => ({ tkn, keys: statuses })),

  KV_ADDQ: (store, { tkn, keys }) =>
    mapResult(store.addKeys(tkn, keys), (statuses) => {
      const present = onlyExisting(statuses);
      return present.size === 0 ? null : { tkn, keys: present };
    }),

  KV_GET: (store, { tkn, keys }) =>
    mapResult(store.getKeys(tkn, keys), (found) => ({ tkn, keys: found })),

  KV_RMV: (store, { tkn, keys }) =>
    mapResult(store.removeKeys(tkn, keys), (statuses) => ({ tkn, keys: statuses })),

  KV_CLEAR: (store, { tkn }) =>
    mapResult(store.clearKeys(tkn), (cnt) => ({ st: statusCode('Ok'), cnt, tkn })),

  KV_COUNT: (store, { tkn }) =>
    mapResult(store.countKeys(tkn), (cnt) => ({ st: statusCode('Ok'), cnt, tkn })),

  KV_CONTAINS: (store, { tkn, keys }) =>
    mapResult(store.containsKeys(tkn, keys), (found) => ({
      st: statusCode('Ok'),
      tkn,
      keys: found,
    })),

  KV_KEYS: keyNamesOf,

  SH_KEYS: keyNamesOf,

  KV_CLEAR_SET: (store, { tkn, keys }) =>
    mapResult(store.replaceKeys(tkn, keys), (cnt) => ({
      tkn,
      st: statusCode('Ok'),
      cnt,
      keys: new Map([...keys.keys()].map((key) => [key, 'KeySet'])),
    })),

  KV_ARR_APPEND: (store, { tkn, ...items }) =>
    mapResult(store.appendItems(tkn, items), (status) => ({ tkn, st: statusCode(status) })),
};

function onlyExisting(statuses: KeyStatuses): KeyStatuses {
  return new Map([...statuses].filter(([, status]) => status === 'KeyExists'));
}
