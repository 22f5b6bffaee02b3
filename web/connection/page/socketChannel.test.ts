import { expect, onTestFinished, test } from 'vitest';
import {
  setTimer,
  socketDeps,
  socketsInChannel as openSocket,
  startConnection,
  startPeer,
} from '../../../test/web/connectionHarness.ts';
import { serveSocket } from '../worker/serveSocket.ts';
import { socketsThroughChannels } from './socketChannel.ts';
import type { OpenSocket, SocketAsk } from '../socketPort.ts';
import { socketsIn } from './workerSockets.ts';
import { outgoing } from './outgoing.ts';

const list = '{"SH_INFO_ALL_RSP":{"sessions":[]}}';

test('a conversation through the channel is the same as without it', async () => {
  const peer = await startPeer((text, socket) => {
    if (text === 'end') socket.close(4000, 'done');
    else socket.send(list);
  });
  const { connection, received, sent, outcomes, untilState, until, view } = startConnection(
    peer.port,
    { openSocket },
  );
  connection.send(outgoing('{"SH_INFO_ALL":{}}'));
  await until(() => outcomes.size === 1);
  expect(received()[0]).toMatchObject({ requestId: sent()[0]?.id, text: list });
  expect(view().handshake?.answer?.connectMs).toBeGreaterThan(0);
  connection.send(outgoing('end'));
  await untilState('retrying');
  expect(view().lastClose).toMatchObject({ code: 4000, reason: 'done' });
});

test('a latency is from the socket to the socket, however busy the page is in between', async () => {
  const stamps = { sent: 0, arrived: 0 };
  const peer = await startPeer((_, socket) => socket.send(list));
  const spying: OpenSocket = (ask, onEvents) =>
    openSocket(ask, (events) => {
      for (const event of events) {
        if (event.type === 'sent') stamps.sent = event.atMs;
        if (event.type === 'arrived') stamps.arrived = event.atMs;
      }
      onEvents(events);
    });
  let pageMs = 0;
  const { connection, received, until } = startConnection(peer.port, {
    openSocket: spying,
    // The page's own clock runs far off, as a page's does that has no moment to look at it.
    nowMs: () => (pageMs += 1_000_000),
  });
  connection.send(outgoing('{"SH_INFO_ALL":{}}'));
  await until(() => received().length === 1);
  expect(received()[0]?.latencyMs).toBe(stamps.arrived - stamps.sent);
});

test('regression 5: thousands of messages at once are all recorded, in order, each with its time', async () => {
  const count = 20_000;
  const peer = await startPeer((_, socket) => {
    for (let index = 0; index < count; index += 1) socket.send(`{"n":${index}}`);
  });
  const { connection, received } = startConnection(peer.port, { openSocket });
  const isAll = new Promise<void>((resolve) => {
    let recorded = 0;
    connection.subscribe((event) => {
      if (event.type === 'entry' && event.entry.kind === 'received') recorded += 1;
      if (recorded === count) resolve();
    });
  });
  connection.send(outgoing('{"SH_INFO_ALL":{}}'));
  await isAll;
  expect(received().every(({ text }, index) => text === `{"n":${index}}`)).toBe(true);
  const times = received().map(({ atMs }) => atMs);
  expect(times.every((atMs, index) => atMs >= (times[index - 1] ?? 0))).toBe(true);
});

test('a binary message keeps its bytes through the channel', async () => {
  const peer = await startPeer((_, socket) => socket.send(Buffer.from([0, 255, 7])));
  const { connection, received, until } = startConnection(peer.port, { openSocket });
  connection.send(outgoing('{"SH_INFO_ALL":{}}'));
  await until(() => received().length === 1);
  expect(received()[0]).toMatchObject({ text: '', bytes: 3 });
  expect([...(received()[0]?.binary ?? [])]).toEqual([0, 255, 7]);
});

test('what the socket refuses is reported through the channel', async () => {
  const refusing: OpenSocket = socketsThroughChannels((ask, farEnd) => {
    const makeSocket = () => {
      throw new Error('Not from this page');
    };
    serveSocket(ask, farEnd, { ...socketDeps, makeSocket, setTimer });
  });
  const { connection, untilState, view } = startConnection(1, { openSocket: refusing });
  connection.connect();
  await untilState('closed');
  expect(view().status).toMatchObject({
    close: { code: 0, fault: { fault: 'browserRefused', detail: 'Not from this page' } },
  });
});

test('a worker that fails is reported as a lost connection, and the next try makes another', async () => {
  const peer = await startPeer((_, socket) => socket.send(list));
  /** A worker in this thread; the first one's script cannot be fetched. */
  const workers: EventTarget[] = [];
  const makeWorker = () => {
    const isBroken = workers.length === 0;
    const worker = Object.assign(new EventTarget(), {
      postMessage: (ask: SocketAsk, [channel]: [MessagePort]) => {
        if (isBroken) onTestFinished(() => channel.close());
        else serveSocket(ask, channel, { ...socketDeps, setTimer });
      },
      terminate: () => {},
    });
    workers.push(worker);
    return worker as unknown as Worker;
  };
  const { connection, received, runTimers, until, untilState } = startConnection(peer.port, {
    openSocket: socketsIn(makeWorker),
  });
  connection.connect();
  workers[0]?.dispatchEvent(new Event('error'));
  await untilState('retrying');
  runTimers();
  connection.send(outgoing('{"SH_INFO_ALL":{}}'));
  await until(() => received().length === 1);
  expect(workers).toHaveLength(2);
});
