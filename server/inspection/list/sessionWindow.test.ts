import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SessionQuery } from '../../../protocol/inspection/sessionLists.ts';
import type { SessionSummary } from '../../../protocol/inspection/sessionLists.ts';
import type { Token } from '../../../protocol/token.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import {
  cause,
  createMemoryStore,
  given,
  idOf,
  tokenOf,
} from '../../../test/server/memoryStore.ts';
import { entriesOf } from '../../../test/server/storeContract/storeUnderTest.ts';
import { InspectionHub } from '../hub.ts';
import { summaryOf } from '../summaryOf.ts';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import { SessionWindow } from './sessionWindow.ts';

function start() {
  const clock = new FakeClock();
  const store = createMemoryStore({ clock });
  return { clock, store, hub: new InspectionHub(store, clock) };
}

type Started = ReturnType<typeof start>;

const wholeList = {
  number: 1,
  sort: 'created',
  descending: false,
  find: '',
  from: 0,
  count: 500,
} as const;

type ListRequest = Extract<InspectionRequest, { type: 'list' }>;

/** What an inspector has of a window. */
class Reader {
  readonly #window: SessionWindow;
  #known = new Map<string, SessionSummary>();

  constructor({ hub, clock }: Started, request: Partial<ListRequest>) {
    this.#window = new SessionWindow({ hub, clock }, { type: 'list', ...wholeList, ...request });
  }

