import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Token } from '../../../protocol/token.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { FaultyDisk, systemError, type DiskCall } from '../../../test/server/faultyDisk.ts';
import { openJournalStore } from '../../../test/server/journalStore.ts';
import { cause, createMemoryStore, given } from '../../../test/server/memoryStore.ts';
import { scanned } from '../../../test/server/storeContract/scanContract.ts';
import { entriesOf } from '../../../test/server/storeContract/storeUnderTest.ts';
import { createTokenSource } from '../tokenSource.ts';
import type { SessionStore, StoreOutcome } from '../sessionStore.ts';
import { retryMs } from './diskFaults.ts';

interface Command {
  readonly kind: 'new' | 'end' | 'get' | 'clear' | 'set' | 'remove' | 'replace';
  readonly name: string;
  readonly value: number;
}

/** One thing that happens. Sessions are shared ones, whose tokens follow from their names. */
type Step =
  | Command
  | { readonly kind: 'wait' | 'turn' | 'crash' | 'close' | 'fail'; readonly value: number };

const name = fc.constantFrom('a', 'b', 'c');
const value = fc.nat(9);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('new' as const), name, value }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom('end', 'get', 'clear', 'set', 'remove', 'replace', 'set', 'set'),
      name,
      value,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('wait', 'turn', 'turn'), value }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('crash', 'close', 'fail'), value }) },
);

const tokens = createTokenSource();
const everyCall: readonly DiskCall[] = ['write', 'sync', 'create', 'rename', 'write', 'sync'];

/** Makes a change. Two keys at a time, so that half of one would show. */
function carryOut(store: SessionStore, step: Command): StoreOutcome<unknown> {
  const token: Token = tokens.sharedToken(step.name);
  const two = entriesOf({
    [`x${step.value % 3}`]: `${step.value}`,
    [`y${step.value % 3}`]: `${step.value}`,
  });
  switch (step.kind) {
    case 'new': {
      const expiry = { durationSec: 1 + (step.value % 4), deleteSession: step.value % 2 === 0 };
      const session = { name: step.name, shared: true, expiry };
      const extension = { onSetAdd: true, onGet: true };
      return store.newSession(step.value > 6 ? { ...session, extension } : session, cause);
    }
    case 'end':
      return store.endSession(token, cause);
    case 'get':
      return store.getKeys(token, ['x0', 'x1'], cause);
    case 'clear':
      return store.clearKeys(token, cause);
    case 'set':
      return store.setKeys(token, two, cause);
    case 'remove':
      return store.removeKeys(token, [...two.keys()], cause);
    case 'replace':
      return store.replaceKeys(token, two, cause);
  }
}

/** A store on a faulty disk beside one in memory that gets only what was acknowledged. */
class World {
  readonly clock = new FakeClock();
  readonly disk = new FaultyDisk();
  /** What has been asked and not answered, in order. */
  #asked: { step: Command; settled: Promise<unknown> }[] = [];
  model = createMemoryStore({ clock: this.clock, tokens });
  store: SessionStore | undefined;

  async open(): Promise<SessionStore> {
    const compaction = { minLogBytes: 400, maxAgeMs: 3_000 };
    this.store = await openJournalStore({
      disk: this.disk,
      clock: this.clock,
      tokens,
      compaction,
    });
    return this.store;
  }

  /** Asks one thing, and answers are waited for: then both stores must show the same. */
  async ask(step: Command): Promise<void> {
    if (!this.store) return;
    const outcome = await carryOut(this.store, step);
    if (outcome.ok || outcome.refusal.status !== 'StoreUnavailable') {
      const expected = await carryOut(this.model, step);
      expectSame(outcome, expected);
    }
    expectSame(await sessionsIn(this.store), await sessionsIn(this.model));
  }

  /** Asks one thing whose answer will never come. */
  begin(step: Command): void {
    if (!this.store) return;
    this.#asked.push({ step, settled: Promise.resolve(carryOut(this.store, step)) });
  }

