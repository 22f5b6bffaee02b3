import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  writeSessionSummary,
  type ContentQuestion,
  type SessionQuery,
  type SessionSummary,
} from '../../../protocol/inspection/sessionLists.ts';
import { asJsonText, stringOf } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { cause, createMemoryStore, idOf, tokenOf } from '../../../test/server/memoryStore.ts';
import { entriesOf } from '../../../test/server/storeContract/storeUnderTest.ts';
import type { ListedSession } from '../../store/views.ts';
import { createTokenSource } from '../../store/tokenSource.ts';
import { InspectionHub } from '../hub.ts';
import { listedSummaryOf } from '../summaryOf.ts';
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
    const parts = { hub, clock, onDue: () => {} };
    this.#window = new SessionWindow(parts, { type: 'list', ...wholeList, ...request });
  }

  /** Rows as an inspector puts them together, and how many of them travelled. */
  async read() {
    const event = await this.#window.next();
    if (event.type !== 'rows') throw new Error(`Got ${event.type}`);
    for (const each of event.changed) this.#known.set(each.id, each);
    this.#known = new Map(event.ids.map((id) => [id, this.#known.get(id) as SessionSummary]));
    const { from, matching, length, looked, stopped } = event;
    const groups = event.groups?.map(({ name, sessions, keys, bytes }) => {
      return { name, sessions, keys, bytes };
    });
    const rows = [...this.#known.values()];
    return { rows, from, matching, length, groups, looked, stopped, sent: event.changed.length };
  }

  /** As {@link read}, when a search has looked at everything. */
  async readAll() {
    for (;;) {
      const read = await this.read();
      // What changed is looked at in the next turns.
      for (let turns = 0; turns < 3; turns += 1) await setImmediate();
      if (read.looked === undefined && !this.#window.hasChanges) return read;
    }
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

const names = fc.constantFrom(
  'basket',
  'Basket',
  'Straße',
  'İstanbul',
  'a\u0301b',
  '',
  'a\u200bb',
  'shop:1:a',
  'shop:2:a',
  'shop:10:a',
  'shop:login',
);
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

const query = fc.record(
  {
    sort: fc.constantFrom('created', 'changed', 'name', 'keys', 'bytes', 'operations', 'expires'),
    descending: fc.boolean(),
    find: fc.constantFrom('', 'bas', 'STRASSE', 'istanbul', 'ab', ' ', '··', '\\u200B', 'no name'),
    prefix: fc.constantFrom('', 'shop:', 'Bas', 'shop:1:a'),
    separator: fc.constantFrom('', ':', 'a'),
    content: fc.constantFrom({ text: 'KEY 1' }, { text: 'vvv' }, { key: 'key 2' }, {
      path: '$',
      condition: { operator: '>=', value: asJsonText('"vvvvv"') },
    } as const),
    from: fc.nat(6),
    count: fc.nat(6),
  },
  { requiredKeys: ['sort', 'descending', 'find', 'from', 'count'] },
);

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
      const plain = await plainList(started, wanted);
      const shown = await whole.readAll();
      // Where keys are equal, the order is any.
      const keyOf = keysBySort[wanted.sort];
      expect(shown.rows.map(keyOf)).toEqual(plain.rows.map(keyOf));
      const byId = (rows: SessionSummary[]) => new Set(rows.map((row) => writeSessionSummary(row)));
      expect(byId(shown.rows)).toEqual(byId(plain.rows));
      expect(new Set(shown.groups)).toEqual(new Set(plain.groups));
      expect(shown.matching).toBe(plain.matching);
      const { from, count, sort, descending } = wanted;
      const order = sort === 'name' || sort === 'keys' || sort === 'bytes' ? sort : 'sessions';
      const ordered = shown.groups?.map((group) => group[order]) ?? [];
      expect(ordered).toEqual(sortedBy(ordered, descending));
      const some = await part.readAll();
      const { groups = [] } = shown;
      const all = [...groups, ...shown.rows];
      expect([...(some.groups ?? []), ...some.rows]).toEqual(all.slice(from, from + count));
      expect(some.length).toBe(all.length);
    }),
    { numRuns: 300 },
  );
});

