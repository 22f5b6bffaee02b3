import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { InspectionEvent } from '../../protocol/inspection.ts';
import { asJsonText } from '../../protocol/json/jsonText.ts';
import { delayingStore } from '../../test/server/delayingStore.ts';
import { entriesOf } from '../../test/server/storeContract/storeUnderTest.ts';
import { MemoryStore } from '../store/memory/memoryStore.ts';
import { createTokenSource } from '../store/tokenSource.ts';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { KeyNews } from './keyNews.ts';
import { SessionNews } from './sessionNews.ts';

async function turns(count: number): Promise<void> {
  for (let left = count; left > 0; left -= 1) await turn();
}

interface News {
  readonly hasNews: boolean;
  next(): Promise<InspectionEvent>;
}

/** What an inspector shows that applies every frame: what was removed goes first. */
class Shown {
  readonly items = new Map<string, string | number | undefined>();
  readonly #news: News;
  #isOver = false;
  readonly #followed: Promise<void>;

  constructor(news: News) {
    this.#news = news;
    this.#followed = this.#follow();
  }

  /** Waits for all that has happened. */
  end(): Promise<void> {
    this.#isOver = true;
    return this.#followed;
  }

  async #follow(): Promise<void> {
    while (!this.#isOver || this.#news.hasNews) {
      await turn();
      if (this.#news.hasNews) this.#apply(await this.#news.next());
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
  const store = new MemoryStore({ clock: new FakeClock(), tokens: createTokenSource() });
  const create = () => {
    const made = store.newSession({ name: 'demo', shared: false });
    return made.ok ? made.value : made.refusal;
  };
  return { store, create };
}

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const keyStep = fc.record({
  kind: fc.constantFrom('set', 'remove', 'replace', 'clear', 'nothing'),
  keys: fc.uniqueArray(key, { minLength: 1, maxLength: 3 }),
  value: fc.nat(9),
  pause: fc.nat(4),
});

test('keys that change while the store answers are shown as they are in the end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(keyStep, { maxLength: 20 }), async (steps) => {
      const { store, create } = createStore();
      const token = create();
      const [id = ''] = store.listSessions(1);
      store.setKeys(token, entriesOf({ a: '1', b: '1', c: '1' }));
      const news = new KeyNews(delayingStore(store), id);
      store.subscribe((change) => news.note(change));
      const shown = new Shown(news);
      for (const { kind, keys, value, pause } of steps) {
        const entries = new Map(keys.map((each) => [each, asJsonText(String(value))]));
        if (kind === 'set') store.setKeys(token, entries);
        else if (kind === 'remove') store.removeKeys(token, keys);
        else if (kind === 'replace') store.replaceKeys(token, entries);
        else if (kind === 'clear') store.clearKeys(token);
        await turns(pause);
      }
      await shown.end();
      const stored = store.viewKeys(id, store.listKeys(id, 100) ?? []);
      expect([...shown.items]).toEqual([...(stored?.entries ?? [])]);
    }),
    { numRuns: 200 },
  );
});

const sessionStep = fc.record({
  kind: fc.constantFrom('create', 'create', 'end', 'set'),
  at: fc.nat(5),
  pause: fc.nat(4),
});

test('sessions that change while the store answers are shown as they are in the end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(sessionStep, { maxLength: 20 }), async (steps) => {
      const { store, create } = createStore();
      const tokens = [create(), create(), create()];
      const news = new SessionNews(delayingStore(store));
      store.subscribe((change) => news.note(change));
      const shown = new Shown({
        get hasNews() {
          return news.hasNews;
        },
        next: () => news.next(0),
      });
      for (const { kind, at, pause } of steps) {
        const token = tokens[at % tokens.length];
        if (kind === 'create' || token === undefined) tokens.push(create());
        else if (kind === 'end') store.endSession(token);
        else store.setKeys(token, entriesOf({ [`key ${pause}`]: '1' }));
        await turns(pause);
      }
      await shown.end();
      const living = store.viewSessions(store.listSessions(100));
      expect([...shown.items]).toEqual(living.map(({ id, keyCount }) => [id, keyCount]));
    }),
    { numRuns: 200 },
  );
});
