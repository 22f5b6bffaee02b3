import { beforeEach, describe, expect, test } from 'vitest';
import type { Token } from '../../../protocol/token.ts';
import type { SessionStore } from '../../../server/store/sessionStore.ts';
import type { FakeClock } from '../fakeClock.ts';
import { cause, given } from '../memoryStore.ts';
import { entriesOf, idsIn, newSession, newShared, type StoreUnderTest } from './storeUnderTest.ts';

/** What the inspector sees. */
export function viewContract(create: () => Promise<StoreUnderTest>): void {
  let store: SessionStore;
  let clock: FakeClock | undefined;

  beforeEach(async () => {
    ({ store, clock } = await create());
  });

  /** Where sessions are ordered by the time of their creation, that passes in between. */
  const later = () => clock?.advance(1);

  describe('views', () => {
    test('the newest sessions are listed, in the order of their creation', async () => {
      for (const name of ['a', 'b', 'c']) {
        await newSession(store, undefined, name);
        later();
      }
      const ids = given(await store.listSessions(2));
      const views = given(await store.viewSessions([...ids, 'nope']));
      expect(views.map(({ id, name }) => [id, name])).toEqual([
        [ids[0], 'b'],
        [ids[1], 'c'],
      ]);
    });

    test('an id follows from the token: two differ, and one token has one id', async () => {
      const { token } = await newShared(store, 'defaults');
      later();
      await newSession(store);
      const [first, second] = await idsIn(store);
      expect(first).not.toBe(second);
      await store.endSession(token, cause);
      later();
      await newShared(store, 'defaults');
      expect(await idsIn(store)).toEqual([second, first]);
    });

    test('all are listed, with keys and bytes, and found by their numbers', async () => {
      const tokens: Token[] = [];
      for (let count = 0; count < 500; count += 1) {
        tokens.push(await newSession(store, undefined, `session ${count}`));
      }
      await store.setKeys(tokens[7] ?? ('1' as Token), entriesOf({ a: '1' }), cause);
      await store.endSession(tokens[8] ?? ('1' as Token), cause);
      const views = [];
      for await (const some of store.listAll()) views.push(...some);
      const living = tokens.filter((_, at) => at !== 8);
      expect(views.map(({ token }) => token).sort()).toEqual(living.sort());
      const numbers = views.map(({ number }) => number);
      expect(new Set(numbers).size).toBe(499);
      const again = given(await store.listedAt([...numbers, 1_000_000]));
      expect(again.map(({ token }) => token)).toEqual(views.map(({ token }) => token));
      const filled = views.filter(({ keyCount }) => keyCount > 0).map(({ number }) => number);
      const whole = given(await store.listedAt(filled, { keys: true }));
      expect(whole.map((each) => [...each.entries()])).toEqual([[['a', '1']]]);
      const { bytes } = given(await store.totals());
      expect(views.reduce((sum, view) => sum + view.bytes, 0)).toBe(bytes);
    });

    test('keys are viewed with their total; an ended session has none', async () => {
      const token = await newSession(store);
      await store.setKeys(token, entriesOf({ a: '1', b: '2', c: '3' }), cause);
      const [id = ''] = await idsIn(store);
      const view = given(await store.viewKeys(id, ['c', 'nope', 'a']));
      expect(view?.totalKeys).toBe(3);
      expect([...(view?.entries ?? [])]).toEqual([
        ['c', '3'],
        ['a', '1'],
      ]);
      expect(given(await store.listKeys(id, { from: 0, count: 2 }))).toEqual(['a', 'b']);
      expect(given(await store.listKeys(id, { from: 1, count: 1 }))).toEqual(['b']);
      expect(given(await store.listKeys(id, { from: 9, count: 1 }))).toEqual([]);
      const all = given(await store.listKeys(id, { from: 0, count: Infinity }));
      expect(all?.slice(0, 2)).toEqual(['a', 'b']);
      await store.endSession(token, cause);
      expect(given(await store.viewKeys(id, ['a']))).toBeUndefined();
      expect(given(await store.listKeys(id, { from: 0, count: 5 }))).toBeUndefined();
    });
  });
}
