import type { keyValueCommands } from '../../protocol/commands/keyValues.ts';
import type { KeyStatuses } from '../../protocol/codec/keyStatuses.ts';
import { ok } from '../../protocol/result.ts';
import { statusCode, type StatusName } from '../../protocol/status.ts';
import { afterEventually, mapEventually, mapResult, type Eventually } from '../eventually.ts';
import { eachOf, inTurns } from '../turns.ts';
import { itemsPerSlice } from './writeReply.ts';
import type { CommandDeps, Handler, Handlers } from './handler.ts';

const perStep = { perStep: itemsPerSlice };

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
      afterEventually(store.addKeys(tkn, keys, cause), (result) => {
        if (!result.ok) return result;
        return mapEventually(onlyExisting(result.value), (present) =>
          ok(present.size === 0 ? null : { tkn, keys: present }),
        );
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
      afterEventually(store.replaceKeys(tkn, keys, cause), (result) => {
        if (!result.ok) return result;
        const st = statusCode('Ok');
        return mapEventually(allSet(keys), (statuses) =>
          ok({ tkn, st, cnt: result.value, keys: statuses }),
        );
      }),

    KV_ARR_APPEND: ({ tkn, ...items }, cause) =>
      mapResult(store.appendItems(tkn, items, cause), (status) => ({
        tkn,
        st: statusCode(status),
      })),
  };
}

function onlyExisting(statuses: KeyStatuses): Eventually<KeyStatuses> {
  const existing = new Map<string, StatusName>();
  const take = ([key, status]: readonly [string, StatusName]) => {
    if (status === 'KeyExists') existing.set(key, status);
  };
  return mapEventually(inTurns(eachOf(statuses, perStep, take)), () => existing);
}

function allSet(keys: ReadonlyMap<string, unknown>): Eventually<KeyStatuses> {
  const statuses = new Map<string, StatusName>();
  const take = (key: string) => statuses.set(key, 'KeySet');
  return mapEventually(inTurns(eachOf(keys.keys(), perStep, take)), () => statuses);
}
