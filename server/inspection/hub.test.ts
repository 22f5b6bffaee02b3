import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { jsonNull } from '../../protocol/json/jsonText.ts';
import type { Token } from '../../protocol/token.ts';
import { cause, createMemoryStore, given, idOf, tokenOf } from '../../test/server/memoryStore.ts';
import type { ChangeListener } from '../store/changes.ts';
import { FakeClock } from '../../test/server/fakeClock.ts';
import type { Follower } from './follower.ts';
import { followersPerTurn, gatherMs, InspectionHub, maxKept } from './hub.ts';
import { KeyDelta } from './keyDelta.ts';
import { SessionDelta } from './sessionDelta.ts';

/** A memory store whose subscriptions are counted, and that can lose changes. */
function createSource() {
  const store = createMemoryStore();
  const listeners = new Set<ChangeListener>();
  const subscribe = store.subscribe.bind(store);
  store.subscribe = (listener, isNews) => {
    listeners.add(listener);
    const hand: ChangeListener = (change) => {
      source.handed += 1;
      if (!source.isDown) listener(change);
    };
    const leave = subscribe(hand, isNews);
    return () => {
      listeners.delete(listener);
      leave();
    };
  };
  const source = { store, listeners, isDown: false, handed: 0 };
  return source;
}

/** Notes what the hub calls. */
function follower(name: string, calls: string[]): Follower {
  return {
    mark: ({ kind }) => calls.push(`${name} ${kind}`),
    send: () => void calls.push(`${name} sends`),
  };
}

test('the store is followed once, and only while there is an inspector', () => {
  const { store, listeners } = createSource();
  const clock = new FakeClock();
  const hub = new InspectionHub(store, clock);
  const calls: string[] = [];
  expect(listeners.size).toBe(0);
  const first = hub.follow(follower('first', calls));
  const second = hub.follow(follower('second', calls));
  expect(listeners.size).toBe(1);
  void store.newSession({ name: 'demo', shared: false }, cause);
  clock.advance(gatherMs);
  first.leave();
  void store.endAllSessions(cause);
  clock.advance(gatherMs);
  second.leave();
  expect(calls).toEqual([
    'first created',
    'first sends',
    'second created',
    'second sends',
    'second ended',
    'second sends',
  ]);
  expect([listeners.size, clock.waitsMs]).toEqual([0, []]);
  hub.follow(follower('third', calls));
  expect(listeners.size).toBe(1);
});

test('while the store lets followers wait, the next ones do not ask it as well, for some time', async () => {
  const { store } = createSource();
  const clock = new FakeClock();
  const hub = new InspectionHub(store, clock);
  const sent: number[] = [];
  const answers: (() => void)[] = [];
  const names = Array.from({ length: followersPerTurn * 3 }, (_, index) => index);
  for (const name of names) {
    const send = () => {
      sent.push(name);
      return new Promise<void>((resolve) => {
        answers.push(resolve);
      });
    };
    hub.follow({ mark: () => undefined, send });
  }
  void store.newSession({ name: 'demo', shared: false }, cause);
  clock.advance(gatherMs);
  await setImmediate();
  expect(sent).toHaveLength(followersPerTurn);
  for (const answer of answers) answer();
  await setImmediate();
  await setImmediate();
  expect(sent).toHaveLength(followersPerTurn * 2);
  // These are not answered.
  clock.advance(gatherMs);
  await setImmediate();
  expect(sent).toEqual(names);
});

test('many followers send in several turns, and what changes in between comes after all have sent', async () => {
  const { store } = createSource();
  const clock = new FakeClock();
  const hub = new InspectionHub(store, clock);
  const sent: number[] = [];
  const names = Array.from({ length: followersPerTurn * 2 + 1 }, (_, index) => index);
  for (const name of names) hub.follow({ mark: () => undefined, send: () => void sent.push(name) });
  void store.newSession({ name: 'demo', shared: false }, cause);
  clock.advance(gatherMs);
  expect(sent).toEqual(names.slice(0, followersPerTurn));
  void store.newSession({ name: 'demo', shared: false }, cause);
  expect(clock.waitsMs).toEqual([]);
  for (let turn = 0; turn < 3; turn += 1) await setImmediate();
  expect(sent).toEqual(names);
  expect(clock.waitsMs).toEqual([gatherMs]);
});

