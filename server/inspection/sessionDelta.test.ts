import { expect, test } from 'vitest';
import { jsonNull } from '../../protocol/json/jsonText.ts';
import { maxListedSessions } from '../../protocol/inspection/events.ts';
import { cause, createMemoryStore, idOf, tokenOf } from '../../test/server/memoryStore.ts';
import type { Change } from '../store/changes.ts';
import { maxMarked } from './frameSize.ts';
import { KeyDelta } from './keyDelta.ts';
import { SessionDelta } from './sessionDelta.ts';

/** What an inspector knows that applies every frame. */
async function catchUp(delta: SessionDelta, known: Set<string>): Promise<number> {
  let frames = 0;
  while (delta.hasChanges) {
    const event = await delta.next(0);
    if (event.type !== 'sessions') throw new Error('No frame of sessions');
    if (event.isReset) known.clear();
    for (const id of event.removed) known.delete(id);
    for (const { id } of event.changed) known.add(id);
    frames += 1;
  }
  return frames;
}

function createStore() {
  const store = createMemoryStore();
  const ids: string[] = [];
  const create = (count: number) => {
    for (let index = 0; index < count; index += 1) {
      ids.push(idOf(tokenOf(store.newSession({ name: 'n', shared: false }, cause))));
    }
  };
  return { store, ids, create };
}

test('the newest are listed in one frame, and the oldest make room', async () => {
  const { store, ids, create } = createStore();
  create(maxListedSessions + 5);
  const delta = new SessionDelta(store);
  store.subscribe((change) => delta.mark(change));
  const known = new Set<string>();
  expect(await catchUp(delta, known)).toBe(1);
  expect([...known]).toEqual(ids.slice(5));
  create(3);
  expect(await catchUp(delta, known)).toBe(1);
  expect([...known]).toEqual(ids.slice(8));
});

test('more changes than the list is long come as a new list', async () => {
  const { store, ids, create } = createStore();
  const delta = new SessionDelta(store);
  store.subscribe((change) => delta.mark(change));
  const known = new Set<string>();
  await catchUp(delta, known);
  create(3 * maxListedSessions);
  expect(await catchUp(delta, known)).toBe(1);
  expect([...known]).toEqual(ids.slice(2 * maxListedSessions));
});

test('a session beyond the list that changes is counted, not listed', async () => {
  const { store, create } = createStore();
  const oldest = tokenOf(store.newSession({ name: 'oldest', shared: false }, cause));
  create(maxListedSessions);
  const delta = new SessionDelta(store);
  store.subscribe((change) => delta.mark(change));
  const known = new Set<string>();
  await catchUp(delta, known);
  void store.setKeys(oldest, new Map([['a', jsonNull]]), cause);
  expect(await catchUp(delta, known)).toBe(1);
  expect(known.has(idOf(oldest))).toBe(false);
});

test('of a change of very many sessions none is looked at, and the list is read again', async () => {
  const { store, ids, create } = createStore();
  const delta = new SessionDelta(store);
  const known = new Set<string>();
  await catchUp(delta, known);
  create(5);
  const ofMany = (length: number): Change => ({
    kind: 'created',
    sessions: {
      length,
      [Symbol.iterator]: () => {
        throw new Error('Looked at');
      },
    },
    sequence: 1,
    atMs: 0,
    by: 'load',
    cause,
  });
  expect(() => delta.mark(ofMany(maxMarked))).toThrow('Looked at');
  delta.mark(ofMany(maxMarked + 1));
  expect(await catchUp(delta, known)).toBe(1);
  expect([...known]).toEqual(ids);
  const keys = new KeyDelta(store, { id: ids[0] ?? '' });
  await keys.next();
  expect(keys.hasChanges).toBe(false);
  keys.mark(ofMany(maxMarked + 1));
  expect(keys.hasChanges).toBe(true);
});
