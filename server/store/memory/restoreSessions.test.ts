import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Token } from '../../../protocol/token.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import {
  atOnce,
  cause,
  createMemoryStore,
  given,
  tokenOf,
} from '../../../test/server/memoryStore.ts';
import { endsAfter, entriesOf } from '../../../test/server/storeContract/storeUnderTest.ts';
import type { Change, Gap } from '../changes.ts';
import type { RestoredSession, SessionStore } from '../sessionStore.ts';
import { defaultStoreLimits } from '../storeLimits.ts';
import { loadedPerStep } from './restoreSessions.ts';

const nextTurn = promisify(setImmediate);

/** Sessions without keys, but for those named. */
function saved(count: number, more: Partial<RestoredSession>[] = []): RestoredSession[] {
  return Array.from({ length: count }, (_, index) => ({
    token: String(index + 1) as Token,
    name: 'back',
    shared: false,
    keys: new Map(),
    ...more[index],
  }));
}

const many = loadedPerStep * 5;

async function tokensOf(store: SessionStore): Promise<Token[]> {
  const tokens: Token[] = [];
  for await (const { token } of store.scan()) tokens.push(token);
  return tokens;
}

/** Until a load is half done. */
async function halfway(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await nextTurn();
}

function start(limits = defaultStoreLimits) {
  const clock = new FakeClock();
  const store = createMemoryStore({ clock, limits });
  const sharedSession = () => tokenOf(store.newSession({ name: 'shared', shared: true }, cause));
  return { clock, store, sharedSession };
}

describe('at the size of a step', () => {
  const entries = (count: number) =>
    new Map(entriesOf(Object.fromEntries(Array.from({ length: count }, (_, at) => [at, '1']))));

  test.each([
    ['one less', saved(loadedPerStep - 1), true],
    ['as many', saved(loadedPerStep), true],
    ['one more', saved(loadedPerStep + 1), false],
    ['as many with the keys', saved(1, [{ keys: entries(loadedPerStep - 1) }]), true],
    ['one more with the keys', saved(1, [{ keys: entries(loadedPerStep) }]), false],
    ['many steps of keys of one session', saved(2, [{ keys: entries(many) }]), false],
  ])('%s', async (_, sessions, isAtOnce) => {
    const { store } = start();
    let keys = 0;
    for (const each of sessions) keys += each.keys.size;
    const outcome = store.restoreSessions(sessions, cause);
    expect(outcome instanceof Promise).toBe(!isAtOnce);
    expect(given(await outcome)).toEqual({ sessions: sessions.length, keys });
    expect(await tokensOf(store)).toEqual(sessions.map(({ token }) => token));
    const { bytes } = given(store.totals());
    for (const token of await tokensOf(store)) given(store.endSession(token, cause));
    expect(given(store.totals())).toEqual({ sessions: 0, keys: 0, bytes: 0 });
    expect(bytes).toBeGreaterThan(0);
  });
});

