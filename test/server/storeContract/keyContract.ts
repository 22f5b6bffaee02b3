import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { asJsonText, type JsonText } from '../../../protocol/json/jsonText.ts';
import { statusCode } from '../../../protocol/status.ts';
import type { Token } from '../../../protocol/token.ts';
import { cause } from '../memoryStore.ts';
import {
  entriesOf,
  newSession,
  statusesOf,
  totalsOf,
  type StoreUnderTest,
} from './storeUnderTest.ts';
import type { SessionStore, StoreOutcome } from '../../../server/store/sessionStore.ts';

type KeyMove = (
  store: SessionStore,
  token: Token,
  model: Map<string, JsonText>,
) => StoreOutcome<unknown>;

const key = fc.constantFrom('a', 'b', 'c', 'd', '中', '__proto__');

/** Short ones, and long ones with which a session may be kept in another way. */
const value = fc
  .tuple(fc.constantFrom('v', '中'), fc.constantFrom(0, 1, 8, 70, 75, 2_500))
  .map(([unit, length]) => asJsonText(JSON.stringify(unit.repeat(length))));

const entries = fc.array(fc.tuple(key, value), { maxLength: 4 }).map((all) => new Map(all));

const keyMove: fc.Arbitrary<KeyMove> = fc.oneof(
  entries.map((all): KeyMove => (store, token, model) => {
    for (const [name, each] of all) model.set(name, each);
    return store.setKeys(token, all, cause);
  }),
  fc.array(key, { maxLength: 2 }).map((names): KeyMove => (store, token, model) => {
    for (const name of names) model.delete(name);
    return store.removeKeys(token, [...new Set(names)], cause);
  }),
  fc.tuple(key, value).map(([name, each]): KeyMove => (store, token, model) => {
    if (model.has(name)) model.set(name, each);
    const update = { key: name, path: '$', value: each };
    return store.updateNodes(token, update, cause);
  }),
  fc.tuple(fc.nat({ max: 9 }), entries).map(([chance, all]): KeyMove => (store, token, model) => {
    if (chance > 0) return store.countKeys(token);
    model.clear();
    for (const [name, each] of all) model.set(name, each);
    return store.replaceKeys(token, all, cause);
  }),
);

