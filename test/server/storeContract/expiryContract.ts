import { beforeEach, describe, expect, test } from 'vitest';
import type { Token } from '../../../protocol/token.ts';
import { maxTimerMs } from '../../../server/clock.ts';
import type { FakeClock } from '../fakeClock.ts';
import {
  count,
  endsAfter,
  entriesOf,
  newSession,
  newShared,
  restartsAfter,
  type StoreUnderTest,
} from './storeUnderTest.ts';
import type { SessionChange } from '../../../server/store/changes.ts';
import type { SessionStore } from '../../../server/store/sessionStore.ts';

/** Deadlines: kept to, started anew, and moved. */
export function expiryContract(create: () => StoreUnderTest): void {
  let store: SessionStore;
  let clock: FakeClock;

  beforeEach(() => {
    ({ store, clock } = create());
  });

  describe('expiry', () => {
    test('a session lives up to its deadline and not beyond, timer or no timer', async () => {
      const token = await newSession(store, endsAfter(10));
      await store.setKeys(token, entriesOf({ a: '1' }));
      clock.advanceWithoutTimers(9_999.9);
      expect(await count(store, token)).toBe(1);
      clock.advanceWithoutTimers(0.2);
      expect(await count(store, token)).toBe('SessionNotExist');
    });

    test('no total shows an expired session, though nobody has asked for it', async () => {
      await store.setKeys(await newSession(store, endsAfter(10)), entriesOf({ a: '1' }));
      await store.setKeys(await newSession(store), entriesOf({ b: '1' }));
      clock.advanceWithoutTimers(10_001);
      expect(await store.totals()).toEqual({ sessions: 1, keys: 1 });
    });

    test('the timer alone lets go of what is over', async () => {
      const changes: SessionChange[] = [];
      store.subscribe((change) => changes.push(change));
      await newSession(store, endsAfter(10));
      clock.advance(10_001);
      expect(changes).toEqual([
        { kind: 'created', id: 's1' },
        { kind: 'ended', id: 's1' },
      ]);
    });

    test('an expired shared name may be created anew', async () => {
      const expiry = endsAfter(5);
      const first = await store.newSession({ name: 'defaults', shared: true, expiry });
      clock.advanceWithoutTimers(5_001);
      expect(await store.openShared('defaults')).toBeUndefined();
      expect(await newShared(store, 'defaults')).toEqual(first);
    });

    test('a session that stays loses its keys and starts again at its old deadline', async () => {
      const token = await newSession(store, restartsAfter(10));
      await store.setKeys(token, entriesOf({ a: '1' }));
      const before = await store.sessionFacts(token);
      clock.advanceWithoutTimers(34_000);
      expect(await count(store, token)).toBe(0);
      const after = await store.sessionFacts(token);
      expect(after?.expiry).toEqual({
        ...restartsAfter(10),
        deadlineSec: (before?.expiry?.deadlineSec ?? 0) + 30,
        remainingSec: 6,
      });
    });

    test('it goes on restarting, by the timer too', async () => {
      const token = await newSession(store, restartsAfter(1));
      for (let term = 0; term < 5; term += 1) {
        await store.setKeys(token, entriesOf({ a: '1' }));
        expect(await count(store, token)).toBe(1);
        clock.advance(1000);
        expect(await count(store, token)).toBe(0);
      }
    });

    test('no command moves a deadline', async () => {
      const token = await newSession(store, endsAfter(10));
      clock.advance(9_000);
      await store.setKeys(token, entriesOf({ a: '1' }));
      await store.getKeys(token, ['a']);
      await store.sessionFacts(token);
      await store.viewSessions(['s1']);
      await store.viewKeys('s1', ['a']);
      clock.advance(1_001);
      expect(await count(store, token)).toBe('SessionNotExist');
    });

    test('ending one session leaves others of the same deadline alone', async () => {
      const [first, second] = [
        await newSession(store, endsAfter(10)),
        await newSession(store, endsAfter(10)),
      ];
      await store.endSession(first);
      clock.advance(9_000);
      expect(await count(store, second)).toBe(0);
      clock.advance(1_001);
      expect(await count(store, second)).toBe('SessionNotExist');
    });

    test('the deadline of an ended shared session spares the one created anew', async () => {
      const expiry = endsAfter(10);
      const first = await store.newSession({ name: 'defaults', shared: true, expiry });
      const token = first.ok ? first.value : first.refusal;
      await store.setKeys(token, entriesOf({ a: '1' }));
      await store.endSession(token);
      await newShared(store, 'defaults');
      await store.setKeys(token, entriesOf({ a: '1' }));
      clock.advance(20_000);
      expect(await count(store, token)).toBe(1);
      expect(await store.totals()).toEqual({ sessions: 1, keys: 1 });
    });

    test('what is left is told in whole seconds, rounded down', async () => {
      const token = await newSession(store, endsAfter(60));
      const createdSec = Math.floor(clock.nowMs() / 1000);
      clock.advance(18_500);
      const facts = await store.sessionFacts(token);
      expect(facts?.expiry).toEqual({
        ...endsAfter(60),
        deadlineSec: createdSec + 60,
        remainingSec: 41,
      });
    });

    test('the longest durations fit the timer and keep their digits', async () => {
      const token = await newSession(store, endsAfter(Number.MAX_SAFE_INTEGER));
      expect(clock.waitsMs).toEqual([maxTimerMs]);
      clock.advance(maxTimerMs * 3);
      const facts = await store.sessionFacts(token);
      const passedSec = Math.ceil((maxTimerMs * 3) / 1000);
      expect(facts?.expiry?.remainingSec).toBe(Number.MAX_SAFE_INTEGER - passedSec);
    });

    test('nothing waits for a session that was ended', async () => {
      const tokens = await Promise.all([1, 2, 3].map((sec) => newSession(store, endsAfter(sec))));
      for (const token of tokens) await store.endSession(token);
      clock.advance(10_000);
      expect(clock.waitsMs).toEqual([]);
    });

    test('a stopped store has no timer left', async () => {
      await newSession(store, endsAfter(10));
      await store.close();
      expect(clock.waitsMs).toEqual([]);
    });
  });

  describe('extended deadlines', () => {
    const extension = { onSetAdd: true, onGet: false };
    const moves: [string, boolean, (token: Token) => unknown][] = [
      ['setKeys', true, (token) => store.setKeys(token, entriesOf({}))],
      ['addKeys', true, (token) => store.addKeys(token, entriesOf({}))],
      ['getKeys', false, (token) => store.getKeys(token, [])],
      ['replaceKeys', false, (token) => store.replaceKeys(token, entriesOf({}))],
      ['appendItems', false, (token) => store.appendItems(token, { key: 'a', items: [] })],
      ['keyNames', false, (token) => store.keyNames(token)],
    ];

    test.each(moves)('%s extends when storing does: %s', async (_, extends_, move) => {
      const session = { name: 'demo', shared: false, expiry: endsAfter(10), extension };
      const made = await store.newSession(session);
      const token = made.ok ? made.value : made.refusal;
      clock.advance(9_000);
      await move(token);
      clock.advance(1_001);
      expect((await store.livingTokens([token])).length).toBe(extends_ ? 1 : 0);
      clock.advance(9_000);
      expect(await store.livingTokens([token])).toEqual([]);
    });

    test('reading extends when it is to, and the inspector hears of it', async () => {
      const heard: string[] = [];
      const session = { name: 'demo', shared: false, expiry: restartsAfter(10) };
      const made = await store.newSession({
        ...session,
        extension: { onSetAdd: false, onGet: true },
      });
      const token = made.ok ? made.value : made.refusal;
      await store.setKeys(token, entriesOf({ a: '1' }));
      clock.advance(9_000);
      store.subscribe(({ kind }) => heard.push(kind));
      await store.getKeys(token, ['a']);
      clock.advance(9_999);
      expect([await count(store, token), heard]).toEqual([1, ['extended']]);
      clock.advance(2);
      expect([await count(store, token), heard]).toEqual([0, ['extended', 'cleared']]);
    });
  });
}