describe('while many sessions are put back', () => {
  test('nothing of it is seen before all of it is', async () => {
    const { store } = start();
    await store.listSessions(1);
    const loaded = store.restoreSessions(saved(many), cause);
    await halfway();
    expect(given(store.totals()).sessions).toBe(0);
    expect(given(store.livingTokens(['1' as Token]))).toEqual([]);
    expect(atOnce(store.setKeys('1' as Token, entriesOf({ a: '1' }), cause)).ok).toBe(false);
    expect(await tokensOf(store)).toEqual([]);
    expect(given(await store.listSessions(5))).toEqual([]);
    await loaded;
    const last = [many - 1, many].map(String);
    const views = given(await store.viewSessions(given(await store.listSessions(2))));
    expect(views.map(({ token }) => token)).toEqual(last);
  });

  test('one that is made under a token of theirs stays, and they count without it', async () => {
    const { store, sharedSession } = start();
    const { token } = { token: sharedSession() };
    given(store.endSession(token, cause));
    const loaded = store.restoreSessions(saved(many, [{ token, name: 'old' }]), cause);
    await halfway();
    sharedSession();
    await store.setKeys(token, entriesOf({ own: '1' }), cause);
    expect(given(await loaded)).toEqual({ sessions: many - 1, keys: 0 });
    expect(given(store.keyNames(token))).toEqual(['own']);
    expect((await tokensOf(store))[0]).toBe(token);
    expect(given(store.totals()).sessions).toBe(many);
  });

  test('one that ends during the load is missing, and comes back with them', async () => {
    const { store, sharedSession } = start();
    const token = sharedSession();
    const keys = new Map(entriesOf({ back: '1' }));
    const loaded = store.restoreSessions(saved(many, [{ token, keys }]), cause);
    await halfway();
    given(store.endSession(token, cause));
    expect(given(await loaded)).toEqual({ sessions: many, keys: 1 });
    expect(given(store.keyNames(token))).toEqual(['back']);
  });

  test('an end of all ends what is there, and the load is whole', async () => {
    const { store } = start();
    given(await store.restoreSessions(saved(loadedPerStep * 2), cause));
    const loaded = store.restoreSessions(saved(many), cause);
    await halfway();
    expect(given(store.endAllSessions(cause))).toBe(loadedPerStep * 2);
    expect(given(store.totals()).sessions).toBe(0);
    expect(given(await loaded)).toEqual({ sessions: many, keys: 0 });
    expect(new Set(await tokensOf(store)).size).toBe(many);
  });

  test('it begins again when all end in the middle of it, and changes have each session once', async () => {
    const { store, sharedSession } = start();
    sharedSession();
    const created: string[] = [];
    store.subscribe((change) => {
      if (change.kind === 'created') for (const { token } of change.sessions) created.push(token);
    });
    const loaded = store.restoreSessions(saved(many), cause);
    await halfway();
    expect(given(store.endAllSessions(cause))).toBe(1);
    const token = sharedSession();
    expect(given(await loaded)).toEqual({ sessions: many, keys: 0 });
    expect(await tokensOf(store)).toEqual([token, ...saved(many).map((each) => each.token)]);
    expect(created).toEqual(await tokensOf(store));
  });

  test('an end of all just after they have appeared ends all of them', async () => {
    const { store } = start();
    const loaded = store.restoreSessions(saved(many), cause);
    while (given(store.totals()).sessions === 0) await nextTurn();
    expect(given(store.endAllSessions(cause))).toBe(many);
    expect(given(store.livingTokens(['1' as Token, String(many) as Token]))).toEqual([]);
    given(await loaded);
    expect(given(store.totals())).toEqual({ sessions: 0, keys: 0, bytes: 0 });
    expect(await tokensOf(store)).toEqual([]);
  });

  test('for lack of room none is put back, and what was done during the load stays', async () => {
    const { store, sharedSession } = start({ ...defaultStoreLimits, maxSessions: many });
    const loaded = store.restoreSessions(saved(many), cause);
    await halfway();
    const token = sharedSession();
    const refusal = { status: 'LimitReached', param: 'max-sessions' };
    expect(await loaded).toEqual({ ok: false, refusal });
    expect(await tokensOf(store)).toEqual([token]);
    given(store.endSession(token, cause));
    expect(given(store.totals())).toEqual({ sessions: 0, keys: 0, bytes: 0 });
    expect(given(await store.restoreSessions(saved(many), cause)).sessions).toBe(many);
  });

  test('of two loads of the same, the second finds nothing missing', async () => {
    const { store } = start();
    const [first, second] = [
      store.restoreSessions(saved(many), cause),
      store.restoreSessions(saved(many), cause),
    ];
    expect(given(await second)).toEqual({ sessions: 0, keys: 0 });
    expect(given(await first)).toEqual({ sessions: many, keys: 0 });
    expect(given(store.totals()).sessions).toBe(many);
  });

  test('a time that runs out during the load is over when they appear, and changes say so', async () => {
    const { store, clock } = start();
    await store.open();
    const changes: (Change | Gap)[] = [];
    store.subscribe((change) => changes.push(change));
    const keys = new Map(entriesOf({ a: '1' }));
    const sessions = saved(many, [
      { expiry: endsAfter(1), keys },
      { expiry: { durationSec: 1, deleteSession: false }, keys },
      { expiry: endsAfter(60) },
    ]);
    const loaded = store.restoreSessions(sessions, cause);
    await halfway();
    clock.advance(1_500);
    expect(given(await loaded)).toEqual({ sessions: many, keys: 2 });
    expect(given(await store.totals())).toMatchObject({ sessions: many - 1, keys: 0 });
    expect(changes).toMatchObject([
      { kind: 'created', by: 'load' },
      { kind: 'ended', sessions: [{ token: '1' }] },
      { kind: 'cleared', session: { token: '2' } },
    ]);
    clock.advance(60_000);
    expect(given(await store.totals()).sessions).toBe(many - 2);
    await store.close();
  });

  test('a scan that began before shows none of them, one that began after shows all', async () => {
    const { store, sharedSession } = start();
    const token = sharedSession();
    const loaded = store.restoreSessions(saved(many), cause);
    await halfway();
    const early = store.scan()[Symbol.asyncIterator]();
    const first = await early.next();
    given(await loaded);
    const late = store.scan()[Symbol.asyncIterator]();
    await late.next();
    given(store.endAllSessions(cause));
    expect([first.value?.token, (await early.next()).done]).toEqual([token, true]);
    let rest = 0;
    while (!(await late.next()).done) rest += 1;
    expect(rest).toBe(many);
  });

  test('a follower that begins during the load reads everything again', async () => {
    const { store } = start();
    const loaded = store.restoreSessions(saved(many), cause);
    await halfway();
    const changes: (Change | Gap)[] = [];
    store.subscribe((change) => changes.push(change));
    await loaded;
    expect(changes).toEqual([{ kind: 'gap' }]);
  });
});
