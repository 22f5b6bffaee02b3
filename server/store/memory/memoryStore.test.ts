import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import { noDataSets } from '../../../test/server/noDataSets.ts';
import { createDispatch } from '../../commands/dispatch.ts';
import { maxTimerMs } from '../../clock.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import {
  endsAfter,
  entriesOf,
  newSession,
  numbersOf,
} from '../../../test/server/storeContract/storeUnderTest.ts';
import { storeContract } from '../../../test/server/storeContract/storeContract.ts';
import {
  atOnce,
  cause,
  createMemoryStore,
  given,
  tokenOf,
} from '../../../test/server/memoryStore.ts';
import type { MemoryStore } from './memoryStore.ts';
import type { StoreOutcome } from '../sessionStore.ts';
import { createTokenSource } from '../tokenSource.ts';

function createStore() {
  const clock = new FakeClock();
  return { clock, store: createMemoryStore({ clock }) };
}

async function openStore() {
  const { clock, store } = createStore();
  await store.open();
  return { clock, store };
}

test('a change that is news to nobody is counted, and handed to nobody', async () => {
  const store = createMemoryStore();
  const noted: number[] = [];
  const created = store.subscribe((change) => noted.push(...numbersOf(change)));
  const [quiet, busy] = [await newSession(store), await newSession(store)];
  created();
  const received: number[] = [];
  const leave = store.subscribe(
    (change) => received.push(change.kind === 'gap' ? 0 : change.sequence),
    (number) => number === noted[1],
  );
  for (const token of [quiet, busy, quiet, busy]) {
    given(store.setKeys(token, entriesOf({ a: '1' }), cause));
  }
  expect(received).toEqual([4, 6]);
  leave();
  given(store.setKeys(busy, entriesOf({ a: '1' }), cause));
  expect(received).toEqual([4, 6]);
});

describe('the memory store', () => {
  storeContract(openStore);
});

describe('the timer', () => {
  test('the longest durations fit the timer and keep their digits', async () => {
    const { store, clock } = await openStore();
    const token = await newSession(store, endsAfter(Number.MAX_SAFE_INTEGER));
    expect(clock.waitsMs).toEqual([maxTimerMs]);
    clock.advance(maxTimerMs * 3);
    const facts = given(store.sessionFacts(token));
    const passedSec = Math.ceil((maxTimerMs * 3) / 1000);
    expect(facts?.expiry?.remainingSec).toBe(Number.MAX_SAFE_INTEGER - passedSec);
  });

  test('nothing waits for a session that was ended', async () => {
    const { store, clock } = await openStore();
    const tokens = await Promise.all([1, 2, 3].map((sec) => newSession(store, endsAfter(sec))));
    for (const token of tokens) void store.endSession(token, cause);
    clock.advance(10_000);
    expect(clock.waitsMs).toEqual([]);
  });

  test('a stopped store has no timer left', async () => {
    const { store, clock } = await openStore();
    await newSession(store, endsAfter(10));
    await store.close();
    expect(clock.waitsMs).toEqual([]);
  });
});

