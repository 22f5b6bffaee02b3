import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { dataAlone } from '../../test/server/dataAlone.ts';
import { TestClient } from '../../test/server/testServer.ts';
import type { Dispatch } from '../commands/dispatch.ts';
import { createGateway, type Gateway } from '../http/gateway.ts';
import { silentLog } from '../log.ts';
import { DataConnection } from './dataConnection.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { MissBudgets } from './missBudget.ts';

let gateway: Gateway;
let clock: FakeClock;
let connections: DataConnection[];

const asLongAsItSays: Dispatch = (text) => 'x'.repeat(Number(text));

/** A real gateway whose commands are carried out by a function of the test. */
async function start(
  changed: Partial<Limits> = {},
  dispatch = asLongAsItSays,
): Promise<() => Promise<TestClient>> {
  clock = new FakeClock();
  connections = [];
  const limits = { ...defaultLimits, ...changed };
  const door = {
    dispatch,
    misses: new MissBudgets(clock, limits),
    nextConnection: () => connections.length + 1,
  };
  gateway = createGateway({
    clock,
    limits,
    log: silentLog,
    ...dataAlone,
    connectData: (accepted) => {
      const connection = new DataConnection(accepted, door);
      connections.push(connection);
      return connection;
    },
  });
  const port = await gateway.listen({ ip: '127.0.0.1', port: 0 });
  return () => TestClient.open(`ws://127.0.0.1:${port}`);
}

afterEach(() => gateway.close());

test('connections share the listeners of their sockets, and nobody listens to a WebSocket', async () => {
  const open = await start();
  await Promise.all([open(), open()]);
  const [first, second] = connections.map(({ tcp }) =>
    tcp.eventNames().flatMap((event) => tcp.rawListeners(event)),
  );
  expect(first).toEqual(second);
  expect(connections[0]?.tcp.rawListeners('data')).toHaveLength(1);
  expect(connections.flatMap(({ socket }) => socket.eventNames())).toEqual([]);
});

/** Stops reading, and asks for so much that the system does not take all. */
async function openSlowReader(open: () => Promise<TestClient>, replyLength: number) {
  const client = await open();
  client.socket.pause();
  const [connection] = connections;
  let asked = 0;
  for (; connection?.outlet.queuedBytes === 0; asked += 1) {
    client.socket.send(String(replyLength));
    if (asked % 10 === 0) await turn();
  }
  return { client, asked };
}

test.each([
  ['a little', 1_000],
  ['much', 200_000],
])(
  '%s that a reader does not take waits for it in order, over a heartbeat',
  async (_what, length) => {
    const open = await start({ stallMs: 10 * defaultLimits.heartbeatMs });
    const { client, asked } = await openSlowReader(open, length);
    const ask = async (replyLength: number) => {
      client.socket.send(String(replyLength));
      for (let turns = 0; turns < 20; turns += 1) await turn();
    };
    await ask(1);
    await ask(2);
    clock.advance(defaultLimits.heartbeatMs);
    await ask(3);
    client.socket.resume();
    for (let read = 0; read < asked; read += 1) expect(await client.next()).toHaveLength(length);
    for (const last of [1, 2, 3]) expect(await client.next()).toHaveLength(last);
    await expect.poll(() => connections[0]?.outlet.queuedBytes).toBe(0);
    clock.advance(defaultLimits.heartbeatMs);
    expect(await client.ask('4')).toHaveLength(4);
  },
);

test('a reader that is held up by its first write continues when it has taken that', async () => {
  const open = await start({ highWaterBytes: 1 });
  const { client, asked } = await openSlowReader(open, 1_000);
  client.socket.resume();
  for (let read = 0; read < asked; read += 1) expect(await client.next()).toHaveLength(1_000);
  expect(connections[0]?.outlet.isHeldUp).toBe(false);
});

test('texts of any characters and lengths, in any pieces, come as they were sent, also where they waited', async () => {
  const afterTurns = async (text: string) => {
    for (let turns = 0; turns < 5; turns += 1) await turn();
    return text;
  };
  const dispatch: Dispatch = (text) => (text?.startsWith('later') ? afterTurns(text) : text);
  const open = await start({ maxInFlight: 2 }, dispatch);
  const client = await open();
  const { _socket: tcp } = client.socket as unknown as { _socket: Socket };
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.string({ unit: 'binary', maxLength: 130 }),
    fc.nat(990).map((length) => 'a'.repeat(length)),
    fc.nat(120).map((length) => `later ${'é'.repeat(length)}`),
    fc.constantFrom('later', 'later on', '\u007f\u0080', 'ÿ'),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(text, { maxLength: 30 }), { maxLength: 4 }),
      async (chunks) => {
        for (const texts of chunks) {
          tcp.cork();
          for (const each of texts) client.socket.send(each);
          tcp.uncork();
          // Others come while these wait.
          await turn();
        }
        for (const each of chunks.flat())
          expect(await client.next()).toBe(Buffer.from(each).toString());
      },
    ),
    { numRuns: 150 },
  );
});
