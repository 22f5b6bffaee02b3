import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { Inspector } from '../../../test/server/inspectorClient.ts';
import { cause, tokenOf } from '../../../test/server/memoryStore.ts';
import { startTestServer } from '../../../test/server/testServer.ts';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import { MemoryStore } from '../../store/memory/memoryStore.ts';

const sessionCount = 10_000;
const sessionsPerReading = 500;

/** Counts how often so many sessions are read as a search reads together. */
class CountingStore extends MemoryStore {
  readings = 0;

  override listedAt(handles: Iterable<number | string>): ReturnType<MemoryStore['listedAt']> {
    const wanted = [...handles];
    if (wanted.length === sessionsPerReading) this.readings += 1;
    return super.listedAt(wanted);
  }
}

/** Waits until the server has handled all requests so far; other events may arrive first. */
async function handled(inspector: Inspector): Promise<void> {
  inspector.ask({ type: 'value', id: 's0', key: '' });
  while ((await inspector.nextOfAny()).type !== 'value');
}

test('a search in values stops on the server when it is cancelled', async () => {
  const stores: CountingStore[] = [];
  const clock = new FakeClock();
  const server = await startTestServer([], {
    clock,
    createStore: (parts) => {
      const store = new CountingStore(parts);
      stores.push(store);
      return store;
    },
  });
  const [store] = stores;
  if (!store) throw new Error('The server made no store');
  const keys = new Map([['k', asJsonText(`"${'v'.repeat(20_000)}"`)]]);
  for (let made = 0; made < sessionCount; made += 1) {
    void store.setKeys(tokenOf(store.newSession({ name: 'a', shared: false }, cause)), keys, cause);
  }
  const { inspector } = await Inspector.start(server, clock);
  const newest = { sort: 'created', descending: true, find: '', from: 0, count: 9 } as const;
  inspector.ask({ type: 'list', number: 7, ...newest, content: { text: 'vw' } });
  await handled(inspector);
  clock.advance(0);
  while (store.readings === 0) await setImmediate();
  inspector.ask({ type: 'unlist', number: 7 });
  await handled(inspector);
  const before = store.readings;
  expect(before).toBeLessThan(sessionCount / sessionsPerReading);
  // What was being looked at is the last.
  for (let turn = 0; turn < 1_000; turn += 1) await setImmediate();
  expect(store.readings).toBe(before);
  inspector.terminate();
  await server.stop();
});
