import { beforeEach, describe, expect, test } from 'vitest';
import type { Token } from '../../../protocol/token.ts';
import type { NewExpiry } from '../../../server/store/newSession.ts';
import type { FakeClock } from '../fakeClock.ts';
import { cause, given, tokenOf } from '../memoryStore.ts';
import {
  count,
  endsAfter,
  idsIn,
  livingTokens,
  totalsOf,
  entriesOf,
  newSession,
  newShared,
  restartsAfter,
  settled,
  type StoreWithClock,
} from './storeUnderTest.ts';
import type { RestoredSession, SessionStore } from '../../../server/store/sessionStore.ts';
import { restored, scanned } from './scanContract.ts';

/** Deadlines: kept, restarted, and moved. */
export function expiryContract(create: () => Promise<StoreWithClock>): void {
  let under: StoreWithClock;
  let store: SessionStore;
  let clock: FakeClock;

  beforeEach(async () => {
    under = await create();
    ({ store, clock } = under);
  });

  describe('expiry', () => {
    test('a session lives up to its deadline and not beyond, timer or no timer', async () => {
      const token = await newSession(store, endsAfter(10));
      await store.setKeys(token, entriesOf({ a: '1' }), cause);
      clock.advanceWithoutTimers(9_999.9);
      expect(await count(store, token)).toBe(1);
      clock.advanceWithoutTimers(0.2);
      expect(await count(store, token)).toBe('SessionNotExist');
    });

    test('no total shows an expired session, though nobody has asked for it', async () => {
      await store.setKeys(await newSession(store, endsAfter(10)), entriesOf({ a: '1' }), cause);
      await store.setKeys(await newSession(store), entriesOf({ b: '1' }), cause);
      clock.advanceWithoutTimers(10_001);
      expect(await totalsOf(store)).toEqual({ sessions: 1, keys: 1 });
    });

    test('a deadline is kept though nobody asks', async () => {
      const changes: string[] = [];
      store.subscribe((change) => {
        if (change.kind !== 'gap') changes.push(`${change.kind} by ${change.by}`);
      });
      await settled(under);
      await newSession(store, endsAfter(10));
      clock.advance(10_001);
      await settled(under);
      expect(changes).toEqual(['created by command', 'ended by deadline']);
    });

    test('an expired shared name may be created again', async () => {
      const expiry = endsAfter(5);
      const first = given(
        await store.newSession({ name: 'defaults', shared: true, expiry }, cause),
      );
      clock.advanceWithoutTimers(5_001);
      expect(given(await store.openShared('defaults'))).toBeUndefined();
      expect(await newShared(store, 'defaults')).toEqual(first);
    });

    test('a session that stays loses its keys and starts again at its old deadline', async () => {
      const token = await newSession(store, restartsAfter(10));
      await store.setKeys(token, entriesOf({ a: '1' }), cause);
      const before = given(await store.sessionFacts(token));
      clock.advanceWithoutTimers(34_000);
      expect(await count(store, token)).toBe(0);
      const after = given(await store.sessionFacts(token));
      expect(after?.expiry).toEqual({
        ...restartsAfter(10),
        deadlineSec: (before?.expiry?.deadlineSec ?? 0) + 30,
        remainingSec: 6,
      });
    });

    test('it restarts again and again, by the timer too', async () => {
      const token = await newSession(store, restartsAfter(1));
      for (let term = 0; term < 5; term += 1) {
        await store.setKeys(token, entriesOf({ a: '1' }), cause);
        expect(await count(store, token)).toBe(1);
        clock.advance(1000);
        expect(await count(store, token)).toBe(0);
      }
    });

    test('no command moves a deadline', async () => {
      const token = await newSession(store, endsAfter(10));
      clock.advance(9_000);
      await store.setKeys(token, entriesOf({ a: '1' }), cause);
      await store.getKeys(token, ['a'], cause);
      await store.sessionFacts(token);
      const [id = ''] = await idsIn(store);
      await store.viewSessions([id]);
      await store.viewKeys(id, ['a']);
      clock.advance(1_001);
      expect(await count(store, token)).toBe('SessionNotExist');
    });

    test('ending one session leaves others of the same deadline alone', async () => {
      const [first, second] = [
        await newSession(store, endsAfter(10)),
        await newSession(store, endsAfter(10)),
      ];
      await store.endSession(first, cause);
      clock.advance(9_000);
      expect(await count(store, second)).toBe(0);
      clock.advance(1_001);
      expect(await count(store, second)).toBe('SessionNotExist');
    });

    test('the deadline of an ended shared session leaves the next one alone', async () => {
      const expiry = endsAfter(10);
      const token = tokenOf(
        await store.newSession({ name: 'defaults', shared: true, expiry }, cause),
      );
      await store.setKeys(token, entriesOf({ a: '1' }), cause);
      await store.endSession(token, cause);
      await newShared(store, 'defaults');
      await store.setKeys(token, entriesOf({ a: '1' }), cause);
      clock.advance(20_000);
      expect(await count(store, token)).toBe(1);
      expect(await totalsOf(store)).toEqual({ sessions: 1, keys: 1 });
    });

    test('what is left is given in whole seconds, rounded down', async () => {
      const token = await newSession(store, endsAfter(60));
      const createdSec = Math.floor(clock.nowMs() / 1000);
      clock.advance(18_500);
      const facts = given(await store.sessionFacts(token));
      expect(facts?.expiry).toEqual({
        ...endsAfter(60),
        deadlineSec: createdSec + 60,
        remainingSec: 41,
      });
    });
  });

  describe('extended deadlines', () => {
    const extension = { onSetAdd: true, onGet: false };
    const moves: [string, boolean, (token: Token) => unknown][] = [
      ['setKeys', true, (token) => store.setKeys(token, entriesOf({}), cause)],
      ['addKeys', true, (token) => store.addKeys(token, entriesOf({}), cause)],
      ['getKeys', false, (token) => store.getKeys(token, [], cause)],
      ['replaceKeys', false, (token) => store.replaceKeys(token, entriesOf({}), cause)],
      ['appendItems', false, (token) => store.appendItems(token, { key: 'a', items: [] }, cause)],
      ['keyNames', false, (token) => store.keyNames(token)],
    ];

    test.each(moves)('%s extends when storing does: %s', async (_, extends_, move) => {
      const session = { name: 'demo', shared: false, expiry: endsAfter(10), extension };
      const token = tokenOf(await store.newSession(session, cause));
      clock.advance(9_000);
      await move(token);
      clock.advance(1_001);
      expect((await livingTokens(store, [token])).length).toBe(extends_ ? 1 : 0);
      clock.advance(9_000);
      expect(await livingTokens(store, [token])).toEqual([]);
    });

    test('reading extends when it is to, and the inspector is notified', async () => {
      const received: string[] = [];
      const session = { name: 'demo', shared: false, expiry: restartsAfter(10) };
      const onGet = { onSetAdd: false, onGet: true };
      const token = tokenOf(await store.newSession({ ...session, extension: onGet }, cause));
      await store.setKeys(token, entriesOf({ a: '1' }), cause);
      clock.advance(9_000);
      store.subscribe(({ kind }) => {
        if (kind !== 'gap') received.push(kind);
      });
      await settled(under);
      await store.getKeys(token, ['a'], cause);
      clock.advance(9_999);
      expect(await count(store, token)).toBe(1);
      await settled(under);
      expect(received).toEqual(['extended']);
      clock.advance(2);
      expect(await count(store, token)).toBe(0);
      await settled(under);
      expect(received).toEqual(['extended', 'cleared']);
    });
  });

  describe('a touched session', () => {
    const touch = async (token: Token, expiry: NewExpiry = {}) =>
      given(await store.touchSession(token, expiry, cause)).expiry;
    const facts = async (token: Token) => given(await store.sessionFacts(token));

    test('starts its time again, as it was', async () => {
      const token = await newSession(store, restartsAfter(10));
      await store.setKeys(token, entriesOf({ a: '1' }), cause);
      clock.advance(9_000);
      const deadlineSec = Math.floor(clock.nowMs() / 1000) + 10;
      const running = { ...restartsAfter(10), deadlineSec, remainingSec: 10 };
      expect(await touch(token)).toEqual(running);
      expect((await facts(token))?.expiry).toEqual(running);
      clock.advance(9_999);
      expect(await count(store, token)).toBe(1);
      clock.advance(2);
      expect(await count(store, token)).toBe(0);
    });

    test.each([
      [{ durationSec: 20 }, endsAfter(20)],
      [{ deleteSession: false }, restartsAfter(10)],
      [{ durationSec: 20, deleteSession: false }, restartsAfter(20)],
      [{ durationSec: 2 }, endsAfter(2)],
    ])('takes %o and keeps the rest, for every later term', async (wanted, expiry) => {
      const token = await newSession(store, endsAfter(10));
      clock.advance(5_000);
      expect(await touch(token, wanted)).toMatchObject(expiry);
      await store.setKeys(token, entriesOf({ a: '1' }), cause);
      clock.advance(expiry.durationSec * 1000 - 1);
      expect(await count(store, token)).toBe(1);
      clock.advance(2);
      expect(await count(store, token)).toBe(expiry.deleteSession ? 'SessionNotExist' : 0);
      if (!expiry.deleteSession) expect((await facts(token))?.expiry).toMatchObject(expiry);
    });

    test('without an expiry is left as it is, or gets one that deletes it', async () => {
      const token = await newSession(store);
      expect(await touch(token)).toBeUndefined();
      expect(await touch(token, { deleteSession: false })).toBeUndefined();
      expect(await touch(token, { durationSec: 0 })).toBeUndefined();
      expect(await touch(token, { durationSec: 5 })).toMatchObject(endsAfter(5));
      clock.advance(5_001);
      expect(await count(store, token)).toBe('SessionNotExist');
    });

    test('loses its expiry with a duration of 0', async () => {
      const token = await newSession(store, endsAfter(10));
      expect(await touch(token, { durationSec: 0 })).toBeUndefined();
      clock.advance(1_000_000);
      expect(await count(store, token)).toBe(0);
      const [view] = given(await store.viewSessions(await idsIn(store)));
      expect(view?.expiry).toBeUndefined();
    });

    test('that gets an expiry is extended as SH_NEW asked', async () => {
      const extension = { onSetAdd: true, onGet: false };
      const session = { name: 'demo', shared: false, extension };
      const token = tokenOf(await store.newSession(session, cause));
      await touch(token, { durationSec: 10 });
      clock.advance(9_000);
      await store.setKeys(token, entriesOf({}), cause);
      clock.advance(9_000);
      expect(await facts(token)).toMatchObject({ extension, expiry: { remainingSec: 1 } });
    });

    test('that has expired is not revived', async () => {
      const token = await newSession(store, endsAfter(10));
      clock.advanceWithoutTimers(10_001);
      const touched = await store.touchSession(token, { durationSec: 0 }, cause);
      expect(touched).toMatchObject({ refusal: { status: 'SessionNotExist', token } });
    });
  });

  describe('restored sessions and time', () => {
    const restore = async (...sessions: RestoredSession[]) =>
      given(await store.restoreSessions(sessions, cause));

    test('take the place of one that has expired, though nobody has noticed yet', async () => {
      const token = await newSession(store, endsAfter(5));
      clock.advanceWithoutTimers(5_001);
      expect(await restore(restored(token))).toEqual({ sessions: 1, keys: 1 });
      expect(await count(store, token)).toBe(1);
    });

    test('start their time again, and end or restart as before', async () => {
      await restore(
        restored('1', { expiry: endsAfter(10) }),
        restored('2', { expiry: restartsAfter(10) }),
        restored('3'),
      );
      clock.advance(9_999);
      expect(await totalsOf(store)).toEqual({ sessions: 3, keys: 3 });
      clock.advance(2);
      expect(await totalsOf(store)).toEqual({ sessions: 2, keys: 1 });
      expect(await count(store, '2' as Token)).toBe(0);
    });

    test('have what is left of their time, if they say when it began', async () => {
      clock.advance(100_000);
      const startMs = clock.nowMs() - 8_000;
      await restore(
        restored('1', { expiry: endsAfter(10), startMs }),
        restored('2', { expiry: endsAfter(8), startMs }),
      );
      expect(given(await store.sessionFacts('1' as Token))).toMatchObject({
        expiry: { durationSec: 10, remainingSec: 2 },
      });
      expect(await livingTokens(store, ['1', '2'] as Token[])).toEqual(['1']);
      clock.advance(2_001);
      expect(await totalsOf(store)).toEqual({ sessions: 0, keys: 0 });
    });

    test('keep what moves their deadline', async () => {
      const extension = { onSetAdd: false, onGet: true };
      await restore(restored('1', { expiry: endsAfter(10), extension }));
      clock.advance(9_000);
      await store.getKeys('1' as Token, [], cause);
      clock.advance(9_000);
      const facts = given(await store.sessionFacts('1' as Token));
      expect(facts).toMatchObject({ extension, keyCount: 1 });
    });

    test('a scan moves no deadline, and shows none that has expired', async () => {
      const extension = { onSetAdd: true, onGet: true };
      const session = { name: 'demo', shared: false, expiry: endsAfter(10), extension };
      await store.newSession(session, cause);
      clock.advance(9_000);
      expect((await scanned(store)).length).toBe(1);
      clock.advance(1_001);
      expect(await totalsOf(store)).toEqual({ sessions: 0, keys: 0 });
      await newSession(store, endsAfter(5));
      clock.advanceWithoutTimers(5_001);
      expect(await scanned(store)).toEqual([]);
    });
  });
}
