import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { LongNumbers } from '../../store/longList.ts';
import type { ContentQuestion } from '../../../protocol/inspection/sessionLists.ts';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import { cause, createMemoryStore, given, tokenOf } from '../../../test/server/memoryStore.ts';
import { ContentSearch } from './contentSearch.ts';

type Store = ReturnType<typeof createMemoryStore>;

const keysOf = (entries: Record<string, string>) =>
  new Map(Object.entries(entries).map(([key, value]) => [key, asJsonText(value)]));

function storeOf(sessions: readonly Record<string, string>[]): Store {
  const store = createMemoryStore();
  for (const entries of sessions) {
    const token = tokenOf(store.newSession({ name: 'a', shared: false }, cause));
    void store.setKeys(token, keysOf(entries), cause);
  }
  return store;
}

/** Searches all sessions of a store, to the end. */
async function search(store: Store, question: ContentQuestion, units?: number) {
  const found = new Map<number, string>();
  const lefts: (number | undefined)[] = [];
  const numbers: number[] = [];
  for await (const some of store.listAll()) numbers.push(...some.map(({ number }) => number));
  const state = { isOver: false };
  const running = new ContentSearch(
    question,
    {
      read: async (wanted) => given(await store.listedAt(wanted)),
      settle: (number, key) => {
        if (key === undefined) found.delete(number);
        else found.set(number, key);
        return found.size;
      },
      onProgress: () => {
        lefts.push(running.left);
        state.isOver = running.left === undefined;
      },
    },
    units,
  );
  running.start(LongNumbers.of(numbers));
  while (!state.isOver) await setImmediate();
  return { found, lefts, stopped: running.stopped, error: running.takeError() };
}

const value =
  '{"user":{"id":7,"name":"J\\u00f6rg \\"Jo\\" Straße"},"tags":["a\u200bb"],"total":12.50}';

test.each<[ContentQuestion, boolean]>([
  [{ text: 'JÖRG' }, true],
  [{ text: 'jorg "jo" strasse' }, true],
  [{ text: String.raw`\u00F6` }, true],
  [{ text: String.raw`a\u200bb` }, true],
  [{ text: 'a\u200bb' }, true],
  [{ text: 'the key' }, true],
  [{ text: 'nobody' }, false],
  [{ key: 'The Key' }, true],
  [{ key: 'the key' }, false],
  [{ key: 'other', text: 'jörg' }, false],
  [{ path: '$.user.id' }, true],
  [{ path: '$.user.age' }, false],
  [{ path: '$.tags[*]', text: 'jörg' }, true],
  [{ path: '$.user.id', condition: { operator: '==', value: asJsonText('7.0') } }, true],
  [{ path: '$.user.id', condition: { operator: '==', value: asJsonText('"7"') } }, false],
  [{ path: '$.total', condition: { operator: '==', value: asJsonText('12.5') } }, true],
  [{ path: '$.total', condition: { operator: '>', value: asJsonText('12.49') } }, true],
  [{ path: '$.total', condition: { operator: '<', value: asJsonText('12.5') } }, false],
  [{ path: '$.user.age', condition: { operator: '!=', value: asJsonText('1') } }, false],
  [{ path: '$..id', key: 'The Key', condition: { operator: '<=', value: asJsonText('7') } }, true],
  [{ path: '$', condition: { operator: '==', value: asJsonText(' {} ') } }, false],
  [{ path: '$.user[?@ == 7]' }, true],
])('%j is found in a value: %s', async (question, isFound) => {
  const { found } = await search(storeOf([{ 'The Key': value }]), question);
  expect([...found.values()]).toEqual(isFound ? ['The Key'] : []);
});

test('sessions of one user are those with the same value at a member, digit by digit', async () => {
  const ids = ['16351792548006066062', '16351792548006066063', '"16351792548006066062"'];
  const store = storeOf(ids.map((id) => ({ user: `{"id":${id}}` })));
  for (const [at, id] of ids.entries()) {
    const condition = { operator: '==', value: asJsonText(id) } as const;
    const { found } = await search(store, { key: 'user', path: "$['id']", condition });
    expect([...found.keys()]).toEqual([at + 1]);
  }
});

test('a path that is none finds nothing, and says so', async () => {
  const { found, stopped } = await search(storeOf([{ a: '1' }]), { path: '$.' });
  expect([found.size, stopped]).toEqual([0, 'path']);
});

test('a long text is found where two pieces of it meet', async () => {
  const long = (at: number) => `"${'x'.repeat(at)}needle${'y'.repeat(100_000)}"`;
  for (const at of [65_000, 65_500, 65_533, 65_536, 130_000]) {
    const { found } = await search(storeOf([{ a: long(at) }]), { text: 'NEEDLE' });
    expect(found.size, `at ${at}`).toBe(1);
  }
});

test('a search says how far it is while others have their turn', async () => {
  const store = storeOf(Array.from({ length: 2_000 }, () => ({ a: `"${'v'.repeat(20_000)}"` })));
  let turns = 0;
  let isOver = false;
  const count = () => {
    turns += 1;
    if (!isOver) void setImmediate().then(count);
  };
  count();
  const { found, lefts } = await search(store, { text: 'vw' });
  isOver = true;
  expect(found.size).toBe(0);
  expect(turns).toBeGreaterThan(3);
  expect(lefts[0]).toBeLessThan(2_000);
  expect(lefts.at(-1)).toBeUndefined();
});

test('a search that takes too much work stops, and says so', async () => {
  const store = storeOf(Array.from({ length: 600 }, () => ({ a: `"${'v'.repeat(1_000)}"` })));
  const { found, stopped } = await search(store, { text: 'v' }, 300_000);
  expect(stopped).toBe('time');
  expect(found.size).toBeGreaterThan(100);
  expect(found.size).toBeLessThan(300);
});

test('a search that has found enough stops, and says so', async () => {
  const store = storeOf(Array.from({ length: 10_600 }, () => ({ a: '1' })));
  const { found, stopped } = await search(store, { key: 'a' });
  expect([found.size, stopped]).toEqual([10_000, 'results']);
});

test('a closed search looks no further', async () => {
  const store = storeOf(Array.from({ length: 3_000 }, () => ({ a: `"${'v'.repeat(20_000)}"` })));
  let settled = 0;
  const running = new ContentSearch(
    { text: 'w' },
    {
      read: async (wanted) => given(await store.listedAt(wanted)),
      settle: () => (settled += 1),
      onProgress: () => {},
    },
  );
  given(await store.listedAt([1]));
  const numbers = Array.from({ length: 3_000 }, (_, at) => at + 1);
  running.start(LongNumbers.of(numbers));
  while (settled === 0) await setImmediate();
  running.close();
  const before = settled;
  for (let turn = 0; turn < 20; turn += 1) await setImmediate();
  expect(settled).toBe(before);
});