  /** Rows as an inspector puts them together, and how many of them travelled. */
  async read(): Promise<{
    rows: SessionSummary[];
    from: number;
    matching: number;
    sent: number;
  }> {
    const event = await this.#window.next();
    if (event.type !== 'rows') throw new Error(`Got ${event.type}`);
    for (const each of event.changed) this.#known.set(each.id, each);
    this.#known = new Map(event.ids.map((id) => [id, this.#known.get(id) as SessionSummary]));
    return {
      rows: [...this.#known.values()],
      from: event.from,
      matching: event.matching,
      sent: event.changed.length,
    };
  }

  close(): void {
    this.#window.close();
  }
}

const newSession = ({ store, clock }: Started, name: string, durationSec = 0): Token => {
  clock.advance(1);
  const expiry = durationSec === 0 ? undefined : { durationSec, deleteSession: true };
  return tokenOf(store.newSession({ name, shared: false, expiry }, cause));
};

const namesOf = async (reader: Reader) => (await reader.read()).rows.map(({ name }) => name);

const names = fc.constantFrom('basket', 'Basket', 'login', 'Straße', 'İstanbul', 'a\u0301b', '');
const action = fc.oneof(
  fc.record({ kind: fc.constant('new'), name: names, duration: fc.nat(40) }),
  fc.record({ kind: fc.constant('end'), at: fc.nat(20) }),
  fc.record({ kind: fc.constant('set'), at: fc.nat(20), key: fc.nat(5), length: fc.nat(90) }),
  fc.record({ kind: fc.constant('touch'), at: fc.nat(20), duration: fc.nat(40) }),
  fc.record({ kind: fc.constant('wait'), ms: fc.nat(15_000) }),
  fc.record({ kind: fc.constant('end all') }),
  fc.record({ kind: fc.constant('look') }),
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

const query = fc.record({
  sort: fc.constantFrom('created', 'name', 'keys', 'bytes', 'expires'),
  descending: fc.boolean(),
  find: fc.constantFrom('', 'bas', 'STRASSE', 'istanbul', 'ab', ' ', '··'),
  from: fc.nat(6),
  count: fc.nat(6),
});

async function carryOut(started: Started, tokens: Token[], each: Action): Promise<void> {
  const { store, clock } = started;
  const tokenAt = (at: number) => tokens[at % tokens.length] ?? ('1' as Token);
  switch (each.kind) {
    case 'new':
      tokens.push(newSession(started, each.name, each.duration));
      return;
    case 'end':
      await store.endSession(tokenAt(each.at), cause);
      return;
    case 'set':
      await store.setKeys(
        tokenAt(each.at),
        entriesOf({ [`key ${each.key}`]: `"${'v'.repeat(each.length)}"` }),
        cause,
      );
      return;
    case 'touch':
      await store.touchSession(tokenAt(each.at), { durationSec: each.duration }, cause);
      return;
    case 'wait':
      clock.advance(each.ms);
      return;
    case 'end all':
      await store.endAllSessions(cause);
      return;
    case 'look':
  }
}

test('whatever happens, a window shows what sorting and searching all sessions would', async () => {
  await fc.assert(
    fc.asyncProperty(query, fc.array(action, { maxLength: 60 }), async (wanted, actions) => {
      const started = start();
      const whole = new Reader(started, { ...wanted, from: 0, count: 500 });
      const part = new Reader(started, wanted);
      const tokens: Token[] = [];
      for (const each of actions) {
        if (each.kind === 'look') await Promise.all([whole.read(), part.read()]);
        else await carryOut(started, tokens, each);
      }
      const all = await plainList(started, wanted);
      const shown = await whole.read();
      expect(shown.rows).toEqual(all);
      expect(shown.matching).toBe(all.length);
      const { from, count } = wanted;
      expect((await part.read()).rows).toEqual(all.slice(from, from + count));
    }),
    { numRuns: 200 },
  );
});

/** The plain thing: all sessions, searched and sorted each time. */
async function plainList({ store }: Started, wanted: SessionQuery): Promise<SessionSummary[]> {
  const views = given(await store.viewSessions(given(await store.listSessions(1_000))));
  const fold = (text: string) =>
    text
      .normalize('NFKD')
      .replaceAll(/\p{Mn}/gu, '')
      .toLowerCase()
      .replaceAll('ß', 'ss')
      .replaceAll('ı', 'i');
  const key = (each: SessionSummary) =>
    ({
      created: each.createdAtMs,
      changed: each.createdAtMs,
      operations: each.createdAtMs,
      name: fold(each.name),
      keys: each.keyCount,
      bytes: each.bytes ?? 0,
      expires: each.expiry?.deadlineMs ?? Infinity,
    })[wanted.sort];
  const found = views
    .map(summaryOf)
    .filter(({ name, id, maskedToken }) => {
      const find = wanted.find.trim();
      return (
        fold(name).includes(fold(find)) || [id, maskedToken, maskedToken.slice(2)].includes(find)
      );
    })
    .sort((a, b) => {
      if (key(a) !== key(b)) return key(a) < key(b) ? -1 : 1;
      return a.id < b.id ? -1 : 1;
    });
  return wanted.descending ? found.reverse() : found;
}

test('a session is found by its id, and by what is shown of its token', async () => {
  const started = start();
  newSession(started, 'a');
  newSession(started, 'b');
  const { rows } = await new Reader(started, {}).read();
  const { id = '', maskedToken = '' } = rows[0] ?? {};
  for (const find of [id, maskedToken, maskedToken.slice(2), ` ${id}`]) {
    expect(await namesOf(new Reader(started, { find }))).toEqual(['a']);
  }
  expect(await namesOf(new Reader(started, { find: id.slice(1) }))).toEqual([]);
});

test('only rows that are new or have changed travel', async () => {
  const started = start();
  const tokens = ['a', 'b', 'c'].map((name) => newSession(started, name));
  const reader = new Reader(started, { count: 2 });
  expect((await reader.read()).sent).toBe(2);
  expect((await reader.read()).sent).toBe(0);
  await started.store.setKeys(tokens[1] ?? ('1' as Token), entriesOf({ a: '1' }), cause);
  const { rows, sent } = await reader.read();
  expect([sent, rows.map(({ keyCount }) => keyCount)]).toEqual([1, [0, 1]]);
  // Out of sight.
  await started.store.setKeys(tokens[2] ?? ('1' as Token), entriesOf({ a: '1' }), cause);
  expect((await reader.read()).sent).toBe(0);
  await started.store.endSession(tokens[0] ?? ('1' as Token), cause);
  expect((await reader.read()).sent).toBe(1);
  expect(await namesOf(reader)).toEqual(['b', 'c']);
});

test('what changes while the list is made is in it', async () => {
  const started = start();
  const first = newSession(started, 'first');
  const reader = new Reader(started, {});
  const reading = namesOf(reader);
  newSession(started, 'second');
  await started.store.endSession(first, cause);
  await reading;
  expect(await namesOf(reader)).toEqual(['second']);
});

test('inspectors that ask the same share one list, which goes with the last of them', async () => {
  const started = start();
  const { hub } = started;
  newSession(started, 'a');
  const query = { sort: 'name', descending: false, find: '' } as const;
  const [first, second] = [new Reader(started, query), new Reader(started, { ...query, count: 1 })];
  const own = hub.listings.open(query);
  expect(await namesOf(first)).toEqual(['a']);
  expect(own.listing.size).toBe(1);
  first.close();
  own.close();
  newSession(started, 'b');
  expect(await namesOf(second)).toEqual(['a']);
  second.close();
  const later = hub.listings.open(query);
  expect(later.listing).not.toBe(own.listing);
  later.close();
});

test('what others ask for in the same turn is not taken for sent', async () => {
  const started = start();
  newSession(started, 'a');
  const request = { descending: true, count: 1 };
  const [first, second] = [
    new Reader(started, request),
    new Reader(started, { ...request, from: 1 }),
  ];
  await Promise.all([first.read(), second.read()]);
  newSession(started, 'b');
  expect(await Promise.all([namesOf(first), namesOf(second)])).toEqual([['b'], ['a']]);
});

test('after lost changes the list is made again', async () => {
  const started = start();
  const { hub } = started;
  newSession(started, 'a');
  const reader = new Reader(started, {});
  expect(await namesOf(reader)).toEqual(['a']);
  await started.store.endAllSessions(cause);
  hub.listings.mark({ kind: 'gap' });
  expect(await namesOf(reader)).toEqual([]);
});

test('a window with an anchor follows that session, and stays where it was when it has ended', async () => {
  const started = start();
  const tokens = ['a', 'b', 'c', 'd', 'e'].map((name) => newSession(started, name));
  const anchor = { id: idOf(tokens[2] ?? ('1' as Token)), before: 1 };
  const reader = new Reader(started, { descending: true, from: 4, count: 3, anchor });
  expect(await reader.read()).toMatchObject({
    from: 1,
    rows: [{ name: 'd' }, { name: 'c' }, { name: 'b' }],
  });
  newSession(started, 'f');
  newSession(started, 'g');
  expect((await reader.read()).from).toBe(3);
  expect(await namesOf(reader)).toEqual(['d', 'c', 'b']);
  await started.store.endSession(tokens[2] ?? ('1' as Token), cause);
  expect(await reader.read()).toMatchObject({
    from: 3,
    rows: [{ name: 'd' }, { name: 'b' }, { name: 'a' }],
  });
});

test('where the anchor is not listed, the window is where the first position says', async () => {
  const started = start();
  for (const name of ['a', 'b', 'c']) newSession(started, name);
  const reader = new Reader(started, { from: 1, count: 9, anchor: { id: 'none', before: 1 } });
  expect(await reader.read()).toMatchObject({ from: 1, rows: [{ name: 'b' }, { name: 'c' }] });
});
