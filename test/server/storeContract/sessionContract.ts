import { beforeEach, describe, expect, test } from 'vitest';
import type { Token } from '../../../protocol/token.ts';
import {
  count,
  endsAfter,
  entriesOf,
  newSession,
  newShared,
  type StoreUnderTest,
} from './storeUnderTest.ts';
import type { SessionStore } from '../../../server/store/sessionStore.ts';

/** Making, opening and ending sessions. */
export function sessionContract(create: () => StoreUnderTest): void {
  let store: SessionStore;

  beforeEach(() => {
    ({ store } = create());
  });

  describe('sessions', () => {
    test('two sessions of one name are two sessions', async () => {
      const [first, second] = [await newSession(store), await newSession(store)];
      expect(first).not.toBe(second);
      await store.setKeys(first, entriesOf({ a: '1' }));
      expect([await count(store, first), await count(store, second)]).toEqual([1, 0]);
    });

    test('a shared session is refused with its token while it lives', async () => {
      const first = await newShared(store, 'defaults');
      const token = first.ok ? first.value : undefined;
      expect(await newShared(store, 'defaults')).toEqual({ ok: false, refusal: token });
      expect(await store.openShared('defaults')).toBe(token);
      expect(await store.openShared('Defaults')).toBeUndefined();
    });

    test('a shared name gives the same token after its session has ended', async () => {
      const first = await newShared(store, 'defaults');
      const token = first.ok ? first.value : ('' as Token);
      expect(await store.endSession(token)).toBe(true);
      expect(await store.openShared('defaults')).toBeUndefined();
      expect(await newShared(store, 'defaults')).toEqual(first);
    });

    test('a session that is not shared cannot be opened by its name', async () => {
      await newSession(store, undefined, 'private');
      expect(await store.openShared('private')).toBeUndefined();
    });

    test('ending takes the keys along and works once', async () => {
      const token = await newSession(store);
      await store.setKeys(token, entriesOf({ a: '1' }));
      expect([await store.endSession(token), await store.endSession(token)]).toEqual([true, false]);
      expect(await store.totals()).toEqual({ sessions: 0, keys: 0 });
      expect(await count(store, token)).toBe('SessionNotExist');
    });

    test('ending all sessions cancels their timers and spares none', async () => {
      const tokens = [await newSession(store, endsAfter(10)), await newSession(store)];
      await store.setKeys(tokens[1] ?? ('' as Token), entriesOf({ a: '1' }));
      expect(await store.livingTokens([...tokens, '7' as Token])).toEqual(tokens);
      expect([await store.endAllSessions(), await store.endAllSessions()]).toEqual([2, 0]);
      expect(await store.livingTokens(tokens)).toEqual([]);
      expect(await store.totals()).toEqual({ sessions: 0, keys: 0 });
    });
  });
}
