import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { InspectionEvent } from '../../protocol/inspection/events.ts';
import { asJsonText } from '../../protocol/json/jsonText.ts';
import type { Token } from '../../protocol/token.ts';
import { delayingStore } from '../../test/server/delayingStore.ts';
import { entriesOf } from '../../test/server/storeContract/storeUnderTest.ts';
import { cause, createMemoryStore, given, idOf, tokenOf } from '../../test/server/memoryStore.ts';
import type { SessionStore } from '../store/sessionStore.ts';
import { KeyDelta } from './keyDelta.ts';
import { SessionDelta } from './sessionDelta.ts';

async function turns(count: number): Promise<void> {
  for (let left = count; left > 0; left -= 1) await turn();
}

interface Delta {
  readonly hasChanges: boolean;
  next(): Promise<InspectionEvent>;
}

/** What an inspector shows that applies every frame: what was removed goes first. */
class Shown {
  readonly items = new Map<string, string | number | undefined>();
  readonly #delta: Delta;
  #isOver = false;
  readonly #followed: Promise<void>;

  constructor(delta: Delta) {
    this.#delta = delta;
    this.#followed = this.#follow();
  }

  /** Waits for all that has happened. */
  end(): Promise<void> {
    this.#isOver = true;
    return this.#followed;
  }

  async #follow(): Promise<void> {
    while (!this.#isOver || this.#delta.hasChanges) {
      await turn();
      if (this.#delta.hasChanges) this.#apply(await this.#delta.next());
    }
  }

  #apply(frame: InspectionEvent): void {
    if (frame.type !== 'keys' && frame.type !== 'sessions') throw new Error(`Got ${frame.type}`);
    if (frame.isReset) this.items.clear();
    for (const name of frame.removed) this.items.delete(name);
    for (const item of frame.changed) {
      if ('key' in item) this.items.set(item.key, item.value);
      else this.items.set(item.id, item.keyCount);
    }
  }
}

function createStore() {
  const store = createMemoryStore();
  const create = () => tokenOf(store.newSession({ name: 'demo', shared: false }, cause));
  const share = () => tokenOf(store.newSession({ name: 'shared', shared: true }, cause));
  return { store, create, share };
}

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const keyStep = fc.record({
  kind: fc.constantFrom('set', 'remove', 'replace', 'clear', 'nothing'),
  keys: fc.uniqueArray(key, { minLength: 1, maxLength: 3 }),
  value: fc.nat(9),
  pause: fc.nat(4),
});

type KeyStep = typeof keyStep extends fc.Arbitrary<infer Step> ? Step : never;

async function changeKeys(
  store: SessionStore,
  token: Token,
  steps: readonly KeyStep[],
): Promise<void> {
  for (const { kind, keys, value, pause } of steps) {
    const entries = new Map(keys.map((each) => [each, asJsonText(String(value))]));
    if (kind === 'set') void store.setKeys(token, entries, cause);
    else if (kind === 'remove') void store.removeKeys(token, keys, cause);
    else if (kind === 'replace') void store.replaceKeys(token, entries, cause);
    else if (kind === 'clear') void store.clearKeys(token, cause);
    await turns(pause);
  }
}

const stepOf = ([kind, keys, pause]: [KeyStep['kind'], KeyStep['keys'], number]): KeyStep => ({
  kind,
  keys,
  value: 0,
  pause,
});

/** Removed while the list was on its way, and stored again before its values came. */
const removedInList: ['set' | 'remove' | 'replace', ('a' | 'e')[], pause: number][] = [
  ['set', ['a'], 3],
  ['set', ['a'], 2],
  ['set', ['a'], 4],
  ['replace', ['e'], 4],
  ['set', ['a'], 2],
  ['remove', ['e'], 1],
  ['set', ['e', 'a'], 0],
];