test('a change is not taken for one of a session before with the same number', async () => {
  const { store } = createSource();
  const clock = new FakeClock();
  const hub = new InspectionHub(store, clock);
  const marked: string[] = [];
  const mark: Follower['mark'] = (change) => {
    const of = 'session' in change ? `${change.session.number} ${change.session.token}` : '';
    marked.push(`${change.kind} ${of}`);
  };
  hub.follow({ mark, send: () => undefined });
  const change = async () => {
    const token = tokenOf(await store.newSession({ name: 'demo', shared: false }, cause));
    void store.setKeys(token, new Map([['a', jsonNull]]), cause);
    return token;
  };
  const first = await change();
  void store.endSession(first, cause);
  const second = await change();
  clock.advance(gatherMs);
  const stored = marked.filter((each) => each.startsWith('stored'));
  expect(stored).toEqual([`stored 1 ${first}`, `stored 1 ${second}`]);
});

test('changes are gathered once for all', () => {
  const { store } = createSource();
  const clock = new FakeClock();
  const hub = new InspectionHub(store, clock);
  const calls: string[] = [];
  hub.follow(follower('first', calls));
  hub.follow(follower('second', calls));
  void store.newSession({ name: 'demo', shared: false }, cause);
  clock.advance(gatherMs - 1);
  void store.endAllSessions(cause);
  // Not in the turn of the change, which would wait for all followers.
  expect(calls).toEqual([]);
  expect(clock.waitsMs.length).toBe(1);
  clock.advance(1);
  expect(calls).toEqual(
    ['first', 'second'].flatMap((name) => [`${name} created`, `${name} ended`, `${name} sends`]),
  );
  clock.advance(10 * gatherMs);
  expect(calls.length).toBe(6);
});

test('a follower that keeps up marks what was before, then each change at once, none twice', () => {
  const { store } = createSource();
  const clock = new FakeClock();
  const hub = new InspectionHub(store, clock);
  const calls: string[] = [];
  const following = hub.follow(follower('it', calls));
  void store.newSession({ name: 'demo', shared: false }, cause);
  following.keepUp();
  expect(calls).toEqual(['it created']);
  void store.endAllSessions(cause);
  expect(calls).toEqual(['it created', 'it ended']);
  following.fallBehind();
  void store.newSession({ name: 'demo', shared: false }, cause);
  expect(calls.length).toBe(2);
  clock.advance(gatherMs);
  expect(calls.slice(2)).toEqual(['it created', 'it sends']);
  following.leave();
  following.fallBehind();
  following.keepUp();
  void store.newSession({ name: 'demo', shared: false }, cause);
  expect(calls.length).toBe(4);
});

test('of very many changes a follower learns only that all must be read again', () => {
  const { store } = createSource();
  const hub = new InspectionHub(store, new FakeClock());
  const calls: string[] = [];
  const following = hub.follow(follower('it', calls));
  const token = tokenOf(store.newSession({ name: 'demo', shared: false }, cause));
  hub.watchKeys(idOf(token));
  for (let count = 0; count < maxKept; count += 1) {
    void store.setKeys(token, new Map([['a', jsonNull]]), cause);
  }
  following.keepUp();
  expect(calls).toEqual(['it gap']);
});

test('of a session whose keys nobody watches a follower that is behind gets one change', () => {
  const { store } = createSource();
  const hub = new InspectionHub(store, new FakeClock());
  const token = tokenOf(store.newSession({ name: 'demo', shared: false }, cause));
  const marked: string[][] = [[], []];
  const [first, second] = marked.map((into) =>
    hub.follow({
      mark: (change) => into.push('keys' in change ? change.keys.join() : change.kind),
      send: () => undefined,
    }),
  );
  const store3 = () => {
    for (const key of ['a', 'b', 'c']) {
      void store.setKeys(token, new Map([[key, jsonNull]]), cause);
    }
  };
  store3();
  first?.keepUp();
  first?.fallBehind();
  // What the one has marked says nothing about what comes after.
  store3();
  const end = hub.watchKeys(idOf(token));
  const endOther = hub.watchKeys(idOf(token));
  end();
  second?.keepUp();
  second?.fallBehind();
  store3();
  endOther();
  first?.keepUp();
  second?.keepUp();
  expect(marked).toEqual([
    ['', '', 'a', 'b', 'c'],
    ['', '', 'a', 'b', 'c'],
  ]);
});

