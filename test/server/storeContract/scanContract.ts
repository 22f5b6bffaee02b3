import { beforeEach, describe, expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import type {
  RestoredSession,
  SessionSnapshot,
  SessionStore,
} from '../../../server/store/sessionStore.ts';
import { cause, given, tokenOf } from '../memoryStore.ts';
import {
  count,
  entriesOf,
  idsIn,
  newSession,
  newShared,
  restartsAfter,
  totalsOf,
  type StoreTraits,
  type StoreUnderTest,
} from './storeUnderTest.ts';

/** All that a scan gives. */
export async function scanned(store: SessionStore, tokens?: Token[]): Promise<SessionSnapshot[]> {
  const sessions: SessionSnapshot[] = [];
  for await (const session of store.scan(tokens)) sessions.push(session);
  return sessions;
}

/** A session to be put back, with one key. */
export const restored = (token: string, more: Partial<RestoredSession> = {}): RestoredSession => ({
  token: token as Token,
  name: 'demo',
  shared: false,
  keys: new Map([['a', asJsonText('1.0')]]),
  ...more,
});

/** Reading whole sessions, and putting them back. */
export function scanContract(
  create: () => Promise<StoreUnderTest>,
  { isOneMoment }: StoreTraits,
): void {
  let store: SessionStore;

  beforeEach(async () => {
    ({ store } = await create());
  });

  describe('a scan', () => {
    test('gives all of a session, and later changes do not reach it', async () => {
      const extension = { onSetAdd: true, onGet: false };
      const expiry = restartsAfter(10);
      const session = { name: 'cart', shared: true, expiry, extension };
      const token = tokenOf(await store.newSession(session, cause));
      await store.setKeys(token, entriesOf({ b: '1.50', a: '14247375118774737462' }), cause);
      const snapshot = await scanned(store);
      await store.setKeys(token, entriesOf({ b: '2', c: '3' }), cause);
      await store.endSession(token, cause);
      expect(snapshot).toEqual([
        { token, ...session, keys: ['b', 'a'], values: ['1.50', '14247375118774737462'] },
      ]);
    });

    test('of some sessions keeps the order asked and skips tokens of none', async () => {
      const [first, second, third] = [
        await newSession(store),
        await newSession(store),
        await newSession(store),
      ];
      const tokensOf = (all: SessionSnapshot[]) => all.map(({ token }) => token);
      expect(tokensOf(await scanned(store, [third, '7' as Token, first]))).toEqual([third, first]);
      const inOrder = (all: Token[]) => (isOneMoment ? all : all.sort());
      expect(inOrder(tokensOf(await scanned(store)))).toEqual(inOrder([first, second, third]));
      expect(await scanned(store, [])).toEqual([]);
    });

    const oneMoment = isOneMoment ? ['all', 'some'] : [];
    test.each(oneMoment)('of %s shows one moment, whatever changes under way', async (which) => {
      const tokens: Token[] = [];
      for (let index = 0; index < 8; index += 1) {
        const token = await newSession(store);
        await store.setKeys(token, entriesOf({ a: String(index), b: '0' }), cause);
        tokens.push(token);
      }
      const before = await scanned(store);
      const seen: SessionSnapshot[] = [];
      for await (const session of store.scan(which === 'all' ? undefined : tokens)) {
        seen.push(session);
        if (seen.length > 1) continue;
        const [, second, third, fourth, fifth, sixth, seventh, eighth] = tokens;
        await store.touchSession(eighth as Token, { durationSec: 5 }, cause);
        await store.setKeys(second as Token, entriesOf({ a: '"changed"', c: '1' }), cause);
        await store.removeKeys(third as Token, ['a'], cause);
        await store.clearKeys(fourth as Token, cause);
        await store.replaceKeys(fifth as Token, entriesOf({ z: '1' }), cause);
        await store.endSession(sixth as Token, cause);
        const items = { key: 'b', path: '$', value: asJsonText('[1]') };
        await store.updateNodes(seventh as Token, items, cause);
        await newSession(store, undefined, 'new');
      }
      const byToken = (all: SessionSnapshot[]) => new Map(all.map((each) => [each.token, each]));
      expect(byToken(seen)).toEqual(byToken(before));
    });

    test('that is left early holds nothing up', async () => {
      await newSession(store);
      const token = await newSession(store);
      for await (const session of store.scan()) if (session.name) break;
      await store.setKeys(token, entriesOf({ a: '1' }), cause);
      expect((await scanned(store, [token]))[0]?.keys).toEqual(['a']);
    });
  });

  describe('restored sessions', () => {
    test('keep token, name and keys in their order', async () => {
      const keys = new Map(entriesOf({ b: '1', a: '1e400', c: 'null' }));
      const sessions = [restored('77', { keys, name: 'old' })];
      const added = given(await store.restoreSessions(sessions, cause));
      expect(added).toEqual({ sessions: 1, keys: 3 });
      const ids = await idsIn(store);
      expect(given(await store.viewSessions(ids))).toMatchObject([
        { token: '77', name: 'old', shared: false, keyCount: 3 },
      ]);
      expect(given(await store.keyNames('77' as Token))).toEqual(['b', 'a', 'c']);
      await store.setKeys('77' as Token, entriesOf({ b: '2', d: '3' }), cause);
      expect(await totalsOf(store)).toEqual({ sessions: 1, keys: 4 });
      await store.endSession('77' as Token, cause);
      expect(await totalsOf(store)).toEqual({ sessions: 0, keys: 0 });
    });

    test('leave one alone whose token is living, and count only what was added', async () => {
      const token = await newSession(store);
      const sessions = [restored(token), restored('77'), restored('77')];
      expect(given(await store.restoreSessions(sessions, cause))).toEqual({ sessions: 1, keys: 1 });
      expect(await count(store, token)).toBe(0);
    });

    test('open by their name when they are shared', async () => {
      const { token } = await newShared(store, 'defaults');
      await store.endSession(token, cause);
      await store.restoreSessions([restored(token, { name: 'defaults', shared: true })], cause);
      expect(given(await store.openShared('defaults'))).toBe(token);
      expect(await newShared(store, 'defaults')).toEqual({ token, isNew: false });
    });
  });
}
