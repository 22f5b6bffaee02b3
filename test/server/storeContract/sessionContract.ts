import { beforeEach, describe, expect, test } from 'vitest';
import type { Token } from '../../../protocol/token.ts';
import {
  count,
  endsAfter,
  entriesOf,
  newSession,
  livingTokens,
  newShared,
  totalsOf,
  type StoreUnderTest,
} from './storeUnderTest.ts';
import { cause, given } from '../memoryStore.ts';
import type { SessionStore } from '../../../server/store/sessionStore.ts';

/** Making, opening and ending sessions. */
export function sessionContract(create: () => Promise<StoreUnderTest>): void {
  let store: SessionStore;

  beforeEach(async () => {
    ({ store } = await create());
  });

  describe('sessions', () => {
    test('an open store is ready', () => {
      expect(store.status()).toMatchObject({ state: 'ready', reason: undefined });
    });

    test('two sessions of one name are two sessions', async () => {
      const [first, second] = [await newSession(store), await newSession(store)];
      expect(first).not.toBe(second);
      await store.setKeys(first, entriesOf({ a: '1' }), cause);
      expect([await count(store, first), await count(store, second)]).toEqual([1, 0]);
    });

    test('a shared session that lives is not made again: its token is given', async () => {
      const { token, isNew } = await newShared(store, 'defaults');
      expect(isNew).toBe(true);
      expect(await newShared(store, 'defaults')).toEqual({ token, isNew: false });
      expect(given(await store.openShared('defaults'))).toBe(token);
      expect(given(await store.openShared('Defaults'))).toBeUndefined();
    });

    test('a shared name gives the same token after its session has ended', async () => {
      const first = await newShared(store, 'defaults');
      expect(await store.endSession(first.token, cause)).toEqual({ ok: true, value: true });
      expect(given(await store.openShared('defaults'))).toBeUndefined();
      expect(await newShared(store, 'defaults')).toEqual(first);
    });

    test('a session that is not shared cannot be opened by its name', async () => {
      await newSession(store, undefined, 'private');
      expect(given(await store.openShared('private'))).toBeUndefined();
    });

    test('ending takes the keys along and works once', async () => {
      const token = await newSession(store);
      await store.setKeys(token, entriesOf({ a: '1' }), cause);
      const ended = [await store.endSession(token, cause), await store.endSession(token, cause)];
      expect(ended.map(given)).toEqual([true, false]);
      expect(await totalsOf(store)).toEqual({ sessions: 0, keys: 0 });
      expect(await count(store, token)).toBe('SessionNotExist');
    });

    test('ending all sessions cancels their timers and spares none', async () => {
      const tokens = [await newSession(store, endsAfter(10)), await newSession(store)];
      await store.setKeys(tokens[1] ?? ('' as Token), entriesOf({ a: '1' }), cause);
      expect(await livingTokens(store, [...tokens, '7' as Token])).toEqual(tokens);
      const ended = [await store.endAllSessions(cause), await store.endAllSessions(cause)];
      expect(ended.map(given)).toEqual([2, 0]);
      expect(await livingTokens(store, tokens)).toEqual([]);
      expect(await totalsOf(store)).toEqual({ sessions: 0, keys: 0 });
    });
  });
}
