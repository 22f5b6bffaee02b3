import type { queryCommands } from '../../protocol/commands/queries.ts';
import { statusCode } from '../../protocol/status.ts';
import type { KeyMatches } from '../store/sessionStore.ts';
import { mapResult } from '../eventually.ts';
import { jsonNull, type JsonText } from '../../protocol/json/jsonText.ts';
import type { ReplyOf } from '../../protocol/commands/catalog.ts';
import type { CommandDeps, Handlers } from './handler.ts';

export function queryHandlers({ store }: CommandDeps): Handlers<keyof typeof queryCommands> {
  return {
    KV_FIND: ({ tkn, path, rsp, keys }, cause) => {
      const wants = rsp === 'paths' ? 'paths' : 'keys';
      const outcome = store.findKeys(tkn, { path, wants, among: keys }, cause);
      return mapResult(outcome, (matches) => ({
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

type Found = Pick<ReplyOf<'KV_FIND'>, 'keys' | 'paths'>;

function foundIn({ keys, values, paths }: KeyMatches, form: 'keys' | 'kv' | 'paths'): Found {
  switch (form) {
    case 'keys':
      return { keys };
    case 'kv':
      return { keys: new PairedLists(keys, values) };
    case 'paths':
      return { paths };
  }
}

/** Keys with their values. A map of a million keys takes long to make. */
class PairedLists {
  readonly #keys: readonly string[];
  readonly #values: readonly JsonText[];

  constructor(keys: readonly string[], values: readonly JsonText[]) {
    this.#keys = keys;
    this.#values = values;
  }

  get size(): number {
    return this.#keys.length;
  }

  *[Symbol.iterator](): Iterator<[string, JsonText]> {
    for (const [at, key] of this.#keys.entries()) yield [key, this.#values[at] ?? jsonNull];
  }
}