test('keys that change while the store answers are shown as they are in the end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(keyStep, { maxLength: 20 }), async (steps) => {
      const { store, create } = createStore();
      const token = create();
      const id = idOf(token);
      void store.setKeys(token, entriesOf({ a: '1', b: '1', c: '1' }), cause);
      const delta = new KeyDelta(delayingStore(store), { id });
      store.subscribe((change) => delta.mark(change));
      const shown = new Shown(delta);
      await changeKeys(store, token, steps);
      await shown.end();
      const names = given(await store.listKeys(id, { from: 0, count: 100 })) ?? [];
      const stored = given(await store.viewKeys(id, names));
      expect([...shown.items]).toEqual([...(stored?.entries ?? [])]);
    }),
    {
      numRuns: 200,
      examples: [[removedInList.map(stepOf)]],
    },
  );
});

/** A key removed and stored again while the list, which has it at its new place, was on its way. */
const movedInList: ['set' | 'remove' | 'clear', ('a' | 'b' | 'e')[], pause: number][] = [
  ['set', ['a'], 1],
  ['clear', ['a'], 1],
  ['set', ['a'], 1],
  ['set', ['b', 'a'], 4],
  ['set', ['a'], 1],
  ['set', ['a'], 2],
  ['remove', ['b'], 0],
  ['set', ['b', 'e'], 0],
];

test('a window of keys shows some that follow each other, as they are in the end', async () => {
  const wanted = fc.record({ from: fc.nat(5), count: fc.integer({ min: 1, max: 4 }) });
  await fc.assert(
    fc.asyncProperty(wanted, fc.array(keyStep, { maxLength: 20 }), async (range, steps) => {
      const { store, create } = createStore();
      const token = create();
      const id = idOf(token);
      void store.setKeys(token, entriesOf({ x: '1', a: '1', b: '1', y: '1' }), cause);
      const delta = new KeyDelta(delayingStore(store), { id, ...range });
      store.subscribe((change) => delta.mark(change));
      const shown = new Shown(delta);
      await changeKeys(store, token, steps);
      await shown.end();
      const names = given(await store.listKeys(id, { from: 0, count: 100 })) ?? [];
      const stored = given(await store.viewKeys(id, names));
      const [first = ''] = shown.items.keys();
      const at = Math.max(0, names.indexOf(first));
      const entries = [...(stored?.entries ?? [])].slice(at, at + shown.items.size);
      expect([...shown.items]).toEqual(entries);
      expect(shown.items.size).toBeLessThanOrEqual(range.count);
      expect(shown.items.size > 0).toBe(names.length > 0);
    }),
    {
      numRuns: 300,
      examples: [[{ from: 0, count: 3 }, movedInList.map(stepOf)]],
    },
  );
});

const sessionStep = fc.record({
  kind: fc.constantFrom('create', 'share', 'end', 'set'),
  at: fc.nat(5),
  pause: fc.nat(4),
});

test('sessions that change while the store answers are shown as they are in the end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(sessionStep, { maxLength: 20 }), async (steps) => {
      const { store, create, share } = createStore();
      const tokens = [create(), create(), create()];
      const delta = new SessionDelta(delayingStore(store));
      store.subscribe((change) => delta.mark(change));
      const shown = new Shown({
        get hasChanges() {
          return delta.hasChanges;
        },
        next: () => delta.next(0),
      });
      for (const { kind, at, pause } of steps) {
        const token = tokens[at % tokens.length];
        if (kind === 'create' || token === undefined) tokens.push(create());
        // The same token, so the same id, after each end.
        else if (kind === 'share') tokens.push(share());
        else if (kind === 'end') void store.endSession(token, cause);
        else void store.setKeys(token, entriesOf({ [`key ${pause}`]: '1' }), cause);
        await turns(pause);
      }
      await shown.end();
      const living = given(await store.viewSessions(given(await store.listSessions(100))));
      expect([...shown.items]).toEqual(living.map(({ id, keyCount }) => [id, keyCount]));
    }),
    { numRuns: 200 },
  );
});