/** Turns of the event loop that others have during the work. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let isOver = false;
  const count = () => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  await work();
  isOver = true;
  return turns;
}

describe('with very many sessions', () => {
  test('others have their turn while they are scanned and while ids are made', async () => {
    const { store } = createStore();
    for (let index = 0; index < 60_000; index += 1) {
      void store.newSession({ name: 'many', shared: false }, cause);
    }
    const listing = await turnsDuring(async () => {
      expect(given(await store.listSessions(60_000)).length).toBe(60_000);
    });
    const scanning = await turnsDuring(async () => {
      let sessions = 0;
      for await (const session of store.scan()) sessions += session.keys.length + 1;
      expect(sessions).toBe(60_000);
    });
    expect(listing).toBeGreaterThan(2);
    expect(scanning).toBeGreaterThan(2);
  });

  test('others have their turn while what is due is removed, and no reply shows any of it', async () => {
    const { store, clock } = createStore();
    const expiry = { durationSec: 10, deleteSession: true };
    for (let index = 0; index < 20_000; index += 1) {
      void store.newSession({ name: 'due', shared: false, expiry }, cause);
    }
    const token = await newSession(store);
    clock.advanceWithoutTimers(10_000);
    const turns = await turnsDuring(async () => {
      const [totals, ended] = [store.totals(), store.endAllSessions(cause)];
      // A session of its own is answered at once.
      expect(given(store.sessionFacts(token))?.keyCount).toBe(0);
      expect(given(await totals)).toMatchObject({ sessions: 1, keys: 0 });
      expect(given(await ended)).toBe(1);
    });
    expect(turns).toBeGreaterThan(2);
    expect(given(store.totals())).toEqual({ sessions: 0, keys: 0, bytes: 0 });
  });

  test('others have their turn while sessions are restored, and see none of them or all', async () => {
    const { store } = createStore();
    const count = 20_000;
    const sessions = Array.from({ length: count }, (_, index) => ({
      token: String(index + 1) as Token,
      name: 'back',
      shared: false,
      keys: new Map(entriesOf({ a: '1' })),
    }));
    const seen = new Set<number>();
    const turns = await turnsDuring(async () => {
      let isOver = false;
      const look = () => {
        seen.add(given(store.totals()).sessions);
        if (!isOver) setImmediate(look);
      };
      look();
      const restored = given(await store.restoreSessions(sessions, cause));
      isOver = true;
      expect(restored).toEqual({ sessions: count, keys: count });
    });
    expect(turns).toBeGreaterThan(2);
    expect([...seen].filter((each) => each !== 0 && each !== count)).toEqual([]);
    expect(given(store.totals()).sessions).toBe(count);
  });

  test('after all have ended, deadlines of new ones are kept', async () => {
    const { store, clock } = await openStore();
    for (const sec of [3, 1, 2]) await newSession(store, endsAfter(sec));
    given(store.endAllSessions(cause));
    const token = await newSession(store, endsAfter(2));
    clock.advance(1_999);
    expect(given(store.sessionFacts(token))?.keyCount).toBe(0);
    clock.advance(1);
    expect(given(store.totals()).sessions).toBe(0);
  });
});

test('a key of a random token that is in use is drawn again', () => {
  const drawn = ['7', '7', '8'] as Token[];
  const tokens = { ...createTokenSource(), randomToken: () => drawn.shift() ?? ('9' as Token) };
  const store = createMemoryStore({ tokens });
  const make = () => tokenOf(store.newSession({ name: 'demo', shared: false }, cause));
  expect([make(), make()]).toEqual(['7', '8']);
});

test('a stored value does not keep the message alive that brought it', () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void; // Exposed by the flag above.
  const { store } = createStore();
  const token = tokenOf(store.newSession({ name: 'demo', shared: false }, cause));
  const facts = { serverVersion: '0', persistEnabled: false };
  const dispatch = createDispatch({ store, facts, dataSets: noDataSets });
  const padding = 'x'.repeat(1024 * 1024);
  const heapBytes = () => {
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const before = heapBytes();
  for (let index = 0; index < 50; index += 1) {
    const keys = `{"a key of some length ${index}":"a value of some length ${index}"}`;
    // As from the socket: a flat text out of a buffer.
    const message = `{"KV_SET":{"tkn":"${token}","keys":${keys},"padding":"${padding}"}}`;
    void dispatch(Buffer.from(message).toString(), 1);
  }
  expect(given(store.totals()).keys).toBe(50);
  expect((heapBytes() - before) / 50).toBeLessThan(100_000);
});

describe('against a naive model', () => {
  const key = fc.constantFrom('a', 'b', 'c', '__proto__');
  const step = fc.oneof(
    fc.record({ kind: fc.constantFrom('set', 'add'), key, value: fc.nat(9) }),
    fc.record({ kind: fc.constantFrom('remove', 'get', 'clear'), key, value: fc.constant(0) }),
    fc.record({ kind: fc.constant('wait'), key, value: fc.nat(4_000) }),
  );

  test('any sequence of commands leaves the same keys in the same order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.boolean(), (steps, deleteSession) => {
        const { store, clock } = createStore();
        const expiry = { durationSec: 5, deleteSession };
        const token = tokenOf(store.newSession({ name: 'demo', shared: false, expiry }, cause));
        const model = new Model(deleteSession);
        for (const { kind, key: name, value } of steps) {
          if (kind === 'wait') {
            // Every other wait without the timer, to see the check on access at work.
            if (value % 2 === 0) clock.advance(value);
            else clock.advanceWithoutTimers(value);
            model.wait(value);
          } else {
            const entries = entriesOf({});
            const one = new Map([...entries, [name, asJsonText(String(value))]]);
            expect(run(store, { kind, token, one })).toEqual(model.run(kind, name, value));
          }
        }
        const keys = atOnce(store.keyNames(token));
        expect(keys.ok ? keys.value : undefined).toEqual(
          model.isGone ? undefined : [...model.keys.keys()],
        );
      }),
    );
  });
});

interface Step {
  readonly kind: string;
  readonly token: Token;
  readonly one: ReadonlyMap<string, ReturnType<typeof asJsonText>>;
}

/** The outcome of a command for its one key, in one word. */
function run(store: MemoryStore, { kind, token, one }: Step): unknown {
  const names = [...one.keys()];
  const first = (outcome: StoreOutcome<ReadonlyMap<string, unknown>>) => {
    const result = atOnce(outcome);
    return result.ok ? [...result.value.values()][0] : 'gone';
  };
  if (kind === 'set') return first(store.setKeys(token, one, cause));
  if (kind === 'add') return first(store.addKeys(token, one, cause));
  if (kind === 'remove') return first(store.removeKeys(token, names, cause));
  if (kind === 'get') return first(store.getKeys(token, names, cause));
  const cleared = atOnce(store.clearKeys(token, cause));
  return cleared.ok ? cleared.value : 'gone';
}

/** A session as simple as can be: a Map and the time since its term began. */
class Model {
  readonly keys = new Map<string, number>();
  isGone = false;
  readonly #deleteSession: boolean;
  #passedMs = 0;

  constructor(deleteSession: boolean) {
    this.#deleteSession = deleteSession;
  }

  wait(ms: number): void {
    this.#passedMs += ms;
    if (this.#passedMs < 5_000) return;
    this.#passedMs %= 5_000;
    this.keys.clear();
    this.isGone ||= this.#deleteSession;
  }

  run(kind: string, key: string, value: number): unknown {
    if (this.isGone) return 'gone';
    if (kind === 'get') return String(this.keys.get(key) ?? null);
    if (kind === 'clear') return this.#clear();
    if (kind === 'remove') return this.keys.delete(key) ? 'KeyRemoved' : 'KeyNotExist';
    return this.#store(kind, key, value);
  }

  #store(kind: string, key: string, value: number): string {
    const isThere = this.keys.has(key);
    if (kind === 'set' || !isThere) this.keys.set(key, value);
    if (!isThere) return 'KeySet';
    return kind === 'set' ? 'KeyUpdated' : 'KeyExists';
  }

  #clear(): number {
    const { size } = this.keys;
    this.keys.clear();
    return size;
  }
}
