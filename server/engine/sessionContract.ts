import { beforeEach, describe, expect, test } from 'vitest';
import type { Token } from '../../protocol/token.ts';
import {
  count,
  endsAfter,
  entriesOf,
  newSession,
  newShared,
  type EngineUnderTest,
} from './testEngine.ts';
import type { SessionEngine } from './sessionEngine.ts';

/** Making, opening and ending sessions. */
export function sessionContract(create: () => EngineUnderTest): void {
  let engine: SessionEngine;

  beforeEach(() => {
    ({ engine } = create());
  });

  describe('sessions', () => {
    test('two sessions of one name are two sessions', async () => {
      const [first, second] = [await newSession(engine), await newSession(engine)];
      expect(first).not.toBe(second);
      await engine.setKeys(first, entriesOf({ a: '1' }));
      expect([await count(engine, first), await count(engine, second)]).toEqual([1, 0]);
    });

    test('a shared session is refused with its token while it lives', async () => {
      const first = await newShared(engine, 'defaults');
      const token = first.ok ? first.value : undefined;
      expect(await newShared(engine, 'defaults')).toEqual({ ok: false, refusal: token });
      expect(await engine.openShared('defaults')).toBe(token);
      expect(await engine.openShared('Defaults')).toBeUndefined();
    });

    test('a shared name gives the same token after its session has ended', async () => {
      const first = await newShared(engine, 'defaults');
      const token = first.ok ? first.value : ('' as Token);
      expect(await engine.endSession(token)).toBe(true);
      expect(await engine.openShared('defaults')).toBeUndefined();
      expect(await newShared(engine, 'defaults')).toEqual(first);
    });

    test('a session that is not shared cannot be opened by its name', async () => {
      await newSession(engine, undefined, 'private');
      expect(await engine.openShared('private')).toBeUndefined();
    });

    test('ending takes the keys along and works once', async () => {
      const token = await newSession(engine);
      await engine.setKeys(token, entriesOf({ a: '1' }));
      expect([await engine.endSession(token), await engine.endSession(token)]).toEqual([
        true,
        false,
      ]);
      expect(await engine.totals()).toEqual({ sessions: 0, keys: 0 });
      expect(await count(engine, token)).toBe('SessionNotExist');
    });

    test('ending all sessions cancels their timers and spares none', async () => {
      const tokens = [await newSession(engine, endsAfter(10)), await newSession(engine)];
      await engine.setKeys(tokens[1] ?? ('' as Token), entriesOf({ a: '1' }));
      expect(await engine.livingTokens([...tokens, '7' as Token])).toEqual(tokens);
      expect([await engine.endAllSessions(), await engine.endAllSessions()]).toEqual([2, 0]);
      expect(await engine.livingTokens(tokens)).toEqual([]);
      expect(await engine.totals()).toEqual({ sessions: 0, keys: 0 });
    });
  });
}
