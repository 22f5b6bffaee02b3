import { describe, expect, test } from 'vitest';
import { catalog, commandNames } from '../../protocol/commands/catalog.ts';
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

const reach = ['SH_SAVE', 'SV_INFO'];
const requests = commandNames
  .filter((name) => !reach.includes(name))
  .map((name) => [name, catalog[name].example.request.replaceAll(/\{\{.*?\}\}/g, '7')] as const);

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
