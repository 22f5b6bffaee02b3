import type { queryCommands } from '../../protocol/commands/queries.ts';
import { statusCode } from '../../protocol/status.ts';
import type { KeyMatch } from '../store/sessionStore.ts';
import { mapResult } from '../eventually.ts';
import type { CommandDeps, Handlers } from './handler.ts';

export function queryHandlers({ store }: CommandDeps): Handlers<keyof typeof queryCommands> {
  return {
    KV_FIND: ({ tkn, path, rsp, keys }, cause) => {
      const wants = rsp === 'paths' ? 'paths' : 'keys';
      return mapResult(store.findKeys(tkn, { path, wants, among: keys }, cause), (matches) => ({
        tkn,
        st: statusCode('Ok'),
        ...foundIn(matches, rsp),
      }));
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

function foundIn(matches: readonly KeyMatch[], form: 'keys' | 'kv' | 'paths') {
  switch (form) {
    case 'keys':
      return { keys: matches.map(({ key }) => key) };
    case 'kv':
      return { keys: new Map(matches.map(({ key, value }) => [key, value])) };
    case 'paths':
      return { paths: matches.flatMap(({ paths }) => paths) };
  }
}
