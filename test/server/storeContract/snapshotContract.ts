import { beforeEach, describe, expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import type { FakeClock } from '../fakeClock.ts';
import type {
  RestoredSession,
  SessionStore,
  SessionSnapshot,
} from '../../../server/store/sessionStore.ts';
import {
  count,
  endsAfter,
  entriesOf,
  newSession,
  newShared,
  restartsAfter,
  type StoreUnderTest,
} from './storeUnderTest.ts';

/** Copying sessions out, and putting them back. */
export function snapshotContract(create: () => StoreUnderTest): void {
  let store: SessionStore;
  let clock: FakeClock;

  beforeEach(() => {
    ({ store, clock } = create());
  });

  describe('snapshots', () => {
    test('a snapshot holds all of a session, and later changes do not reach it', async () => {
      const extension = { onSetAdd: true, onGet: false };
      const expiry = restartsAfter(10);
      const made = await store.newSession({ name: 'cart', shared: true, expiry, extension });
      const token = made.ok ? made.value : made.refusal;
      await store.setKeys(token, entriesOf({ b: '1.50', a: '14247375118774737462' }));
      const snapshot = await store.snapshotSessions();
      await store.setKeys(token, entriesOf({ b: '2', c: '3' }));
      await store.endSession(token);
      expect(snapshot).toEqual([
        {
          token,
          name: 'cart',
          shared: true,
          expiry,
          extension,
          keys: ['b', 'a'],
          values: ['1.50', '14247375118774737462'],
        },
      ]);
    });

    test('only the sessions asked for are in it, and only those that live', async () => {
      const [first, second, third] = [
        await newSession(store, endsAfter(5)),
        await newSession(store),
        await newSession(store),
      ];
      clock.advanceWithoutTimers(5_001);
      const tokensOf = (all: SessionSnapshot[]) => all.map(({ token }) => token);
      expect(tokensOf(await store.snapshotSessions([third, '7' as Token, first]))).toEqual([third]);
      expect(tokensOf(await store.snapshotSessions())).toEqual([second, third]);
      expect(await store.snapshotSessions([])).toEqual([]);
    });

    test('no deadline moves by it', async () => {
      const expiry = endsAfter(10);
      const extension = { onSetAdd: true, onGet: true };
      await store.newSession({ name: 'demo', shared: false, expiry, extension });
      clock.advance(9_000);
      await store.snapshotSessions();
      clock.advance(1_001);
      expect(await store.totals()).toEqual({ sessions: 0, keys: 0 });
    });
  });

  describe('restored sessions', () => {
    const stored = (token: string, more: Partial<RestoredSession> = {}): RestoredSession => ({
      token: token as Token,
      name: 'demo',
      shared: false,
      keys: new Map([['a', asJsonText('1.0')]]),
      ...more,
    });

    test('keep token, name and keys in their order, and are told to inspectors', async () => {
      const heard: unknown[] = [];
      store.subscribe((change) => heard.push(change));
      const keys = new Map(entriesOf({ b: '1', a: '1e400', c: 'null' }));
      expect(await store.restoreSessions([stored('77', { keys, name: 'old' })])).toEqual({
        sessions: 1,
        keys: 3,
      });
      expect(heard).toEqual([{ kind: 'created', id: 's1' }]);
      expect(await store.viewSessions(['s1'])).toMatchObject([
        { token: '77', name: 'old', shared: false, keyCount: 3, createdAtMs: clock.nowMs() },
      ]);
      expect(await store.listKeys('s1', 9)).toEqual(['b', 'a', 'c']);
      await store.setKeys('77' as Token, entriesOf({ b: '2', d: '3' }));
      expect(await store.totals()).toEqual({ sessions: 1, keys: 4 });
      await store.endSession('77' as Token);
      expect(await store.totals()).toEqual({ sessions: 0, keys: 0 });
    });

    test('leave one alone whose token is living, and count only what was added', async () => {
      const token = await newSession(store);
      const added = await store.restoreSessions([stored(token), stored('77'), stored('77')]);
      expect([added, await count(store, token)]).toEqual([{ sessions: 1, keys: 1 }, 0]);
    });

    test('take the place of one that has expired, though nobody has noticed yet', async () => {
      const token = await newSession(store, endsAfter(5));
      clock.advanceWithoutTimers(5_001);
      expect(await store.restoreSessions([stored(token)])).toEqual({ sessions: 1, keys: 1 });
      expect(await count(store, token)).toBe(1);
    });

    test('start their time anew, and end or restart as before', async () => {
      await store.restoreSessions([
        stored('1', { expiry: endsAfter(10) }),
        stored('2', { expiry: restartsAfter(10) }),
        stored('3'),
      ]);
      clock.advance(9_999);
      expect(await store.totals()).toEqual({ sessions: 3, keys: 3 });
      clock.advance(2);
      expect(await store.totals()).toEqual({ sessions: 2, keys: 1 });
      expect(await count(store, '2' as Token)).toBe(0);
    });

    test('keep what moves their deadline', async () => {
      const extension = { onSetAdd: false, onGet: true };
      await store.restoreSessions([stored('1', { expiry: endsAfter(10), extension })]);
      clock.advance(9_000);
      await store.getKeys('1' as Token, []);
      clock.advance(9_000);
      expect(await store.sessionFacts('1' as Token)).toMatchObject({ extension, keyCount: 1 });
    });

    test('open by their name when they are shared', async () => {
      const made = await newShared(store, 'defaults');
      const token = made.ok ? made.value : made.refusal;
      await store.endSession(token);
      await store.restoreSessions([stored(token, { name: 'defaults', shared: true })]);
      expect(await store.openShared('defaults')).toBe(token);
      expect(await newShared(store, 'defaults')).toEqual({ ok: false, refusal: token });
    });
  });
}
