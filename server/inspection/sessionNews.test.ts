import { expect, test } from 'vitest';
import { maxListedSessions } from '../../protocol/inspection.ts';
import { MemoryStore } from '../store/memory/memoryStore.ts';
import { createTokenSource } from '../store/tokenSource.ts';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { SessionNews } from './sessionNews.ts';

/** What an inspector knows that applies every frame. */
async function catchUp(news: SessionNews, known: Set<string>): Promise<number> {
  let frames = 0;
  while (news.hasNews) {
    const event = await news.next(0);
    if (event.type !== 'sessions') throw new Error('No frame of sessions');
    if (event.isReset) known.clear();
    for (const id of event.removed) known.delete(id);
    for (const { id } of event.changed) known.add(id);
    frames += 1;
  }
  return frames;
}

function createStore() {
  const store = new MemoryStore({ clock: new FakeClock(), tokens: createTokenSource() });
  const create = (count: number) => {
    for (let index = 0; index < count; index += 1) store.newSession({ name: 'n', shared: false });
  };
  return { store, create };
}

const idsFrom = (first: number) =>
  Array.from({ length: maxListedSessions }, (_, index) => `s${first + index}`);

test('the newest are listed in frames of a thousand, and the oldest make room', async () => {
  const { store, create } = createStore();
  create(maxListedSessions + 5);
  const news = new SessionNews(store);
  store.subscribe((change) => news.note(change));
  const known = new Set<string>();
  expect(await catchUp(news, known)).toBe(10);
  expect([...known]).toEqual(idsFrom(6));
  create(3);
  expect(await catchUp(news, known)).toBe(1);
  expect([...known]).toEqual(idsFrom(9));
});

test('more news than the list is long are told as a new list', async () => {
  const { store, create } = createStore();
  const news = new SessionNews(store);
  store.subscribe((change) => news.note(change));
  const known = new Set<string>();
  await catchUp(news, known);
  create(3 * maxListedSessions);
  expect(await catchUp(news, known)).toBe(10);
  expect([...known]).toEqual(idsFrom(2 * maxListedSessions + 1));
});

test('a session beyond the list that changes is counted, not listed', async () => {
  const { store, create } = createStore();
  const made = store.newSession({ name: 'oldest', shared: false });
  create(maxListedSessions);
  const news = new SessionNews(store);
  store.subscribe((change) => news.note(change));
  const known = new Set<string>();
  await catchUp(news, known);
  store.clearKeys(made.ok ? made.value : made.refusal);
  expect(await catchUp(news, known)).toBe(1);
  expect(known.has('s1')).toBe(false);
});
