import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { cause, createMemoryStore, tokenOf } from '../../../test/server/memoryStore.ts';
import { entriesOf } from '../../../test/server/storeContract/storeUnderTest.ts';
import { bytesOfKey } from '../../store/keyBytes.ts';
import type { ListedSession } from '../../store/views.ts';
import { InspectionHub } from '../hub.ts';
import { FiguresWatch, figuresMs } from './figuresWatch.ts';

function start() {
  const clock = new FakeClock();
  const store = createMemoryStore({ clock });
  return { clock, store, hub: new InspectionHub(store, clock) };
}

type Started = ReturnType<typeof start>;
type Figures = Extract<InspectionEvent, { type: 'figures' }>;

const request = { type: 'figures', number: 3, separator: ':', count: 3 } as const;

const newSession = ({ store }: Started, name: string, durationSec = 0): Token => {
  const expiry = durationSec === 0 ? undefined : { durationSec, deleteSession: true };
  return tokenOf(store.newSession({ name, shared: false, expiry }, cause));
};

/** Reads the figures whenever they may be others. */
class Reader {
  readonly #watch: FiguresWatch;
  #last: Figures | undefined;

  constructor({ hub, clock }: Started, within = '') {
    this.#watch = new FiguresWatch(request, { hub, clock, onDue: () => {}, within });
  }

