import type { keyValueCommands } from '../../protocol/commands/keyValues.ts';
import type { KeyStatuses } from '../../protocol/keyStatuses.ts';
import { statusCode } from '../../protocol/status.ts';
import { mapResult } from '../mapResult.ts';
import type { Handler, Handlers } from './handler.ts';

const keyNamesOf: Handler<'KV_KEYS' | 'SH_KEYS'> = (engine, { tkn }) =>
  mapResult(engine.keyNames(tkn), (keys) => ({ tkn, st: statusCode('Ok'), keys }));

export const keyValueHandlers: Handlers<keyof typeof keyValueCommands> = {
  KV_SET: (engine, { tkn, keys }) =>
    mapResult(engine.setKeys(tkn, keys), (statuses) => ({ tkn, keys: statuses })),

  KV_SETQ: (engine, { tkn, keys }) => mapResult(engine.setKeys(tkn, keys), () => null),

  KV_ADD: (engine, { tkn, keys }) =>
    mapResult(engine.addKeys(tkn, keys), (statuses) => ({ tkn, keys: statuses })),

  KV_ADDQ: (engine, { tkn, keys }) =>
    mapResult(engine.addKeys(tkn, keys), (statuses) => {
      const present = onlyExisting(statuses);
      return present.size === 0 ? null : { tkn, keys: present };
    }),

  KV_GET: (engine, { tkn, keys }) =>
    mapResult(engine.getKeys(tkn, keys), (found) => ({ tkn, keys: found })),

  KV_RMV: (engine, { tkn, keys }) =>
    mapResult(engine.removeKeys(tkn, keys), (statuses) => ({ tkn, keys: statuses })),

  KV_CLEAR: (engine, { tkn }) =>
    mapResult(engine.clearKeys(tkn), (cnt) => ({ st: statusCode('Ok'), cnt, tkn })),

  KV_COUNT: (engine, { tkn }) =>
    mapResult(engine.countKeys(tkn), (cnt) => ({ st: statusCode('Ok'), cnt, tkn })),

  KV_CONTAINS: (engine, { tkn, keys }) =>
    mapResult(engine.containsKeys(tkn, keys), (found) => ({
      st: statusCode('Ok'),
      tkn,
      keys: found,
    })),

  KV_KEYS: keyNamesOf,

  SH_KEYS: keyNamesOf,

  KV_CLEAR_SET: (engine, { tkn, keys }) =>
    mapResult(engine.replaceKeys(tkn, keys), (cnt) => ({
      tkn,
      st: statusCode('Ok'),
      cnt,
      keys: new Map([...keys.keys()].map((key) => [key, 'KeySet'])),
    })),

  KV_ARR_APPEND: (engine, { tkn, ...items }) =>
    mapResult(engine.appendItems(tkn, items), (status) => ({ tkn, st: statusCode(status) })),
};

function onlyExisting(statuses: KeyStatuses): KeyStatuses {
  return new Map([...statuses].filter(([, status]) => status === 'KeyExists'));
}
