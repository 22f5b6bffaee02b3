import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startRedis, type TestRedis } from '../../../client/testing/startRedis.ts';
import { whyNoRedis } from '../../../test/server/whyNoRedis.ts';
import { Replication } from './replication.ts';

/** A request may wait so long; a node gets a quarter of it to ask its replica. */
const waitMs = 400;

/** A node in no cluster whose replica answers, but to each question in its own time. */
function nodeWithSlowReplica(waits: readonly number[], lags: readonly number[] = []): Redis {
  let asked = 0;
  let looked = 0;
  const node: Partial<Redis> = {
    options: { host: '127.0.0.1', port: 1 },
    wait: async () => waits[asked++] ?? 1,
    time: async () => [0, 0],
    cluster: async () =>
      Promise.reject(new Error('ERR This instance has cluster support disabled')),
    call: async () =>
      `role:master\r\nconnected_slaves:1\r\nslave0:state=online,lag=${lags[looked++] ?? 0}\r\n`,
  };
  return node as Redis; // More is not asked of it.
}

test('a replica that is slow is noticed again though nothing changes', async () => {
  const replication = new Replication(waitMs, () => undefined);
  // To the change, to the proof, and a second later to the node and to the proof.
  const node = nodeWithSlowReplica([0, 0, 0, 1]);
  expect(await replication.confirm(node)).toBe('alone');
  expect(replication.isLacking(node)).toBe(true);
  await expect.poll(() => replication.isLacking(node)).toBe(false);
  replication.close();
});

test('a replica that hangs for a while is noticed again though nothing changes', async () => {
  const replication = new Replication(waitMs, () => undefined);
  // It is found alone, still is at the first look, and its replica answers at the second.
  const node = nodeWithSlowReplica([0, 0, 0, 1], [9, 9]);
  expect(await replication.confirm(node)).toBe('alone');
  await expect.poll(() => replication.isLacking(node)).toBe(false);
  replication.close();
});

describe.skipIf(whyNoRedis)(`a change${whyNoRedis ? ` ${whyNoRedis}` : ''}`, () => {
  let server: TestRedis;
  let node: Redis;
  let replication: Replication;
  let noted: boolean[];

  beforeEach(async () => {
    server = await startRedis({ flags: ['--repl-diskless-sync-delay', '0'] });
    node = new Redis(server.port, '127.0.0.1', { retryStrategy: () => null });
    node.on('error', () => undefined);
    await once(node, 'ready');
    noted = [];
    replication = new Replication(waitMs, (areLacking) => noted.push(areLacking));
    // Something has to be confirmed.
    await node.set('key', 'value');
  });
  afterEach(async () => {
    replication.close();
    node.disconnect();
    await server.close();
  });

  test('is in its node alone if that says in time that it has no replica', async () => {
    expect(await replication.confirm(node)).toBe('alone');
    expect([replication.isLacking(node), noted]).toEqual([true, [true]]);
  });

  test('is known to nobody when the connection is lost before the answer', async () => {
    server.signal('SIGSTOP');
    const asked = replication.confirm(node);
    await server.kill();
    expect(await asked).toBe('unknown');
    expect(replication.isLacking(node)).toBe(false);
  });

  test('is known to nobody when the node has been hanging longer than it was asked to wait; where it is shows later, though nothing changes', async () => {
    server.signal('SIGSTOP');
    const asked = replication.confirm(node);
    await wait(1_000);
    server.signal('SIGCONT');
    expect(await asked).toBe('unknown');
    await expect.poll(() => replication.isLacking(node), { timeout: 20_000 }).toBe(true);
  });

  test('is known to nobody when the node has become a replica, and nothing is lacking there', async () => {
    expect(await replication.confirm(node)).toBe('alone');
    await node.replicaof('127.0.0.1', '1');
    await expect.poll(() => replication.someAreLacking, { timeout: 10_000 }).toBe(false);
    expect(await replication.confirm(node)).toBe('unknown');
  });

  test('is in its node alone, and that shows before any, when a node that once had a replica takes changes again', async () => {
    const replica = await startRedis({ flags: ['--replicaof', '127.0.0.1', String(server.port)] });
    await expect.poll(() => replication.confirm(node), { timeout: 20_000 }).toBe('replica');
    replication.watch([], []);
    await replica.close();
    await expect
      .poll(() => {
        replication.watch([node], []);
        return replication.isLacking(node);
      })
      .toBe(true);
  });

  test('is in a replica once the node has one, and that is noticed though nothing changes', async () => {
    expect(await replication.confirm(node)).toBe('alone');
    const replica = await startRedis({ flags: ['--replicaof', '127.0.0.1', String(server.port)] });
    await expect.poll(() => replication.someAreLacking, { timeout: 20_000 }).toBe(false);
    expect(await replication.confirm(node)).toBe('replica');
    expect(noted).toEqual([true, false]);
    await replica.close();
  });
});
