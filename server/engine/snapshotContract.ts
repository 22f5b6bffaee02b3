import { beforeEach, describe, expect, test } from 'vitest';
import { asJsonText } from '../../protocol/json/jsonText.ts';
import type { Token } from '../../protocol/token.ts';
import type { FakeClock } from '../fakeClock.ts';
import type { RestoredSession, SessionEngine, SessionSnapshot } from './sessionEngine.ts';
import {
  count,
  endsAfter,
  entriesOf,
  newSession,
  newShared,
  restartsAfter,
  type EngineUnderTest,
} from './testEngine.ts';

/** Copying sessions out, and putting them back. */
export function snapshotContract(create: () => EngineUnderTest): void {
  let engine: SessionEngine;
  let clock: FakeClock;

  beforeEach(() => {
    ({ engine, clock } = create());
  });

  describe('snapshots', () => {
    test('a snapshot holds all of a session, and later changes do not reach it', async () => {
      const extension = { onSetAdd: true, onGet: false };
      const expiry = restartsAfter(10);
      const made = await engine.newSession({ name: 'cart', shared: true, expiry, extension });
      const token = made.ok ? made.value : made.refusal;
      await engine.setKeys(token, entriesOf({ b: '1.50', a: '14247375118774737462' }));
      const snapshot = await engine.snapshotSessions();
      await engine.setKeys(token, entriesOf({ b: '2', c: '3' }));
      await engine.endSession(token);
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
        await newSession(engine, endsAfter(5)),
        await newSession(engine),
        await newSession(engine),
      ];
      clock.advanceWithoutTimers(5_001);
      const tokensOf = (all: SessionSnapshot[]) => all.map(({ token }) => token);
      expect(tokensOf(await engine.snapshotSessions([third, '7' as Token, first]))).toEqual([
        third,
      ]);
      expect(tokensOf(await engine.snapshotSessions())).toEqual([second, third]);
      expect(await engine.snapshotSessions([])).toEqual([]);
    });

    test('no deadline moves by it', async () => {
      const expiry = endsAfter(10);
      const extension = { onSetAdd: true, onGet: true };
      await engine.newSession({ name: 'demo', shared: false, expiry, extension });
      clock.advance(9_000);
      await engine.snapshotSessions();
      clock.advance(1_001);
      expect(await engine.totals()).toEqual({ sessions: 0, keys: 0 });
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
      engine.subscribe((change) => heard.push(change));
      const keys = new Map(entriesOf({ b: '1', a: '1e400', c: 'null' }));
      expect(await engine.restoreSessions([stored('77', { keys, name: 'old' })])).toEqual({
        sessions: 1,
        keys: 3,
      });
      expect(heard).toEqual([{ kind: 'created', id: 's1' }]);
      expect(await engine.viewSessions(['s1'])).toMatchObject([
        { token: '77', name: 'old', shared: false, keyCount: 3, createdAtMs: clock.nowMs() },
      ]);
      expect(await engine.listKeys('s1', 9)).toEqual(['b', 'a', 'c']);
      await engine.setKeys('77' as Token, entriesOf({ b: '2', d: '3' }));
      expect(await engine.totals()).toEqual({ sessions: 1, keys: 4 });
      await engine.endSession('77' as Token);
      expect(await engine.totals()).toEqual({ sessions: 0, keys: 0 });
    });

    test('leave one alone whose token is living, and count only what was added', async () => {
      const token = await newSession(engine);
      const added = await engine.restoreSessions([stored(token), stored('77'), stored('77')]);
      expect([added, await count(engine, token)]).toEqual([{ sessions: 1, keys: 1 }, 0]);
    });

    test('take the place of one that has expired, though nobody has noticed yet', async () => {
      const token = await newSession(engine, endsAfter(5));
      clock.advanceWithoutTimers(5_001);
      expect(await engine.restoreSessions([stored(token)])).toEqual({ sessions: 1, keys: 1 });
      expect(await count(engine, token)).toBe(1);
    });

    test('start their time anew, and end or restart as before', async () => {
      await engine.restoreSessions([
        stored('1', { expiry: endsAfter(10) }),
        stored('2', { expiry: restartsAfter(10) }),
        stored('3'),
      ]);
      clock.advance(9_999);
      expect(await engine.totals()).toEqual({ sessions: 3, keys: 3 });
      clock.advance(2);
      expect(await engine.totals()).toEqual({ sessions: 2, keys: 1 });
      expect(await count(engine, '2' as Token)).toBe(0);
    });

    test('keep what moves their deadline', async () => {
      const extension = { onSetAdd: false, onGet: true };
      await engine.restoreSessions([stored('1', { expiry: endsAfter(10), extension })]);
      clock.advance(9_000);
      await engine.getKeys('1' as Token, []);
      clock.advance(9_000);
      expect(await engine.sessionFacts('1' as Token)).toMatchObject({ extension, keyCount: 1 });
    });

    test('open by their name when they are shared', async () => {
      const made = await newShared(engine, 'defaults');
      const token = made.ok ? made.value : made.refusal;
      await engine.endSession(token);
      await engine.restoreSessions([stored(token, { name: 'defaults', shared: true })]);
      expect(await engine.openShared('defaults')).toBe(token);
      expect(await newShared(engine, 'defaults')).toEqual({ ok: false, refusal: token });
    });
  });
}
