import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { Inspector } from '../../test/server/inspectorClient.ts';
import { createMemoryStore } from '../../test/server/memoryStore.ts';
import { startTestServer, type TestServer } from '../../test/server/testServer.ts';
import { MemoryStore } from '../store/memory/memoryStore.ts';
import type { StoreStatus } from '../store/storeStatus.ts';
import { lookAgainMs, StoreWatch } from './storeWatch.ts';

let server: TestServer | undefined;

afterEach(() => server?.stop());

const ready: StoreStatus = {
  durability: 'commit',
  state: 'ready',
  reason: undefined,
  journal: {
    lastSyncAtMs: 1000.25,
    syncs: 1,
    syncMs: 2.5,
    unsyncedBytes: 0,
    journalBytes: 20,
    lastSnapshotAtMs: undefined,
  },
};
const refusing: StoreStatus = { ...ready, state: 'refusing', reason: 'The disk is full' };

/** A store that says of itself what the test wants. */
class ScriptedStore extends MemoryStore {
  now = ready;

  override status(): StoreStatus {
    return this.now;
  }
}

test('an inspector gets the status of the store at once, and again when it has changed', async () => {
  const clock = new FakeClock();
  let store: ScriptedStore | undefined;
  const createStore = (parts: ConstructorParameters<typeof ScriptedStore>[0]) =>
    (store = new ScriptedStore(parts));
  server = await startTestServer([], { clock, createStore });
  const inspector = await Inspector.open(server);
  const { store: facts } = await inspector.next('hello');
  const journal = { lastSyncAtMs: 1000, unsyncedBytes: 0, journalBytes: 20 };
  expect(facts).toEqual({ durability: 'commit', state: 'ready', journal });
  clock.advance(0);
  await inspector.next('sessions');
  clock.advance(lookAgainMs);
  if (store) store.now = refusing;
  clock.advance(lookAgainMs);
  expect(await inspector.next('store')).toMatchObject({
    state: 'refusing',
    reason: 'The disk is full',
  });
});

test('who cannot be sent to now is tried again, and the store is watched only while somebody follows', () => {
  const clock = new FakeClock();
  const store = createMemoryStore();
  let status: StoreStatus = ready;
  store.status = () => status;
  const watch = new StoreWatch(store, clock);
  let isHeldUp = true;
  const sent: string[] = [];
  const leave = watch.follow((text) => {
    if (!isHeldUp) sent.push(text);
    return !isHeldUp;
  });
  status = refusing;
  clock.advance(2 * lookAgainMs);
  expect(sent).toEqual([]);
  isHeldUp = false;
  clock.advance(3 * lookAgainMs);
  expect(sent).toEqual([expect.stringContaining('The disk is full')]);
  leave();
  expect(clock.waitsMs).toEqual([]);
});

test('of hundreds, fifty are sent to in a turn, and nobody who has left', async () => {
  const clock = new FakeClock();
  const store = createMemoryStore();
  let status: StoreStatus = ready;
  store.status = () => status;
  const watch = new StoreWatch(store, clock);
  const sent: number[] = [];
  const leave = Array.from({ length: 120 }, (_, at) =>
    watch.follow(() => {
      sent.push(at);
      return true;
    }),
  );
  status = refusing;
  clock.advance(lookAgainMs);
  expect(sent).toHaveLength(50);
  leave[119]?.();
  await turn();
  expect(sent).toHaveLength(100);
  // The next look is after the last one has it.
  expect(clock.waitsMs).toEqual([]);
  await turn();
  expect(sent).toEqual(Array.from({ length: 119 }, (_, at) => at));
  clock.advance(lookAgainMs);
  expect(sent).toHaveLength(119);
  for (const end of leave) end();
  expect(clock.waitsMs).toEqual([]);
});

test('of a read-only server the facts say so', () => {
  const watch = new StoreWatch(createMemoryStore(), new FakeClock(), { isReadOnly: true });
  expect(watch.facts()).toMatchObject({ durability: 'memory', readOnly: true });
});
