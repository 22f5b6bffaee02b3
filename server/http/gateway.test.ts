import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { dataAlone } from '../../test/server/dataAlone.ts';
import { TestClient } from '../../test/server/testServer.ts';
import type { Clock } from '../../protocol/clock.ts';
import type { Dispatch } from '../commands/dispatch.ts';
import { createLog } from '../log.ts';
import { DataConnection, type ClientDoor } from '../sockets/dataConnection.ts';
import { defaultLimits } from '../sockets/limits.ts';
import type { Accepted } from '../sockets/socketConnection.ts';
import { MissBudgets } from '../sockets/missBudget.ts';
import { createGateway, type Gateway, type GatewayOptions } from './gateway.ts';
import type { SiteFile } from './siteFiles.ts';

let gateway: Gateway | undefined;
let port: number;
let logged: string[];
let time: FakeClock;
/** The next look at the clock throws: a fault wherever that is. */
let isClockFaulty: boolean;

beforeEach(() => {
  logged = [];
  time = new FakeClock();
  isClockFaulty = false;
});
afterEach(() => gateway?.close());

const clock: Clock = {
  nowMs: () => {
    if (!isClockFaulty) return time.nowMs();
    isClockFaulty = false;
    throw new Error('a fault of this test');
  },
  setTimer: (run, delayMs) => time.setTimer(run, delayMs),
};

interface Parts extends Partial<GatewayOptions> {
  readonly dispatch?: Dispatch;
  readonly connect?: (accepted: Accepted, door: ClientDoor) => DataConnection;
}

async function start({
  dispatch = (text) => text,
  connect = (accepted, door) => new DataConnection(accepted, door),
  ...options
}: Parts = {}): Promise<void> {
  const log = createLog({
    level: 'error',
    write: (line) => logged.push(line),
    nowMs: () => 0,
  });
  const misses = new MissBudgets(time, defaultLimits);
  const limits = { ...defaultLimits, drainMs: 50, endWorkMs: 50, lastSyncMs: 50 };
  let connection = 0;
  const door = { dispatch, misses, nextConnection: () => (connection += 1) };
  gateway = createGateway({
    clock,
    limits,
    log,
    ...dataAlone,
    connectData: (accepted) => connect(accepted, door),
    ...options,
  });
  port = await gateway.listen({ ip: '127.0.0.1', port: 0 });
}

const open = () => TestClient.open(`ws://127.0.0.1:${port}`);

test('whatever fails in the work of a connection ends that one with 1011 and a line in the log', async () => {
  // Longer than may wait for a reader: the time is noted.
  const long = 'x'.repeat(defaultLimits.highWaterBytes * 3);
  await start({
    dispatch: (text) => {
      isClockFaulty = text === 'fail';
      return text === 'fail' ? long : text;
    },
  });
  const [client, other] = [await open(), await open()];
  client.socket.send('fail');
  expect(await client.closed).toBe(1011);
  expect(logged.join()).toContain('The work of a connection failed: Error');
  expect(await other.ask('next')).toBe('next');
});

test('a connection that cannot be taken in is dropped, and the next one is accepted', async () => {
  await start();
  isClockFaulty = true;
  const socket = new WebSocket(`ws://127.0.0.1:${port}`);
  socket.on('error', () => undefined);
  await once(socket, 'close');
  expect(logged.join()).toContain('A connection could not be taken in: Error');
  expect(await (await open()).ask('next')).toBe('next');
});

test('a heartbeat that fails ends its connection, and the others have theirs', async () => {
  class Failing extends DataConnection {
    override beat(): void {
      throw new Error('a fault of this test');
    }
  }
  const beats: number[] = [];
  class Counting extends DataConnection {
    override beat(): void {
      beats.push(1);
    }
  }
  const kinds = [Failing, Counting];
  await start({
    connect: (accepted, door) => new (kinds.shift() ?? DataConnection)(accepted, door),
  });
  const [client, other] = [await open(), await open()];
  time.advance(defaultLimits.heartbeatMs);
  expect(await client.closed).toBe(1006);
  expect(logged.join()).toContain('The work of a connection failed: Error');
  expect(beats).toEqual([1]);
  expect(await other.ask('next')).toBe('next');
});

test('what fails while a file is answered is a 500, and the next request is answered', async () => {
  class FailingFiles extends Map<string, SiteFile> {
    override get(): never {
      throw new Error('a fault of this test');
    }
  }
  await start({ files: () => new FailingFiles() });
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(500);
  expect(logged.join()).toContain('A request over HTTP failed: Error');
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
});

test.each(['endWork', 'whenSynced'])(
  '%s that does not end does not keep the server from closing',
  async (work) => {
    await start({ [work]: () => new Promise(() => {}) });
    const client = await open();
    await gateway?.close();
    expect(await client.closed).toBe(1001);
  },
);
