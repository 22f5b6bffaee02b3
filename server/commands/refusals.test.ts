import { describe, expect, test } from 'vitest';
import { catalog, commandNames, type CommandName } from '../../protocol/commands/catalog.ts';
import { statusesOf } from '../../protocol/commands/statusesOf.ts';
import { createMemoryStore } from '../../test/server/memoryStore.ts';
import type { DataSetStore } from '../dataSets/dataSetStore.ts';
import { noDataSets } from '../../test/server/noDataSets.ts';
import { limitReached, readOnly, unavailable } from '../store/refusals.ts';
import { createDispatch } from './dispatch.ts';

const facts = { serverVersion: '0', persistEnabled: true };
const loadsNothing: DataSetStore = {
  ...noDataSets,
  load: () => Promise.resolve({ ok: true, value: [] }),
};

/** A store that refuses every call. */
function refusing(refuse: () => ReturnType<typeof unavailable>, isLater: boolean) {
  const outcome = () => (isLater ? Promise.resolve(refuse()) : refuse());
  return new Proxy(createMemoryStore(), { get: () => outcome });
}

const requestOf = (name: CommandName) =>
  catalog[name].example.request.replaceAll(/\{\{.*?\}\}/g, '7');
const isRefusable = (name: CommandName) => statusesOf(name).includes('StoreUnavailable');
const requests = commandNames.filter(isRefusable).map((name) => [name, requestOf(name)] as const);

describe('what the store refuses is answered', () => {
  test.each(requests)('%s, at once and later, quiet or not', async (name, request) => {
    const cases = [
      [unavailable, 901, ''],
      [readOnly, 902, ''],
      [() => limitReached('maxSessions'), 903, 'maxSessions'],
    ] as const;
    for (const [refuse, status, param] of cases) {
      for (const isLater of [false, true]) {
        const store = refusing(refuse, isLater);
        const dispatch = createDispatch({ store, facts, dataSets: loadsNothing });
        const reply = await dispatch(request, 1);
        expect(reply).toBe(`{"${name}_RSP":{"st":${status},"tkn":null,"m":"${param}"}}`);
      }
    }
  });
});

test('the reference lists the refusals of the store with the commands that can have them', () => {
  const listing = (status: 'ReadOnly' | 'LimitReached') =>
    commandNames.filter((name) => statusesOf(name).includes(status));
  const isMutating = commandNames.filter((name) => catalog[name].isMutating);
  expect(listing('ReadOnly')).toEqual(isMutating);
  // Saves are limited too, though they change nothing in the store, and so are long replies.
  const hasLongReply: readonly CommandName[] = ['KV_GET', 'KV_KEYS', 'SH_KEYS', 'KV_FIND'];
  const isLimited = commandNames.filter(
    (name) => hasLongReply.includes(name) || catalog[name].isMutating || name === 'SH_SAVE',
  );
  expect(listing('LimitReached')).toEqual(isLimited);
  // SH_SAVE has statuses of its own for a save that fails.
  expect(commandNames.filter((name) => !isRefusable(name))).toEqual(['SH_SAVE', 'SV_INFO']);
});

test('what does not need the store is answered while it refuses', async () => {
  const store = refusing(unavailable, false);
  const dispatch = createDispatch({ store, facts, dataSets: loadsNothing });
  expect(await dispatch(requestOf('SV_INFO'), 1)).toContain('"st":1');
});
