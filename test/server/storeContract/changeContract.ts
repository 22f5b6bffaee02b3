import { beforeEach, describe, expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Change } from '../../../server/store/changes.ts';
import type { SessionStore } from '../../../server/store/sessionStore.ts';
import { given, tokenOf } from '../memoryStore.ts';
import { restored } from './scanContract.ts';
import {
  endsAfter,
  entriesOf,
  newSession,
  restartsAfter,
  totalsOf,
  settled,
  type StoreTraits,
  type StoreUnderTest,
} from './storeUnderTest.ts';

const cause = { connection: 7, command: 'KV_SET' } as const;

/** The stream of changes. */
export function changeContract(
  create: () => Promise<StoreUnderTest>,
  { isOneMoment }: StoreTraits,
): void {
  let under: StoreUnderTest;
  let store: SessionStore;
  let changes: Change[];
  let leave: () => void;

  beforeEach(async () => {
    under = await create();
    ({ store } = under);
    changes = [];
    leave = store.subscribe((change) => {
      if (change.kind !== 'gap') changes.push(change);
    });
    await settled(under);
  });

  const keysSet = (token: Token, values: Record<string, string>) =>
    store.setKeys(token, entriesOf(values), cause);

  describe('changes', () => {
    test('carry what a command did, one for each command', async () => {
      const session = { name: 'demo', shared: false };
      const token = tokenOf(await store.newSession(session, cause));
      const [id = ''] = given(await store.listSessions(1));
      await keysSet(token, { a: '1', b: '[1]' });
      await store.addKeys(token, entriesOf({ a: '9', c: '2' }), cause);
      await store.removeKeys(token, ['a', 'nope'], cause);
      const items = [asJsonText('2')];
      await store.appendItems(token, { key: 'b', items }, cause);
      const update = { key: 'b', path: '$[0]', value: asJsonText('0') };
      await store.updateNodes(token, update, cause);
      await store.replaceKeys(token, entriesOf({ z: '26' }), cause);
      await store.clearKeys(token, cause);
      await store.endSession(token, cause);
      const ref = { id, token };
      const term = undefined;
      const made = { ...ref, ...session, term, keys: [], values: [] };
      await settled(under);
      expect(changes).toMatchObject([
        { kind: 'created', by: 'command', sessions: [made] },
        { kind: 'stored', session: ref, keys: ['a', 'b'], values: ['1', '[1]'], term },
        { kind: 'stored', session: ref, keys: ['c'], values: ['2'], term },
        { kind: 'removed', session: ref, keys: ['a'] },
        { kind: 'stored', session: ref, keys: ['b'], values: ['[1,2]'] },
        { kind: 'stored', session: ref, keys: ['b'], values: ['[0,2]'] },
        { kind: 'replaced', session: ref, keys: ['z'], values: ['26'] },
        { kind: 'cleared', session: ref, term },
        { kind: 'ended', sessions: [ref] },
      ]);
    });

    test('say who asked, count up by one, and end with the subscription', async () => {
      const token = await newSession(store);
      await keysSet(token, { a: '1' });
      await keysSet(token, { a: '2' });
      await settled(under);
      leave();
      await keysSet(token, { a: '3' });
      const [, first, second, ...others] = changes;
      expect(first?.cause).toMatchObject(cause);
      expect(others).toEqual([]);
      expect(first?.by).toBe('command');
      expect((second?.sequence ?? 0) - (first?.sequence ?? 0)).toBe(1);
      expect(first?.atMs).toBeGreaterThan(1_600_000_000_000);
    });

    const together = isOneMoment ? ['of many sessions at once are one'] : [];
    test.each(together)('%s', async () => {
      await store.restoreSessions([restored('1'), restored('2', { expiry: endsAfter(5) })], cause);
      await store.endAllSessions(cause);
      const [loaded, ended] = changes;
      const lists = { keys: ['a'], values: ['1.0'] };
      await settled(under);
      expect(changes.length).toBe(2);
      expect(loaded).toMatchObject({
        kind: 'created',
        by: 'load',
        sessions: [
          { token: '1', ...lists, term: undefined },
          { token: '2', ...lists, term: endsAfter(5) },
        ],
      });
      expect(ended).toMatchObject({ kind: 'ended', sessions: [{ token: '1' }, { token: '2' }] });
    });

    test('of keys and deadline together are one', async () => {
      const session = { name: 'demo', shared: false, expiry: endsAfter(10) };
      const extension = { onSetAdd: true, onGet: true };
      const token = tokenOf(await store.newSession({ ...session, extension }, cause));
      await keysSet(token, { a: '1' });
      await store.getKeys(token, ['a'], cause);
      await keysSet(token, {});
      await settled(under);
      expect(changes).toMatchObject([
        { kind: 'created', sessions: [{ extension, term: endsAfter(10) }] },
        { kind: 'stored', keys: ['a'], term: endsAfter(10) },
        { kind: 'extended', term: endsAfter(10) },
        { kind: 'extended', term: endsAfter(10) },
      ]);
    });

    test('of a touched session carry its whole term', async () => {
      const token = await newSession(store);
      await settled(under);
      changes.length = 0;
      await store.touchSession(token, {}, cause);
      await store.touchSession(token, { durationSec: 10 }, cause);
      await store.touchSession(token, { deleteSession: false }, cause);
      await store.touchSession(token, { durationSec: 0 }, cause);
      await settled(under);
      expect(changes).toMatchObject([
        { kind: 'touched', session: { token }, term: endsAfter(10), cause },
        { kind: 'touched', session: { token }, term: restartsAfter(10) },
        { kind: 'touched', session: { token }, term: undefined },
      ]);
    });

    test('are not made by what changes nothing', async () => {
      const token = await newSession(store);
      await keysSet(token, { a: '[]' });
      await settled(under);
      changes.length = 0;
      await keysSet(token, {});
      await store.addKeys(token, entriesOf({ a: '2' }), cause);
      await store.getKeys(token, ['a'], cause);
      await store.removeKeys(token, ['nope'], cause);
      await store.updateNodes(token, { key: 'a', path: '$[5]', value: asJsonText('1') }, cause);
      await store.endSession('7' as Token, cause);
      await store.restoreSessions([], cause);
      await totalsOf(store);
      await settled(under);
      expect(changes).toEqual([]);
    });

    test('stay as they were, whatever happens later', async () => {
      const token = await newSession(store, endsAfter(10));
      await keysSet(token, { a: '1' });
      await settled(under);
      const [made, stored] = structuredClone(changes);
      await keysSet(token, { a: '2', b: '3' });
      await store.removeKeys(token, ['a'], cause);
      await settled(under);
      expect(changes.slice(0, 2)).toEqual([made, stored]);
    });
  });
}