  async read(): Promise<Figures> {
    const event = await this.#watch.next();
    if (event?.type === 'figures') this.#last = event;
    if (!this.#last) throw new Error('There are no figures');
    return this.#last;
  }

  get hasChanges(): boolean {
    return this.#watch.hasChanges;
  }

  close(): void {
    this.#watch.close();
  }
}

const action = fc.oneof(
  fc.record({
    kind: fc.constant('new'),
    name: fc.constantFrom('a:1', 'a:2', 'b:1', 'plain', ''),
    durationSec: fc.constantFrom(0, 5, 60, 61, 3_000, 4_000, 90_000),
  }),
  fc.record({ kind: fc.constant('end'), at: fc.nat(20) }),
  fc.record({ kind: fc.constant('set'), at: fc.nat(20), key: fc.nat(5), length: fc.nat(900) }),
  fc.record({ kind: fc.constant('remove'), at: fc.nat(20), key: fc.nat(5) }),
  fc.record({ kind: fc.constant('wait'), ms: fc.nat(40_000) }),
  fc.record({ kind: fc.constant('end all') }),
  fc.record({ kind: fc.constant('look') }),
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

async function carryOut(started: Started, tokens: Token[], each: Action): Promise<void> {
  const { store, clock } = started;
  const tokenAt = (at: number) => tokens[at % tokens.length] ?? ('1' as Token);
  switch (each.kind) {
    case 'new':
      tokens.push(newSession(started, each.name, each.durationSec));
      return;
    case 'end':
      await store.endSession(tokenAt(each.at), cause);
      return;
    case 'set': {
      const entries = entriesOf({ [`key ${each.key}`]: `"${'v'.repeat(each.length)}"` });
      await store.setKeys(tokenAt(each.at), entries, cause);
      return;
    }
    case 'remove':
      await store.removeKeys(tokenAt(each.at), [`key ${each.key}`], cause);
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

async function sessionsOf({ store }: Started): Promise<ListedSession[]> {
  const all = [];
  for await (const some of store.listAll()) all.push(...some);
  return all;
}

const sum = <T>(all: readonly T[], of: (each: T) => number) =>
  all.reduce((total, each) => total + of(each), 0);

const largestFirst = (numbers: number[]) => numbers.sort((a, b) => b - a).slice(0, request.count);

/** The plain thing: all of them counted each time. */
async function plainFigures(started: Started, within: string) {
  const all = (await sessionsOf(started)).filter(({ name }) => name.startsWith(within));
  const nowMs = started.clock.nowMs();
  const between = (fromSec: number, toSec: number) =>
    all
      .map(({ deadlineMs }) => deadlineMs)
      .filter((each) => each > nowMs + fromSec * 1_000 && each <= nowMs + toSec * 1_000)
      .sort((a, b) => a - b);
  const grouped = new Map<string, ListedSession[]>();
  for (const each of all) {
    const name = each.name.slice(0, each.name.indexOf(':') + 1);
    grouped.set(name, [...(grouped.get(name) ?? []), each]);
  }
  const rowOf = (name: string, own: ListedSession[]) => ({
    name,
    sessions: own.length,
    keys: sum(own, ({ keyCount }) => keyCount),
    bytes: sum(own, ({ bytes }) => bytes),
  });
  const groups = [...grouped].map(([name, own]) => rowOf(name, own)).filter(({ name }) => name);
  return {
    total: rowOf('', all),
    biggestSessions: largestFirst(all.map(({ bytes }) => bytes)),
    biggestKeys: largestFirst(
      all.flatMap((each) => [...each.entries()].map(([key, value]) => bytesOfKey(key, value))),
    ),
    groups,
    ungrouped: rowOf('', grouped.get('') ?? []),
    minute: between(-1, 60),
    hour: between(60, 3_600),
    day: between(3_600, 86_400),
    later: between(86_400, 1e12).length,
    never: all.filter(({ deadlineMs }) => deadlineMs === Infinity).length,
  };
}

test('whatever happens, figures are what counting all sessions would give', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(action, { maxLength: 50 }),
      fc.constantFrom('', 'a:'),
      async (actions, within) => {
        const started = start();
        const reader = new Reader(started, within);
        const tokens: Token[] = [];
        for (const each of actions) {
          if (each.kind === 'look') await reader.read();
          else await carryOut(started, tokens, each);
        }
        const plain = await plainFigures(started, within);
        const { sessions, keys, bytes, ...shown } = await reader.read();
        expect({ name: '', sessions, keys, bytes }).toEqual(plain.total);
        expect(shown.biggestSessions.map((each) => each.bytes)).toEqual(plain.biggestSessions);
        expect(shown.biggestKeys.map((each) => each.bytes)).toEqual(plain.biggestKeys);
        expect(new Set(shown.groups)).toEqual(new Set(plain.groups));
        expect(shown.groupCount).toBe(plain.groups.length);
        expect(shown.ungrouped).toEqual(plain.ungrouped);
        for (const period of ['minute', 'hour', 'day'] as const) {
          const { first, sessions: ending } = shown[period];
          expect(ending).toBe(plain[period].length);
          const deadlines = first.map(({ expiry }) => expiry?.deadlineMs);
          expect(deadlines).toEqual(plain[period].slice(0, request.count).map(Math.round));
        }
        expect([shown.later, shown.never]).toEqual([plain.later, plain.never]);
        reader.close();
      },
    ),
    { numRuns: 200 },
  );
});

test('a big key names its session; what becomes small or goes leaves room for the next', async () => {
  const started = start();
  const { store } = started;
  const tokens = ['first', 'second'].map((name) => newSession(started, name));
  const set = (at: number, key: string, length: number) =>
    store.setKeys(tokens[at] as Token, entriesOf({ [key]: `"${'v'.repeat(length)}"` }), cause);
  for (let key = 0; key < 60; key += 1) await set(0, `key ${key}`, 1_000 + key);
  await set(1, 'other', 500);
  const reader = new Reader(started);
  const shown = async () =>
    (await reader.read()).biggestKeys.map(({ session, key }) => `${session.name} ${key}`);
  expect(await shown()).toEqual(['first key 59', 'first key 58', 'first key 57']);
  await set(0, 'key 59', 1);
  await set(1, 'other', 5_000);
  expect(await shown()).toEqual(['second other', 'first key 58', 'first key 57']);
  await store.endSession(tokens[0] as Token, cause);
  expect(await shown()).toEqual(['second other']);
});

test('figures are sent when they have changed, at most once a second', async () => {
  const started = start();
  const { hub, clock, store } = started;
  newSession(started, 'soon', 70);
  let calls = 0;
  const watch = new FiguresWatch(request, { hub, clock, onDue: () => (calls += 1) });
  expect(await watch.next()).toMatchObject({ minute: { sessions: 0 }, hour: { sessions: 1 } });
  await store.setKeys('1' as Token, new Map([['a', asJsonText('1')]]), cause);
  expect(watch.hasChanges).toBe(false);
  clock.advance(figuresMs);
  expect([watch.hasChanges, calls]).toEqual([true, 1]);
  expect(await watch.next()).toBeUndefined();
  clock.advance(10_000);
  expect(await watch.next()).toMatchObject({ minute: { sessions: 1 }, hour: { sessions: 0 } });
  watch.close();
  expect(clock.waitsMs).toEqual([]);
});

test('looking at figures moves no deadline', async () => {
  const started = start();
  const expiry = { durationSec: 60, deleteSession: true };
  const extension = { onGet: true, onSetAdd: true };
  const token = tokenOf(
    started.store.newSession({ name: 'a:1', shared: false, expiry, extension }, cause),
  );
  await started.store.setKeys(token, entriesOf({ a: '1' }), cause);
  const reader = new Reader(started);
  for (let second = 0; second < 59; second += 1) {
    started.clock.advance(1_000);
    await reader.read();
  }
  started.clock.advance(1_000);
  expect((await reader.read()).sessions).toBe(0);
});
