import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import type { SessionSummary } from '../../../protocol/inspection/sessionLists.ts';
import type { Token } from '../../../protocol/token.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { cause, createMemoryStore, idOf, tokenOf } from '../../../test/server/memoryStore.ts';
import { entriesOf } from '../../../test/server/storeContract/storeUnderTest.ts';
import { InspectionHub } from '../hub.ts';
import { SessionWindow } from './sessionWindow.ts';

type ListRequest = ConstructorParameters<typeof SessionWindow>[1];
type RowsEvent = Extract<InspectionEvent, { type: 'rows' }>;

function start() {
  const clock = new FakeClock();
  const store = createMemoryStore({ clock });
  return { clock, store, hub: new InspectionHub(store, clock) };
}

type Started = ReturnType<typeof start>;

const inOrder = { sort: 'name', descending: false, find: '', separator: ':' } as const;

function openWindow({ hub, clock }: Started, asked: Partial<ListRequest> = {}): SessionWindow {
  const request = { type: 'list', number: 1, ...inOrder, from: 0, count: 500, ...asked } as const;
  return new SessionWindow({ hub, clock, onDue: () => {} }, request);
}

async function newSession({ store, clock }: Started, name: string): Promise<Token> {
  clock.advance(1);
  return tokenOf(store.newSession({ name, shared: false, expiry: undefined }, cause));
}

/** A row as it is shown. */
type Row = { readonly group: string; readonly sums: number[] } | { readonly session: string };

/** What an inspector has after each frame. */
class Reader {
  readonly #window: SessionWindow;
  #known = new Map<string, SessionSummary>();

  constructor(started: Started, asked: Partial<ListRequest> = {}) {
    this.#window = openWindow(started, asked);
  }

  async event(): Promise<RowsEvent> {
    const event = await this.#window.next();
    if (event.type !== 'rows') throw new Error(`Got ${event.type}`);
    for (const each of event.changed) this.#known.set(each.id, each);
    return event;
  }

