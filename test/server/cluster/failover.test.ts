import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Change, Gap } from '../../../server/store/changes.ts';
import { systemClock } from '../../../server/clock.ts';
import { silentLog } from '../../../server/log.ts';
import { ClusterStore } from '../../../server/store/cluster/clusterStore.ts';
import { unavailable } from '../../../server/store/refusals.ts';
import { createTokenSource } from '../../../server/store/tokenSource.ts';
import { cause, given, idOf } from '../memoryStore.ts';
import { ask } from '../../../client/testing/redisNodes.ts';
import type { TestRedis } from '../../../client/testing/startRedis.ts';
import { whyNoRedis } from '../whyNoRedis.ts';
import { newSession } from '../storeContract/storeUnderTest.ts';
import { startRedisCluster, type RedisCluster } from './redisCluster.ts';

const timeout = 60_000;

describe.skipIf(whyNoRedis)(`a cluster${whyNoRedis ? ` ${whyNoRedis}` : ''}`, { timeout }, () => {
  let cluster: RedisCluster;
  let stores: ClusterStore[];

  beforeAll(async () => {
    cluster = await startRedisCluster();
    stores = await Promise.all([opened(), opened()]);
  }, timeout);
  // What went wrong with a cluster is hard to repeat.
  beforeEach(({ onTestFailed }) => {
    onTestFailed(async () => {
      const states = stores.map((store) => JSON.stringify(store.status()));
      process.stdout.write(`${[...states, await cluster.report()].join('\n')}\n`);
    });
  });
  afterAll(async () => {
    await Promise.all(stores.map(async (store) => store.close()));
    await cluster.stop();
  });

  async function opened(
    waitMs = 15_000,
    ack: 'replica' | 'strict' = 'replica',
  ): Promise<ClusterStore> {
    const store = new ClusterStore({
      access: {
        nodes: cluster.servers.map(({ port }) => ({ host: '127.0.0.1', port })),
        cluster: 'auto',
        isTls: false,
        waitMs,
        ack,
      },
      clock: systemClock,
      tokens: createTokenSource(),
      idOf,
      log: silentLog,
      serverName: () => 'test',
    });
    await store.open();
    return store;
  }

  const masterOf = (token: Token) => cluster.masterOf(`{sd${Number(token.slice(-10)) % 1024}}`);

  const add = async (store: ClusterStore, token: Token) =>
    store.addToNumber(token, { key: 'n', by: asJsonText('1') }, cause);

  test('two servers share sessions, wherever those are, and replicas confirm what they change', async () => {
    const [one, other] = stores as [ClusterStore, ClusterStore];
    await replicated(one, other);
    const tokens = await Promise.all(Array.from({ length: 20 }, async () => newSession(one)));
    await Promise.all(tokens.flatMap((token) => [add(one, token), add(other, token)]));
    const found = await Promise.all(tokens.map(async (token) => one.getKeys(token, ['n'], cause)));
    expect(found.map((outcome) => given(outcome).get('n'))).toEqual(tokens.map(() => '2'));
    expect(given(await other.totals())).toMatchObject({ sessions: 20, keys: 20 });
  });

  test('a master hangs: its sessions are answered with 901 in time, others as ever', async () => {
    const store = await opened(700);
    stores.push(store);
    const tokens = await Promise.all(Array.from({ length: 12 }, async () => newSession(store)));
    const hanging = await masterOf(tokens[0] as Token);
    const lost = await tokensOn(hanging, tokens);
    hanging.signal('SIGSTOP');
    const refused = await Promise.all(lost.map(async (token) => add(store, token)));
    const others = tokens.filter((token) => !lost.includes(token));
    const answers = async () => Promise.all(others.map(async (token) => add(store, token)));
    // On a busy machine, even nodes that work may not answer in so short a time.
    await vi.waitFor(async () => expect((await answers()).every(({ ok }) => ok)).toBe(true), {
      timeout: 20_000,
    });
    hanging.signal('SIGCONT');
    expect(refused).toEqual(lost.map(() => unavailable()));
  });

  test('a master hangs and is replaced: what waits for it does not wait for ever', async () => {
    // Far longer than this test may take.
    const store = await opened(120_000);
    stores.push(store);
    const token = await newSession(store);
    const hanging = await masterOf(token);
    hanging.signal('SIGSTOP');
    const sent = Promise.all([add(store, token), store.countKeys(token)]);
    const answered = sent.then(() => performance.now());
    const election = await seenElection(hanging);
    const [changed, read] = await sent;
    const later = await add(store, token);
    hanging.signal('SIGCONT');
    expect([changed, read.ok, later.ok]).toEqual([unavailable(), true, true]);
    // One second, and more only where already a look at a node takes long.
    const backMs = (await answered) - election.seenMs;
    process.stdout.write(`Back ${Math.round(backMs)} ms after the election.\n`);
    expect(backMs).toBeLessThan(1_000 + 10 * election.lookMs);
    await cluster.untilWhole();
    expect(given(await store.getKeys(token, ['n'], cause)).get('n')).toBe('1');
  });

  test('a node takes the place of its master, and that one its place: changes are confirmed again within a second', async () => {
    const [store] = stores as [ClusterStore];
    const token = await newSession(store);
    const untilConfirmed = async () => {
      while (!(await add(store, token)).ok);
      return performance.now();
    };
    for (const place of ['first', 'second']) {
      // From now on it is known that the node has a replica.
      await replicated(store);
      const hanging = await masterOf(token);
      hanging.signal('SIGSTOP');
      const confirmed = untilConfirmed();
      const election = await seenElection(hanging);
      const backMs = (await confirmed) - election.seenMs;
      hanging.signal('SIGCONT');
      process.stdout.write(`Confirmed ${Math.round(backMs)} ms after the ${place} election.\n`);
      expect(backMs).toBeLessThan(1_000 + 10 * election.lookMs);
      await cluster.untilWhole();
    }
  });

  test('a slot moves under load: requests wait, and nothing is lost or carried out twice', async () => {
    const [one, other] = stores as [ClusterStore, ClusterStore];
    const token = await newSession(one);
    let isMoving = true;
    const confirmed: boolean[] = [];
    const load = async (store: ClusterStore) => {
      while (isMoving && confirmed.length < 100_000) confirmed.push((await add(store, token)).ok);
    };
    const loads = [load(one), load(other)];
    await vi.waitUntil(() => confirmed.length > 20, { timeout: 20_000 });
    const bucket = `{sd${Number(token.slice(-10)) % 1024}}`;
    // Half of the keys are elsewhere: neither node can carry it out.
    await cluster.moveSlot(bucket, async () => {
      loads.push(add(one, token).then((outcome) => void confirmed.push(outcome.ok)));
      await cluster.masterOf(bucket);
    });
    const moved = confirmed.length;
    await vi.waitUntil(() => confirmed.length > moved + 20, { timeout: 20_000 });
    isMoving = false;
    await Promise.all(loads);
    expect(confirmed.filter((isOk) => !isOk)).toEqual([]);
    expect(given(await one.getKeys(token, ['n'], cause)).get('n')).toBe(String(confirmed.length));
  });

  test('a replica hangs: it shows, `strict` refuses changes, and both end by themselves', async () => {
    const [store] = stores as [ClusterStore];
    const strict = await opened(1_000, 'strict');
    stores.push(strict);
    const token = await newSession(store);
    const replica = await cluster.replicaOf(await masterOf(token));
    replica.signal('SIGSTOP');
    const degraded = await add(store, token);
    const refused = await add(strict, token);
    const read = await strict.getKeys(token, ['n'], cause);
    // Each server sees for itself that the node is not cut off.
    await vi.waitFor(
      () =>
        expect([store.status(), strict.status()]).toMatchObject([
          { durability: 'master', state: 'ready' },
          { state: 'refusing', reason: 'a node has no replica in reach' },
        ]),
      { timeout: 20_000 },
    );
    replica.signal('SIGCONT');
    expect([degraded.ok, refused, read.ok]).toEqual([true, unavailable(), true]);
    // Without any change.
    await replicated(store, strict);
    expect((await add(strict, token)).ok).toBe(true);
  });

  test('a master is killed: its shard is back with all that was confirmed', async () => {
    const [store, other] = stores as [ClusterStore, ClusterStore];
    const tokens = await Promise.all(Array.from({ length: 12 }, async () => newSession(store)));
    const seen: (Change | Gap)[] = [];
    const leave = other.subscribe((change) => seen.push(change));
    await other.listSessions(1);
    const confirmed = tokens.map(() => 0);
    let sent = 0;
    const victim = await masterOf(tokens[0] as Token);
    const round = async () => {
      const outcomes = await Promise.all(tokens.map(async (token) => add(store, token)));
      sent += 1;
      for (const [at, outcome] of outcomes.entries()) {
        if (outcome.ok) confirmed[at] = (confirmed[at] ?? 0) + 1;
        else expect(outcome).toEqual(unavailable());
      }
      return outcomes.every(({ ok }) => ok);
    };
    victim.signal('SIGSTOP');
    const before = round();
    const reads = Promise.all(tokens.map(async (token) => store.countKeys(token)));
    await victim.close();
    // Of changes that were under way nobody knows. What only reads, and what is sent later, waits for the election.
    expect(await before).toBe(false);
    // On a very busy machine a second node may seem to be lost; an election takes longer than three quick 901s.
    let isBack = false;
    for (let rounds = 0; rounds < 3 && !isBack; rounds += 1) isBack = await round();
    expect(isBack).toBe(true);
    expect((await reads).every(({ ok }) => ok)).toBe(true);
    for (const [at, token] of tokens.entries()) {
      const value = Number(given(await store.getKeys(token, ['n'], cause)).get('n'));
      expect(value).toBeGreaterThanOrEqual(confirmed[at] ?? 0);
      expect(value).toBeLessThanOrEqual(sent);
    }
    // Who follows through the other server has what changes there, and is notified if it has missed any.
    await vi.waitFor(
      async () => {
        await add(store, tokens[0] as Token);
        expect(seen.at(-1)).toMatchObject({ kind: 'stored', session: { token: tokens[0] } });
        const total = Number(given(await store.getKeys(tokens[0] as Token, ['n'], cause)).get('n'));
        const isGap = ({ kind }: Change | Gap) => kind === 'gap';
        expect(seen.some(isGap) || changesOf(seen, tokens[0] as Token) === total).toBe(true);
      },
      { timeout: 20_000, interval: 200 },
    );
    leave();
    // Its replica is the master now, and has none. A server that has changed nothing since knows it as well.
    const states = () => stores.slice(0, 2).map((each) => each.status());
    const degraded = { durability: 'master', state: 'ready' };
    await vi.waitFor(() => expect(states()).toMatchObject([degraded, degraded]), {
      timeout: 20_000,
    });
  });

  /** Waits until another node knows who has the place of one. @returns When, and how long it takes to ask a node. */
  async function seenElection(lost: TestRedis) {
    const witness = cluster.servers.find((node) => node !== lost) as TestRedis;
    const hasSlots = new RegExp(`:${lost.port}@\\S* \\S*master.* \\d+-\\d+`);
    for (;;) {
      const askedMs = performance.now();
      const nodes = await ask(witness.port, 'CLUSTER', 'NODES');
      const seenMs = performance.now();
      if (!hasSlots.test(nodes)) return { seenMs: askedMs, lookMs: seenMs - askedMs };
    }
  }

  function changesOf(seen: readonly (Change | Gap)[], token: Token): number {
    return seen.filter((each) => each.kind === 'stored' && each.session.token === token).length;
  }

  /** On a busy machine a replica may answer too late at first. */
  async function replicated(...some: ClusterStore[]): Promise<void> {
    const isReplicated = (store: ClusterStore) => {
      const { durability, state } = store.status();
      return durability === 'replica' && state === 'ready';
    };
    await vi.waitUntil(() => some.every(isReplicated), { timeout: 20_000 });
  }

  async function tokensOn(server: TestRedis, tokens: readonly Token[]): Promise<Token[]> {
    const owners = await Promise.all(tokens.map(async (token) => masterOf(token)));
    return tokens.filter((_, at) => owners[at] === server);
  }
});