/** What becomes of keys and values. */
export function keyContract(create: () => Promise<StoreUnderTest>): void {
  let store: SessionStore;

  beforeEach(async () => {
    ({ store } = await create());
  });

  describe('keys', () => {
    test('calls for one session are carried out in their order, answered or not', async () => {
      const token = await newSession(store);
      const set = (value: string) => store.setKeys(token, entriesOf({ a: value }), cause);
      const outcomes = await Promise.all([
        set('1'),
        store.getKeys(token, ['a'], cause),
        set('2'),
        store.removeKeys(token, ['a'], cause),
        store.countKeys(token),
        set('3'),
        store.getKeys(token, ['a'], cause),
      ]);
      const answers = outcomes.map((outcome) => {
        if (!outcome.ok) return outcome.refusal.status;
        return typeof outcome.value === 'number' ? outcome.value : [...outcome.value.values()][0];
      });
      expect(answers).toEqual(['KeySet', '1', 'KeyUpdated', 'KeyRemoved', 0, 'KeySet', '3']);
    });

    test('keys keep their values and their order while a session grows and shrinks', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(keyMove, { maxLength: 20 }), async (moves) => {
          const token = await newSession(store);
          const model = new Map<string, JsonText>();
          for (const move of moves) await move(store, token, model);
          const found = await store.getKeys(token, [...model.keys()], cause);
          expect(found.ok && [...found.value]).toEqual([...model]);
          expect(await store.keyNames(token)).toEqual({ ok: true, value: [...model.keys()] });
        }),
        { numRuns: 60 },
      );
    });

    test('a long search and a long update keep their place among the calls for their session', async () => {
      const token = await newSession(store);
      const wide = `[${Array.from({ length: 20_000 }, (_, index) => index).join(',')}]`;
      // Goes through the value many times, and selects 7.
      const path = `$[?@ == 7${' && count($[?@ > 19990]) == 9'.repeat(10)}]`;
      await store.setKeys(token, entriesOf({ wide }), cause);
      const [, found, , updated, shorter] = await Promise.all([
        store.updateNodes(token, { key: 'wide', path, value: asJsonText('7.0') }, cause),
        store.findKeys(token, { path, wants: 'paths' }, cause),
        store.setKeys(token, entriesOf({ wide: '[1]' }), cause),
        store.updateNodes(token, { key: 'wide', path: '$[0]', value: asJsonText('2') }, cause),
        store.getKeys(token, ['wide'], cause),
      ]);
      expect(found.ok && found.value.paths).toEqual(['$[7]']);
      expect(found.ok && found.value.values[0]?.includes(',6,7.0,8,')).toBe(true);
      expect(updated).toEqual({ ok: true, value: 1 });
      expect(shorter.ok && shorter.value.get('wide')).toBe('[2]');
    });

    test('storing says new or replaced, adding leaves what is there', async () => {
      const token = await newSession(store);
      await store.setKeys(token, entriesOf({ a: '1' }), cause);
      expect(await statusesOf(store.setKeys(token, entriesOf({ a: '2', b: '3' }), cause))).toEqual([
        ['a', 'KeyUpdated'],
        ['b', 'KeySet'],
      ]);
      expect(await statusesOf(store.addKeys(token, entriesOf({ b: '4', c: '5' }), cause))).toEqual([
        ['b', 'KeyExists'],
        ['c', 'KeySet'],
      ]);
      const found = await store.getKeys(token, ['c', 'b', 'nope', 'a'], cause);
      expect(found.ok && [...found.value]).toEqual([
        ['c', '5'],
        ['b', '3'],
        ['nope', 'null'],
        ['a', '2'],
      ]);
    });

    test('removing says what was there, and a key that holds null is there', async () => {
      const token = await newSession(store);
      await store.setKeys(token, entriesOf({ a: 'null' }), cause);
      const found = await store.containsKeys(token, ['a', 'b']);
      expect(found.ok && [...found.value]).toEqual([
        ['a', true],
        ['b', false],
      ]);
      expect(await statusesOf(store.removeKeys(token, ['a', 'b'], cause))).toEqual([
        ['a', 'KeyRemoved'],
        ['b', 'KeyNotExist'],
      ]);
      expect(await totalsOf(store)).toEqual({ sessions: 1, keys: 0 });
    });

    test('clearing says how many there were', async () => {
      const token = await newSession(store);
      await store.setKeys(token, entriesOf({ a: '1', b: '2' }), cause);
      expect(await store.clearKeys(token, cause)).toEqual({ ok: true, value: 2 });
      expect(await totalsOf(store)).toEqual({ sessions: 1, keys: 0 });
    });

    test('overwriting keeps the place of a key, storing it again moves it to the end', async () => {
      const token = await newSession(store);
      await store.setKeys(token, entriesOf({ a: '1', b: '2', c: '3' }), cause);
      await store.setKeys(token, entriesOf({ a: '4' }), cause);
      await store.removeKeys(token, ['b'], cause);
      await store.setKeys(token, entriesOf({ b: '5' }), cause);
      expect(await store.keyNames(token)).toEqual({ ok: true, value: ['a', 'c', 'b'] });
    });

    test.each(['__proto__', 'constructor', '', 'tkn', '10'])('%j is a key', async (key) => {
      const token = await newSession(store);
      await store.setKeys(token, new Map([[key, asJsonText('1')]]), cause);
      const found = await store.getKeys(token, [key], cause);
      expect(found.ok && [...found.value]).toEqual([[key, '1']]);
    });

    test('every key command says which token names no session', async () => {
      const token = '7' as Token;
      const refusal = { status: 'SessionNotExist', param: '', token };
      const outcomes = await Promise.all([
        store.setKeys(token, entriesOf({}), cause),
        store.addKeys(token, entriesOf({}), cause),
        store.getKeys(token, [], cause),
        store.removeKeys(token, [], cause),
        store.clearKeys(token, cause),
        store.countKeys(token),
        store.containsKeys(token, []),
        store.keyNames(token),
        store.replaceKeys(token, entriesOf({}), cause),
        store.appendItems(token, { key: 'a', items: [] }, cause),
        store.findKeys(token, { path: '', wants: 'keys' }, cause),
        store.updateNodes(token, { key: 'a', path: '', value: asJsonText('1') }, cause),
      ]);
      expect(outcomes).toEqual(outcomes.map(() => ({ ok: false, refusal })));
      expect(statusCode('SessionNotExist')).toBe(100);
    });
  });
}
