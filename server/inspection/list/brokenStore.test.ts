import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { SessionQuery } from '../../../protocol/inspection/sessionLists.ts';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { atOnce, cause, idOf, tokenOf } from '../../../test/server/memoryStore.ts';
import { MemoryStore } from '../../store/memory/memoryStore.ts';
import { unavailable } from '../../store/refusals.ts';
import type { ListedSession } from '../../store/views.ts';
import { createTokenSource } from '../../store/tokenSource.ts';
import { InspectionHub } from '../hub.ts';
import { StoreRefusal } from '../valueOf.ts';

const newest = { sort: 'created', descending: true, find: '' } as const;

/** Loses its disk. */
class BrokenStore extends MemoryStore {
  isBroken = false;
  /** Counted down by each question for the totals; then they are refused. */
  totalsLeft = 1_000;

  override totals(): ReturnType<MemoryStore['totals']> {
    this.totalsLeft -= 1;
    return this.totalsLeft < 0 ? unavailable() : super.totals();
  }

  override listAll(): AsyncIterable<readonly ListedSession[]> {
    return this.isBroken ? refused() : super.listAll();
  }

  override listedAt(handles: Iterable<number | string>): ReturnType<MemoryStore['listedAt']> {
    return this.isBroken ? unavailable() : super.listedAt(handles);
  }
}

// oxlint-disable-next-line require-yield -- it fails before there is anything to yield.
async function* refused(): AsyncGenerator<readonly ListedSession[]> {
  await setImmediate();
  throw new StoreRefusal(unavailable().refusal.status);
}

function start() {
  const clock = new FakeClock();
  const store = new BrokenStore({ clock, tokens: createTokenSource(), idOf });
  const hub = new InspectionHub(store, clock);
  const newSession = (name: string) =>
    tokenOf(store.newSession({ name, shared: false, expiry: undefined }, cause));
  const open = (query: Partial<SessionQuery>) => hub.listings.open({ ...newest, ...query });
  return { store, newSession, open };
}

test('a list that could not be read is read when the store is back', async () => {
  const { store, newSession, open } = start();
  newSession('a');
  const opened = open({});
  store.isBroken = true;
  await expect(opened.refresh()).rejects.toThrow(StoreRefusal);
  store.isBroken = false;
  await opened.refresh();
  expect(opened.listing.matching).toBe(1);
});

test('a search that could not read a session says so, and begins again when the store is back', async () => {
  const { store, newSession, open } = start();
  atOnce(store.setKeys(newSession('a'), new Map([['k', asJsonText('"found"')]]), cause));
  const opened = open({ content: { text: 'found' } });
  const isSearching = () => opened.listing.searched?.left !== undefined;
  await opened.refresh();
  store.isBroken = true;
  while (isSearching()) await setImmediate();
  await expect(opened.refresh()).rejects.toThrow(StoreRefusal);
  store.isBroken = false;
  await opened.refresh();
  while (isSearching()) await setImmediate();
  expect(opened.listing.matching).toBe(1);
});

test('a list that is closed before it was filled is not waited for', async () => {
  const { store, newSession, open } = start();
  newSession('a');
  const [first, second] = [open({}), open({ find: 'b' })];
  const refreshed = [first.refresh(), second.refresh()];
  second.close();
  await Promise.all(refreshed);
  await second.refresh();
  expect(first.listing.matching).toBe(1);
  expect(store.totalsLeft).toBeGreaterThan(900);
});
