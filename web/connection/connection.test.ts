import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocket as NodeWebSocket, WebSocketServer, type WebSocket as Peer } from 'ws';
import { Connection } from './connection.ts';
import type { ConnectionState } from './connectionView.ts';
import { directSockets } from './directSockets.ts';
import type { Entry, FeedEvent, Outcome } from './exchange.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean();
});

/** A peer that answers as it is told; the connection under test is the real one. */
async function startPeer(answer: (text: string, peer: Peer) => void, port = 0) {
  const server = new WebSocketServer({ host: '127.0.0.1', port });
  server.on('connection', (peer) =>
    peer.on('message', (data) => answer((data as Buffer).toString(), peer)),
  );
  await once(server, 'listening');
  const stop = () => {
    for (const peer of server.clients) peer.terminate();
    server.close();
  };
  cleanups.push(stop);
  return { port: (server.address() as AddressInfo).port, server, stop };
}

function startConnection(port: number) {
  const timers: (() => void)[] = [];
  const connection = new Connection(`ws://127.0.0.1:${port}`, {
    openSocket: directSockets({
      makeSocket: (url, subprotocols) =>
        new NodeWebSocket(url, subprotocols) as unknown as WebSocket,
      nowMs: () => performance.now(),
    }),
    nowMs: () => performance.now(),
    setTimer: (run) => {
      timers.push(run);
      return () => timers.splice(timers.indexOf(run), 1);
    },
  });
  const entries: Entry[] = [];
  const outcomes = new Map<number, Outcome>();
  const watchers = new Set<() => void>();
  const observe = (event: FeedEvent) => {
    if (event.type === 'entry') entries.push(event.entry);
    else outcomes.set(event.id, event.outcome);
    for (const watch of watchers) watch();
  };
  connection.subscribe(observe);
  connection.store.subscribe(() => watchers.forEach((watch) => watch()));
  cleanups.push(() => connection.dispose());
  const until = (isTrue: () => boolean) =>
    new Promise<void>((resolve) => {
      const watch = () => {
        if (!isTrue()) return;
        watchers.delete(watch);
        resolve();
      };
      watchers.add(watch);
      watch();
    });
  const untilState = (state: ConnectionState['state']) =>
    until(() => connection.store.getState().status.state === state);
  const received = () => entries.filter((entry) => entry.kind === 'received');
  const sent = () => entries.filter((entry) => entry.kind === 'sent');
  return { connection, entries, outcomes, timers, until, untilState, received, sent };
}

const newSession = '{"SH_NEW":{"name":"user1"}}';
const newSessionReply = '{"SH_NEW_RSP":{"st":1,"name":"user1","tkn":"14247375118774737462"}}';

test('a message sent without a connection connects first and goes out once', async () => {
  const peer = await startPeer((text, socket) =>
    socket.send(`{"${'ERR'}":{"st":3,"m":""}}${text && ''}`),
  );
  const { connection, sent, received, until } = startConnection(peer.port);
  connection.send('{');
  await until(() => received().length === 1);
  expect(sent().map((entry) => entry.text)).toEqual(['{']);
});

test('a reply is paired with its request and tells its token', async () => {
  const peer = await startPeer((_, socket) => socket.send(newSessionReply));
  const { connection, received, sent, outcomes, until } = startConnection(peer.port);
  connection.send(newSession);
  await until(() => outcomes.size === 1);
  expect(received()[0]).toMatchObject({
    name: 'SH_NEW_RSP',
    statuses: ['Ok'],
    requestId: sent()[0]?.id,
    learned: ['tkn', 'tkn:user1'],
    text: newSessionReply,
  });
  expect(connection.store.getState().variables.get('tkn')).toBe('14247375118774737462');
});

test('a quiet command that is passed over has succeeded', async () => {
  const peer = await startPeer((text, socket) => {
    if (text.includes('KV_COUNT')) socket.send('{"KV_COUNT_RSP":{"st":1,"cnt":1,"tkn":"7"}}');
  });
  const { connection, outcomes, until } = startConnection(peer.port);
  connection.connect();
  connection.send('{"KV_SETQ":{"tkn":"7","keys":{"a":1}}}');
  connection.send('{"KV_COUNT":{"tkn":"7"}}');
  await until(() => outcomes.size === 2);
  expect([...outcomes.values()].map(({ state }) => state)).toEqual(['silent', 'answered']);
});

test('an error of one of several quiet commands is paired by what it says', async () => {
  const peer = await startPeer((text, socket) => {
    if (text.includes('[]')) socket.send('{"KV_SETQ_RSP":{"st":41,"tkn":null,"m":"keys"}}');
  });
  const { connection, outcomes, sent, until } = startConnection(peer.port);
  connection.connect();
  connection.send('{"KV_SETQ":{"tkn":"7","keys":{"a":1}}}');
  connection.send('{"KV_SETQ":{"tkn":"7","keys":[]}}');
  await until(() => outcomes.size === 2);
  const [first, second] = sent().map(({ id }) => outcomes.get(id)?.state);
  expect([first, second]).toEqual(['silent', 'answered']);
});

test('a lost server is told with code and cause, and found again by itself', async () => {
  const peer = await startPeer((_, socket) => socket.send(newSessionReply));
  const { connection, entries, timers, untilState, until } = startConnection(peer.port);
  connection.connect();
  await untilState('open');
  peer.stop();
  await untilState('retrying');
  expect(connection.store.getState().status).toMatchObject({ attempt: 1, close: { code: 1006 } });
  await startPeer(() => {}, peer.port);
  timers.splice(0).forEach((run) => run());
  await until(() => entries.at(-1)?.text.startsWith('Reconnected') ?? false);
  expect(entries.map(({ kind }) => kind)).toEqual(['connection', 'connection', 'connection']);
});

test('why a connection was lost is still told after vain attempts to get it back', async () => {
  const peer = await startPeer(() => {});
  const { connection, timers, untilState, until } = startConnection(peer.port);
  connection.connect();
  await untilState('open');
  for (const socket of peer.server.clients) socket.close(1001);
  peer.server.close();
  await untilState('retrying');
  timers.splice(0).forEach((run) => run());
  await until(() => connection.store.getState().status.state === 'retrying');
  expect(connection.store.getState().status).toMatchObject({ attempt: 2, close: { code: 1001 } });
});

test('a request that is open when the connection ends is lost, not waiting for ever', async () => {
  const peer = await startPeer((_, socket) => socket.close(1001));
  const { connection, outcomes, until } = startConnection(peer.port);
  connection.send(newSession);
  await until(() => outcomes.size === 1);
  expect([...outcomes.values()]).toEqual([{ state: 'lost' }]);
});

test('disconnecting while connecting ends quietly and stays disconnected', async () => {
  const peer = await startPeer(() => {});
  const { connection, timers, untilState } = startConnection(peer.port);
  connection.connect();
  connection.disconnect();
  await untilState('closed');
  expect(timers).toEqual([]);
});

test('an address that is none is told and not retried', () => {
  const { connection, entries } = startConnection(1);
  connection.setUrl('http:// nowhere');
  connection.connect();
  expect(connection.store.getState().status).toMatchObject({ state: 'closed', close: { code: 0 } });
  expect(entries[0]).toMatchObject({ kind: 'connection', tone: 'bad' });
});
