import { beforeEach, describe, expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import { statusCode } from '../../../protocol/status.ts';
import type { Token } from '../../../protocol/token.ts';
import { entriesOf, newSession, statusesOf, type StoreUnderTest } from './storeUnderTest.ts';
import type { SessionStore } from '../../../server/store/sessionStore.ts';

/** What becomes of keys and values. */
export function keyContract(create: () => StoreUnderTest): void {
  let store: SessionStore;

  beforeEach(() => {
    ({ store } = create());
  });

  describe('keys', () => {
    test('storing tells new from replaced, adding leaves what is there', async () => {
      const token = await newSession(store);
      await store.setKeys(token, entriesOf({ a: '1' }));
      expect(await statusesOf(store.setKeys(token, entriesOf({ a: '2', b: '3' })))).toEqual([
        ['a', 'KeyUpdated'],
        ['b', 'KeySet'],
      ]);
      expect(await statusesOf(store.addKeys(token, entriesOf({ b: '4', c: '5' })))).toEqual([
        ['b', 'KeyExists'],
        ['c', 'KeySet'],
      ]);
      const found = await store.getKeys(token, ['c', 'b', 'nope', 'a']);
      expect(found.ok && [...found.value]).toEqual([
        ['c', '5'],
        ['b', '3'],
        ['nope', 'null'],
        ['a', '2'],
      ]);
    });

    test('removing tells what was there, and a key that holds null is there', async () => {
      const token = await newSession(store);
      await store.setKeys(token, entriesOf({ a: 'null' }));
      const found = await store.containsKeys(token, ['a', 'b']);
      expect(found.ok && [...found.value]).toEqual([
        ['a', true],
        ['b', false],
      ]);
      expect(await statusesOf(store.removeKeys(token, ['a', 'b']))).toEqual([
        ['a', 'KeyRemoved'],
        ['b', 'KeyNotExist'],
      ]);
      expect(await store.totals()).toEqual({ sessions: 1, keys: 0 });
    });

    test('clearing tells how many there were', async () => {
      const token = await newSession(store);
      await store.setKeys(token, entriesOf({ a: '1', b: '2' }));
      expect(await store.clearKeys(token)).toEqual({ ok: true, value: 2 });
      expect(await store.totals()).toEqual({ sessions: 1, keys: 0 });
    });

    test('overwriting keeps the place of a key, storing it anew moves it to the end', async () => {
      const token = await newSession(store);
      await store.setKeys(token, entriesOf({ a: '1', b: '2', c: '3' }));
      await store.setKeys(token, entriesOf({ a: '4' }));
      await store.removeKeys(token, ['b']);
      await store.setKeys(token, entriesOf({ b: '5' }));
      expect(await store.listKeys('s1', 10)).toEqual(['a', 'c', 'b']);
    });

    test.each(['__proto__', 'constructor', '', 'tkn', '10'])('%j is a key', async (key) => {
      const token = await newSession(store);
      await store.setKeys(token, new Map([[key, asJsonText('1')]]));
      const found = await store.getKeys(token, [key]);
      expect(found.ok && [...found.value]).toEqual([[key, '1']]);
    });

    test('every key command says which token names no session', async () => {
      const token = '7' as Token;
      const refusal = { status: 'SessionNotExist', blamed: '', token };
      const outcomes = await Promise.all([
        store.setKeys(token, entriesOf({})),
        store.addKeys(token, entriesOf({})),
        store.getKeys(token, []),
        store.removeKeys(token, []),
        store.clearKeys(token),
        store.countKeys(token),
        store.containsKeys(token, []),
        store.keyNames(token),
        store.replaceKeys(token, entriesOf({})),
        store.appendItems(token, { key: 'a', items: [] }),
        store.findKeys(token, { path: '', wants: 'keys' }),
        store.updateNodes(token, { key: 'a', path: '', value: asJsonText('1') }),
      ]);
      expect(outcomes).toEqual(outcomes.map(() => ({ ok: false, refusal })));
      expect(statusCode('SessionNotExist')).toBe(100);
    });
  });
}
