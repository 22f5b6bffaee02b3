import { expect, test } from 'vitest';
import { jsonNull } from '../../protocol/json/jsonText.ts';
import { cause, createMemoryStore, given, idOf, tokenOf } from '../../test/server/memoryStore.ts';
import type { ChangeListener } from '../store/changes.ts';
import { InspectionHub } from './hub.ts';
import { KeyDelta } from './keyDelta.ts';
import { SessionDelta } from './sessionDelta.ts';

/** A memory store whose subscriptions are counted, and that can lose changes. */
function createSource() {
  const store = createMemoryStore();
  const listeners = new Set<ChangeListener>();
  const subscribe = store.subscribe.bind(store);
  store.subscribe = (listener) => {
    listeners.add(listener);
    const leave = subscribe((change) => {
      if (!source.isDown) listener(change);
    });
    return () => {
      listeners.delete(listener);
      leave();
    };
  };
  const source = { store, listeners, isDown: false };
  return source;
}

test('the store is followed once, and only while there is an inspector', () => {
  const { store, listeners } = createSource();
  const hub = new InspectionHub(store);
  const heard: string[] = [];
  expect(listeners.size).toBe(0);
  const leaveFirst = hub.subscribe(({ kind }) => heard.push(`first ${kind}`));
  const leaveSecond = hub.subscribe(({ kind }) => heard.push(`second ${kind}`));
  expect(listeners.size).toBe(1);
  store.newSession({ name: 'demo', shared: false }, cause);
  leaveFirst();
  store.endAllSessions(cause);
  leaveSecond();
  expect(heard).toEqual(['first created', 'second created', 'second ended']);
  expect(listeners.size).toBe(0);
  hub.subscribe(() => undefined);
  expect(listeners.size).toBe(1);
});

test('after a gap sessions and keys are read again', async () => {
  const source = createSource();
  const { store, listeners } = source;
  const hub = new InspectionHub(store);
  const token = tokenOf(store.newSession({ name: 'demo', shared: false }, cause));
  const [sessions, keys] = [new SessionDelta(store), new KeyDelta(store, idOf(token))];
  hub.subscribe((change) => {
    sessions.mark(change);
    keys.mark(change);
  });
  await Promise.all([sessions.next(0), keys.next()]);
  source.isDown = true;
  store.setKeys(token, new Map([['a', jsonNull]]), cause);
  const created = tokenOf(store.newSession({ name: 'unheard', shared: false }, cause));
  expect([sessions.hasChanges, keys.hasChanges]).toEqual([false, false]);
  source.isDown = false;
  for (const listener of listeners) listener({ kind: 'gap' });
  expect(await sessions.next(0)).toMatchObject({
    isReset: true,
    changed: [{ id: idOf(token), keyCount: 1 }, { id: idOf(created) }],
  });
  expect(await keys.next()).toMatchObject({ isReset: true, changed: [{ key: 'a' }] });
  expect(given(store.totals()).sessions).toBe(2);
});
