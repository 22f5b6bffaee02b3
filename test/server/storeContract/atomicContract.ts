import { beforeEach, describe, expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Change } from '../../../server/store/changes.ts';
import type { SessionStore } from '../../../server/store/sessionStore.ts';
import { cause, given, tokenOf } from '../memoryStore.ts';
import {
  endsAfter,
  entriesOf,
  newSession,
  settled,
  totalsOf,
  type StoreUnderTest,
} from './storeUnderTest.ts';

/** Reading and changing a key in one step. */
export function atomicContract(create: () => Promise<StoreUnderTest>): void {
  let under: StoreUnderTest;
  let store: SessionStore;
  let token: Token;

  beforeEach(async () => {
    under = await create();
    ({ store } = under);
    token = await newSession(store);
  });

  const add = (by: string, key = 'n') =>
    store.addToNumber(token, { key, by: asJsonText(by) }, cause);
  const textOf = (json?: string) => (json === undefined ? undefined : asJsonText(json));
  const swap = (old?: string, value?: string) =>
    store.swapValue(token, { key: 'k', old: textOf(old), value: textOf(value) }, cause);
  const valueOf = async (key: string) => given(await store.getKeys(token, [key], cause)).get(key);

  describe('keys that are taken', () => {
    test('are read and gone in one step, for several who ask at once', async () => {
      await store.setKeys(token, entriesOf({ a: '1.50', b: 'null', c: '3' }), cause);
      const outcomes = await Promise.all([
        store.takeKeys(token, ['b', 'nope', 'a'], cause),
        store.takeKeys(token, ['a', 'b'], cause),
      ]);
      expect(outcomes.map((outcome) => [...given(outcome)])).toEqual([
        [
          ['b', 'null'],
          ['nope', 'null'],
          ['a', '1.50'],
        ],
        [
          ['a', 'null'],
          ['b', 'null'],
        ],
      ]);
      expect(await totalsOf(store)).toEqual({ sessions: 1, keys: 1 });
    });
  });

  describe('numbers that are added to', () => {
    test('lose no count, and a key that is not there counts as 0', async () => {
      const sums = await Promise.all(Array.from({ length: 50 }, async () => add('2')));
      const wanted = Array.from({ length: 50 }, (_, index) => String(2 * (index + 1)));
      expect(sums.map(given)).toEqual(wanted);
      expect(await valueOf('n')).toBe('100');
      expect(await totalsOf(store)).toEqual({ sessions: 1, keys: 1 });
    });

    test.each([
      ['1.0', '1', 'ValueTypeInvalid', 'key'],
      ['"1"', '1', 'ValueTypeInvalid', 'key'],
      ['9'.repeat(100), '1', 'ValueSize', 'by'],
      ['9'.repeat(101), '-1', 'ValueSize', 'by'],
    ])('leave %s as it is when %s cannot be added', async (...[value, by, status, param]) => {
      await store.setKeys(token, entriesOf({ n: value }), cause);
      expect(await add(by)).toEqual({ ok: false, refusal: { status, param } });
      expect(await valueOf('n')).toBe(value);
    });
  });

  describe('a value that is swapped', () => {
    test('is stored, replaced or removed only if it is the one expected', async () => {
      expect(given(await swap(undefined, '4'))).toEqual({ status: 'KeySet' });
      expect(given(await swap(undefined, '5'))).toEqual({ status: 'ValueChanged', value: '4' });
      expect(given(await swap('4', '[3]'))).toEqual({ status: 'KeyUpdated' });
      expect(given(await swap('4'))).toEqual({ status: 'ValueChanged', value: '[3]' });
      expect(given(await swap('[3]'))).toEqual({ status: 'KeyRemoved' });
      expect(given(await swap('[3]', '4'))).toEqual({ status: 'ValueChanged', value: undefined });
      expect(await totalsOf(store)).toEqual({ sessions: 1, keys: 0 });
    });

    test('is swapped once, for several who ask at once', async () => {
      await store.setKeys(token, entriesOf({ k: '1' }), cause);
      const outcomes = await Promise.all(['2', '3', '4'].map(async (value) => swap('1', value)));
      expect(outcomes.map((outcome) => given(outcome))).toEqual([
        { status: 'KeyUpdated' },
        { status: 'ValueChanged', value: '2' },
        { status: 'ValueChanged', value: '2' },
      ]);
    });
  });

  test('all of them say which token names no session', async () => {
    const dead = '7' as Token;
    const outcomes = await Promise.all([
      store.takeKeys(dead, ['a'], cause),
      store.addToNumber(dead, { key: 'n', by: asJsonText('1') }, cause),
      store.swapValue(dead, { key: 'k', value: asJsonText('1') }, cause),
    ]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ refusal: { status: 'SessionNotExist', token: dead } });
    }
  });

  test('each of them is one change, with the deadline that it moved, and nothing is none', async () => {
    const extension = { onSetAdd: true, onGet: true };
    const session = { name: 'demo', shared: false, expiry: endsAfter(10), extension };
    token = tokenOf(await store.newSession(session, cause));
    const changes: Change[] = [];
    store.subscribe((change) => {
      if (change.kind !== 'gap') changes.push(change);
    });
    await settled(under);
    const term = endsAfter(10);
    await add('5');
    await add('5', 'm');
    await swap(undefined, '1');
    await swap('1', '2');
    await store.takeKeys(token, ['n', 'nope', 'm'], cause);
    await store.takeKeys(token, ['n'], cause);
    await swap('2');
    await settled(under);
    expect(changes).toMatchObject([
      { kind: 'stored', keys: ['n'], values: ['5'], term },
      { kind: 'stored', keys: ['m'], values: ['5'], term },
      { kind: 'stored', keys: ['k'], values: ['1'], term },
      { kind: 'stored', keys: ['k'], values: ['2'], term },
      { kind: 'removed', keys: ['n', 'm'], term },
      { kind: 'extended', term },
      { kind: 'removed', keys: ['k'], term },
    ]);
    await store.setKeys(token, entriesOf({ n: '"x"' }), cause);
    await settled(under);
    changes.length = 0;
    await add('1');
    await swap('9', '1');
    await settled(under);
    expect(changes).toEqual([]);
  });
}