const keysBySort: Record<SessionQuery['sort'], (each: SessionSummary) => number | string> = {
  created: (each) => each.createdAtMs,
  changed: (each) => each.lastChangedAtMs ?? each.createdAtMs,
  // Numbers of two digits come after those of one.
  name: (each) => fold(each.name).replace(/\d+/, (digits) => digits.padStart(3, '0')),
  keys: (each) => each.keyCount,
  bytes: (each) => each.bytes ?? 0,
  operations: (each) => each.operationsPerSecond ?? 0,
  expires: (each) => each.expiry?.deadlineMs ?? Infinity,
};

const fold = (text: string) =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ı', 'i');

const shownAs = (name: string) => name.replaceAll('\u200b', String.raw`\u200b`) || '(no name)';

function sortedBy(keys: (string | number)[], isDescending: boolean): (string | number)[] {
  const sorted = [...keys].sort((a, b) => (a < b ? -1 : Number(a > b)));
  return isDescending ? sorted.reverse() : sorted;
}

/** The plain thing: all sessions, searched and sorted each time. */
async function plainList({ store, hub }: Started, wanted: SessionQuery) {
  const operations = hub.listings.open(wanted);
  const sessions = [];
  for await (const some of store.listAll()) {
    for (const each of some) {
      const counted = { operations: operations.operationsOf(each.number) };
      const foundIn = wanted.content && foundInPlain(each, wanted.content);
      if (!wanted.content || foundIn !== undefined) {
        sessions.push(listedSummaryOf(each, { ...counted, foundIn }));
      }
    }
  }
  operations.close();
  const key = keysBySort[wanted.sort];
  const find = wanted.find.trim();
  const found = sessions
    .filter(({ name, id, maskedToken }) => {
      const isFound = [name, shownAs(name)].some((each) => fold(each).includes(fold(find)));
      const isHandle = [id, maskedToken, maskedToken.slice(2)].includes(find);
      return name.startsWith(wanted.prefix ?? '') && (isFound || isHandle);
    })
    .sort((a, b) => (key(a) < key(b) ? -1 : Number(key(a) > key(b))));
  if (wanted.descending) found.reverse();
  return { ...grouped(found, wanted), matching: found.length };
}

/** Group after group, each counted in one go. */
function grouped(found: SessionSummary[], { separator, prefix = '' }: SessionQuery) {
  if (!separator) return { rows: found, groups: undefined };
  const nameOf = ({ name }: SessionSummary) => {
    const at = name.indexOf(separator, prefix.length);
    return at < 0 ? undefined : name.slice(0, at + 1);
  };
  const begins = new Set(found.map(nameOf));
  const groups = [...begins].flatMap((name) => {
    const own = found.filter((each) => nameOf(each) === name);
    const sum = (of: (each: SessionSummary) => number) =>
      own.reduce((all, each) => all + of(each), 0);
    const sums = { keys: sum((each) => each.keyCount), bytes: sum((each) => each.bytes ?? 0) };
    return name === undefined ? [] : { name, sessions: own.length, ...sums };
  });
  return { rows: found.filter((each) => nameOf(each) === undefined), groups };
}

function foundInPlain(session: ListedSession, content: ContentQuestion): string | undefined {
  for (const [key, value] of session.entries()) {
    if (content.key !== undefined && content.key !== key) continue;
    const text = (content.text ?? '').toLowerCase();
    if (!key.includes(text) && !value.includes(text)) continue;
    if (content.condition && stringOf(value) < stringOf(content.condition.value)) continue;
    return key;
  }
  return undefined;
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

test('what is found by its name and by its token is there once', async () => {
  const started = start();
  const tokens = createTokenSource();
  // A name that holds the end of its token.
  let name = '';
  for (let at = 0; !name.includes(tokens.sharedToken(name).slice(-4)); at += 1) name = `cart ${at}`;
  const session = { name, shared: true, expiry: undefined };
  tokenOf(started.store.newSession(session, cause));
  const find = tokens.sharedToken(name).slice(-4);
  const { rows, matching, length } = await new Reader(started, { find }).read();
  expect([rows.map((row) => row.name), matching, length]).toEqual([[name], 1, 1]);
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
  expect(own.listing.matching).toBe(1);
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
  // The anchor is a row that was shown before.
  await new Reader(started, {}).read();
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