  async rows(): Promise<Row[]> {
    const { groups = [], ids } = await this.event();
    const rows: Row[] = ids.map((id) => ({ session: this.#known.get(id)?.name ?? '' }));
    for (const { name, sessions, keys, at } of groups) {
      rows.splice(at, 0, { group: name, sums: [sessions, keys] });
    }
    return rows;
  }

  /** In one line. */
  async line(): Promise<string> {
    const rows = await this.rows();
    return rows
      .map((row) => ('group' in row ? `${row.group}(${row.sums[0]})` : row.session))
      .join(' ');
  }
}

test('what is in an open group comes right after it, group by group', async () => {
  const started = start();
  for (const name of ['a:1', 'a:b:1', 'a:b:2', 'a:c:1', 'd:1', 'e'])
    await newSession(started, name);
  const line = (asked: Partial<ListRequest>) => new Reader(started, asked).line();
  expect(await line({})).toBe('a:(4) d:(1) e');
  expect(await line({ open: ['a:'] })).toBe('a:(4) a:b:(2) a:c:(1) a:1 d:(1) e');
  expect(await line({ open: ['a:', 'a:b:', 'd:'] })).toBe(
    'a:(4) a:b:(2) a:b:1 a:b:2 a:c:(1) a:1 d:(1) d:1 e',
  );
  expect(await line({ open: ['a:'], descending: true })).toBe('d:(1) a:(4) a:c:(1) a:b:(2) a:1 e');
  // What is in a closed group is not seen, nor what is no group.
  expect(await line({ open: ['a:b:', 'x:', '', '__proto__'] })).toBe('a:(4) d:(1) e');
  expect(await line({ open: ['a:'], from: 2, count: 3 })).toBe('a:c:(1) a:1 d:(1)');
  expect(await line({ open: ['a:b:'], prefix: 'a:' })).toBe('a:b:(2) a:b:1 a:b:2 a:c:(1) a:1');
});

test('of more groups than can be open, the last ones stay closed', async () => {
  const started = start();
  await newSession(started, 'a:1');
  const others = Array.from({ length: 500 }, (_, at) => `${at}:`);
  expect(await new Reader(started, { open: ['a:', ...others] }).line()).toBe('a:(1) a:1');
  expect(await new Reader(started, { open: [...others, 'a:'] }).line()).toBe('a:(1)');
});

test('a window stays with a session in an open group while others come before it', async () => {
  const started = start();
  const kept = await newSession(started, 'b:c:5');
  await newSession(started, 'z:1');
  // Ids are given out to be asked for.
  await new Reader(started, { separator: undefined }).rows();
  const anchor = { id: idOf(kept), before: 0 };
  const reader = new Reader(started, { open: ['a:', 'b:', 'b:c:'], count: 1, anchor });
  expect((await reader.event()).from).toBe(2);
  for (const name of ['a:1', 'a:2', 'b:c:1', 'b:a:1']) await newSession(started, name);
  expect((await reader.event()).from).toBe(7);
  expect(await reader.line()).toBe('b:c:5');
});

const name = fc.constantFrom('a:1', 'a:2', 'a:b:1', 'a:b:2', 'a:b:', 'a::1', 'b:1', ':', '::', 'c');
const move = fc.oneof(
  fc.record({ kind: fc.constant('new' as const), name }),
  fc.record({ kind: fc.constant('end' as const), at: fc.nat(20) }),
  fc.record({
    kind: fc.constant('set' as const),
    at: fc.nat(20),
    key: fc.constantFrom('x', 'y', 'z'),
  }),
  fc.record({ kind: fc.constant('look' as const) }),
);
type Move = typeof move extends fc.Arbitrary<infer T> ? T : never;
const asked = fc.record({
  sort: fc.constantFrom('name', 'keys', 'created'),
  descending: fc.boolean(),
  open: fc.subarray(['a:', 'a:b:', 'a::', 'b:', ':', '::']),
});

async function make(
  each: Exclude<Move, { kind: 'look' }>,
  started: Started,
  tokens: Token[],
): Promise<void> {
  if ('name' in each) {
    tokens.push(await newSession(started, each.name));
    return;
  }
  const token = tokens[each.at % tokens.length];
  if (token === undefined) return;
  if ('key' in each) await started.store.setKeys(token, entriesOf({ [each.key]: '1' }), cause);
  else await started.store.endSession(token, cause);
}

/** Takes the rows of one level from the front of all, and checks them against the sessions that belong there. */
function takeLevel(
  rows: Row[],
  { sessions, open }: { sessions: SessionSummary[]; open: readonly string[] },
  prefix = '',
): void {
  const groupOf = ({ name: each }: SessionSummary) => {
    const at = each.indexOf(':', prefix.length);
    return at < 0 ? undefined : each.slice(0, at + 1);
  };
  const groups = new Set(sessions.flatMap((each) => groupOf(each) ?? []));
  for (let left = groups.size; left > 0; left -= 1) {
    const row = rows.shift();
    const group = row && 'group' in row ? row.group : '';
    expect(groups.delete(group)).toBe(true);
    const own = sessions.filter((each) => groupOf(each) === group);
    const keys = own.reduce((sum, { keyCount }) => sum + keyCount, 0);
    expect(row).toEqual({ group, sums: [own.length, keys] });
    if (open.includes(group)) takeLevel(rows, { sessions: own, open }, group);
  }
  const rest = sessions.filter((each) => groupOf(each) === undefined);
  const shown = rows.splice(0, rest.length).map((row) => ('session' in row ? row.session : ''));
  expect(shown.toSorted()).toEqual(rest.map((each) => each.name).toSorted());
}

test('whatever happens, a tree has each session once, where its groups are open', async () => {
  await fc.assert(
    fc.asyncProperty(asked, fc.array(move, { maxLength: 50 }), async (wanted, moves) => {
      const started = start();
      const reader = new Reader(started, wanted);
      const tokens: Token[] = [];
      for (const each of moves) {
        if (each.kind === 'look') await reader.rows();
        else await make(each, started, tokens);
      }
      const rows = await reader.rows();
      const flat = await new Reader(started, { separator: undefined }).event();
      const sessions = [...flat.changed];
      const parts = [];
      for (let from = 0; from < rows.length; from += 3) {
        parts.push(...(await new Reader(started, { ...wanted, from, count: 3 }).rows()));
      }
      expect(parts).toEqual(rows);
      takeLevel(rows, { sessions, open: wanted.open });
      expect(rows).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