test('the store puts together one change of a session for all who are behind', () => {
  const source = createSource();
  const { store } = source;
  const hub = new InspectionHub(store, new FakeClock());
  const [first, second] = [1, 2].map(() =>
    hub.follow({ mark: () => undefined, send: () => undefined }),
  );
  const token = tokenOf(store.newSession({ name: 'demo', shared: false }, cause));
  const handedOf = (changes: number) => {
    source.handed = 0;
    for (let count = 0; count < changes; count += 1) {
      void store.setKeys(token, new Map([['a', jsonNull]]), cause);
    }
    return source.handed;
  };
  expect(handedOf(5)).toBe(1);
  first?.catchUp();
  expect(handedOf(5)).toBe(1);
  second?.keepUp();
  expect(handedOf(5)).toBe(5);
  second?.fallBehind();
  const end = hub.watchKeys(idOf(token));
  expect(handedOf(5)).toBe(5);
  end();
  expect([handedOf(1), handedOf(5)]).toEqual([1, 0]);
});

test('what three inspectors need is read once, and each gets its own part', async () => {
  const { store } = createSource();
  const asked: string[] = [];
  for (const name of ['listSessions', 'viewSessions', 'totals', 'listKeys', 'viewKeys'] as const) {
    const read = (store[name] as (...parts: unknown[]) => unknown).bind(store);
    Object.assign(store, {
      [name]: (...parts: unknown[]) => {
        asked.push(name);
        return read(...parts);
      },
    });
  }
  const { views } = new InspectionHub(store, new FakeClock());
  const tokens = ['1', '2'].map((name) =>
    tokenOf(store.newSession({ name, shared: false }, cause)),
  );
  const [first = '', second = ''] = tokens.map((token) => idOf(token));
  void store.setKeys(
    tokens[0] as Token,
    new Map([
      ['a', jsonNull],
      ['b', jsonNull],
    ]),
    cause,
  );
  const all = [views, views, views].map(() => new SessionDelta(views));
  const frames = await Promise.all(all.map((delta) => delta.next(0)));
  for (const frame of frames) expect(frame).toMatchObject({ totalSessions: 2, totalKeys: 2 });
  expect(asked).toEqual(['listSessions', 'viewSessions', 'totals']);
  asked.length = 0;
  const [one, other] = await Promise.all([
    views.viewKeys(first, ['a']),
    views.viewKeys(first, ['b', 'nope']),
  ]);
  expect([
    [...(given(one)?.entries.keys() ?? [])],
    [...(given(other)?.entries.keys() ?? [])],
  ]).toEqual([['a'], ['b']]);
  expect(asked).toEqual(['viewKeys']);
  // A later turn reads again.
  expect(given(await views.viewSessions([second]))).toMatchObject([{ id: second }]);
  expect(asked).toEqual(['viewKeys', 'viewSessions']);
});

test('after a gap sessions and keys are read again', async () => {
  const source = createSource();
  const { store, listeners } = source;
  const hub = new InspectionHub(store, new FakeClock());
  const token = tokenOf(store.newSession({ name: 'demo', shared: false }, cause));
  const [sessions, keys] = [new SessionDelta(store), new KeyDelta(store, { id: idOf(token) })];
  const following = hub.follow({
    mark: (change) => {
      sessions.mark(change);
      keys.mark(change);
    },
    send: () => undefined,
  });
  following.keepUp();
  await Promise.all([sessions.next(0), keys.next()]);
  source.isDown = true;
  void store.setKeys(token, new Map([['a', jsonNull]]), cause);
  const created = tokenOf(store.newSession({ name: 'first', shared: false }, cause));
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
