import type { queryCommands } from '../../protocol/commands/queries.ts';
import { statusCode } from '../../protocol/status.ts';
import type { KeyMatch } from '../store/sessionStore.ts';
import { afterEventually, mapEventually, mapResult, type Eventually } from '../eventually.ts';
import { eachOf, inTurns } from '../turns.ts';
import { ok } from '../../protocol/result.ts';
import type { JsonText } from '../../protocol/json/jsonText.ts';
import type { ReplyOf } from '../../protocol/commands/catalog.ts';
import { itemsPerSlice } from './writeReply.ts';
import type { CommandDeps, Handlers } from './handler.ts';

export function queryHandlers({ store }: CommandDeps): Handlers<keyof typeof queryCommands> {
  return {
    KV_FIND: ({ tkn, path, rsp, keys }, cause) => {
      const wants = rsp === 'paths' ? 'paths' : 'keys';
      const outcome = store.findKeys(tkn, { path, wants, among: keys }, cause);
      return afterEventually(outcome, (result) => {
        if (!result.ok) return result;
        const st = statusCode('Ok');
        return mapEventually(foundIn(result.value, rsp), (found) => ok({ tkn, st, ...found }));
      });
    },

    KV_UPDATE: ({ tkn, ...update }, cause) =>
      mapResult(store.updateNodes(tkn, update, cause), (count) => ({
        tkn,
        st: statusCode(count === undefined ? 'KeyNotExist' : 'Ok'),
        key: update.key,
        cnt: count ?? 0,
      })),
  };
}

type Found = Pick<ReplyOf<'KV_FIND'>, 'keys' | 'paths'>;

function foundIn(matches: readonly KeyMatch[], form: 'keys' | 'kv' | 'paths'): Eventually<Found> {
  switch (form) {
    case 'keys':
      return { keys: matches.map(({ key }) => key) };
    case 'kv':
      return entriesOf(matches);
    case 'paths':
      return { paths: matches.flatMap(({ paths }) => paths) };
  }
}

/** A map of a million keys takes long to make. */
function entriesOf(matches: readonly KeyMatch[]): Eventually<Found> {
  const keys = new Map<string, JsonText>();
  const take = ({ key, value }: KeyMatch) => keys.set(key, value);
  const made = inTurns(eachOf(matches, { perStep: itemsPerSlice }, take));
  return mapEventually(made, () => ({ keys }));
}