  /** The power goes with everything that was begun: each of them is there as a whole, or it never was. */
  async crash(torn: number): Promise<void> {
    this.disk.crash(({ seen, onDisk }) => {
      const more = seen.length - onDisk.length;
      return more > 0 ? seen.subarray(0, onDisk.length + Math.floor((more * torn) / 9)) : onDisk;
    });
    const reopened = await this.open();
    await this.#settle(reopened);
  }

  async #settle(store: SessionStore): Promise<void> {
    const asked = this.#asked;
    this.#asked = [];
    const found = await sessionsIn(store);
    // What the disk has is what was acknowledged and then the first so many of what was begun.
    for (let count = 0; ; count += 1) {
      if (sameSessions(await sessionsIn(this.model), found)) return;
      const next = asked[count];
      if (!next) break;
      await carryOut(this.model, next.step);
    }
    expectSame(found, await sessionsIn(this.model));
  }

  /** The disk is well again, and some time goes by. */
  async mend(): Promise<void> {
    this.disk.onCall = () => undefined;
    for (let retry = 0; retry < 3; retry += 1) {
      this.clock.advance(retryMs);
      await turns(30);
    }
  }

  /** The disk fails a call from now on, for some calls. */
  fail(seed: number): void {
    const failing = everyCall[seed % everyCall.length];
    let left = 1 + (seed % 3);
    this.disk.onCall = (call, _name, bytes) => {
      if (call !== failing || left === 0) return undefined;
      left -= 1;
      if (call === 'write' && seed % 2 === 0) return Math.ceil(bytes / 2);
      throw systemError(seed % 2 === 0 ? 'EIO' : 'ENOSPC');
    };
  }
}

/** By token: one whose end was refused has lost its place in the order. */
async function sessionsIn(store: SessionStore): Promise<unknown> {
  const sessions = await scanned(store);
  return sessions.sort((a, b) => (a.token < b.token ? -1 : 1));
}

function expectSame(found: unknown, expected: unknown): void {
  expect(found).toEqual(expected);
}

/** Whether two lists of sessions are the same. */
function sameSessions(first: unknown, second: unknown): boolean {
  try {
    expect(first).toEqual(second);
    return true;
  } catch {
    return false;
  }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await setImmediate();
}

/** Carries out the step at this place. */
async function take(world: World, steps: readonly Step[], at: number): Promise<void> {
  const [step, ...later] = steps.slice(at);
  if (!step) return;
  switch (step.kind) {
    case 'wait':
      world.clock.advance(step.value * 300);
      await turns(3);
      return;
    case 'turn':
      await turns(step.value);
      return;
    case 'crash':
      await world.crash(step.value);
      return;
    case 'fail':
      world.fail(step.value);
      return;
    case 'close':
      await world.mend();
      await world.store?.close();
      await world.crash(0);
      return;
    case 'new':
    case 'end':
    case 'get':
    case 'clear':
    case 'set':
    case 'remove':
    case 'replace': {
      // What is asked right before the power goes is begun and not waited for.
      const next = later.find((each) => !('name' in each));
      if (next?.kind === 'crash') world.begin(step);
      else await world.ask(step);
    }
  }
}

async function play(steps: readonly Step[]): Promise<void> {
  const world = new World();
  await world.open();
  for (const at of steps.keys()) await take(world, steps, at);
  // Whatever the fault was: some time later changes are accepted again.
  await world.mend();
  expect(world.store?.status()).toMatchObject({ state: 'ready', reason: undefined });
  const made = await world.store?.newSession({ name: 'last', shared: true }, cause);
  expect(made && given(made).isNew).toBe(true);
}

test(
  'whatever happens, what was acknowledged is there, nothing is torn and nothing comes back',
  { timeout: 120_000 },
  async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), play), {
      numRuns: Number(process.env['CRASH_RUNS'] ?? 150),
    });
  },
);
