import { beforeEach, describe, expect, test } from 'vitest';
import { entriesOf, newSession, type StoreUnderTest } from './storeUnderTest.ts';
import type { SessionStore } from '../../../server/store/sessionStore.ts';

/** What the inspector sees and hears. */
export function viewContract(create: () => StoreUnderTest): void {
  let store: SessionStore;

  beforeEach(() => {
    ({ store } = create());
  });

  describe('views and changes', () => {
    test('the newest sessions are listed, in the order of their creation', async () => {
      for (const name of ['a', 'b', 'c']) await newSession(store, undefined, name);
      const ids = await store.listSessions(2);
      const views = await store.viewSessions([...ids, 's99']);
      expect(views.map(({ id, name }) => [id, name])).toEqual([
        ['s2', 'b'],
        ['s3', 'c'],
      ]);
    });

    test('a listener hears of every change until it leaves', async () => {
      const heard: string[] = [];
      const leave = store.subscribe((change) => {
        const keys = 'keys' in change ? [...change.keys] : [];
        heard.push([change.kind, change.id, ...keys].join(' '));
      });
      const token = await newSession(store);
      await store.setKeys(token, entriesOf({ a: '1', b: '1' }));
      await store.addKeys(token, entriesOf({ a: '1', c: '1' }));
      await store.removeKeys(token, ['a', 'nope']);
      await store.clearKeys(token);
      await store.endSession(token);
      leave();
      await newSession(store);
      expect(heard).toEqual([
        'created s1',
        'stored s1 a b',
        'stored s1 c',
        'removed s1 a',
        'cleared s1',
        'ended s1',
      ]);
    });

    test('keys are viewed with their total; an ended session has none', async () => {
      const token = await newSession(store);
      await store.setKeys(token, entriesOf({ a: '1', b: '2', c: '3' }));
      const view = await store.viewKeys('s1', ['c', 'nope', 'a']);
      expect(view?.totalKeys).toBe(3);
      expect([...(view?.entries ?? [])]).toEqual([
        ['c', '3'],
        ['a', '1'],
      ]);
      await store.endSession(token);
      expect(await store.viewKeys('s1', ['a'])).toBeUndefined();
      expect(await store.listKeys('s1', 5)).toBeUndefined();
    });
  });
}
