import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import {
  WebSocket as NodeWebSocket,
  WebSocketServer,
  type ServerOptions,
  type WebSocket as Peer,
} from 'ws';
import { Connection } from '../../web/connection/page/connection.ts';
import type { ConnectionDeps } from '../../web/connection/page/connectionDeps.ts';
import type { ConnectionState } from '../../web/connection/page/connectionView.ts';
import { directSockets } from './directSockets.ts';
import type { Entry, FeedEvent, Outcome } from '../../web/connection/page/exchange.ts';
import { serveSocket } from '../../web/connection/worker/serveSocket.ts';
import { socketsThroughChannels } from '../../web/connection/page/socketChannel.ts';
import type { OpenSocket } from '../../web/connection/socketPort.ts';

/** A peer that answers from a script; the connection under test is the real one. */
export async function startPeer(
  answer: (text: string, peer: Peer) => void,
  options: ServerOptions = {},
) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, ...options });
  server.on('connection', (peer) =>
    peer.on('message', (data) => answer((data as Buffer).toString(), peer)),
  );
  await once(server, 'listening');
  const stop = () => {
    for (const peer of server.clients) peer.terminate();
    server.close();
  };
  onTestFinished(stop);
  return { port: (server.address() as AddressInfo).port, server, stop };
}

/** What a connection needs of the world, with real sockets. */
export const socketDeps = {
  makeSocket: (url: string, subprotocols: string[]) =>
    new NodeWebSocket(url, subprotocols) as unknown as WebSocket,
  nowMs: () => performance.now(),
};

/** Both ends of the channel that page and worker have, in one thread. */
export const socketsInChannel: OpenSocket = socketsThroughChannels((ask, farEnd) => {
  serveSocket(ask, farEnd, { ...socketDeps, setTimer });
});

export function setTimer(run: () => void, delayMs: number): () => void {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}

/** A connection, all its events, and its timers, which run when the test says so. */
export function startConnection(port: number, deps: Partial<ConnectionDeps> = {}) {
  const timers: (() => void)[] = [];
  const connection = new Connection(`ws://127.0.0.1:${port}`, {
    openSocket: directSockets(socketDeps),
    nowMs: () => performance.now(),
    setTimer: (run) => {
      timers.push(run);
      return () => timers.includes(run) && timers.splice(timers.indexOf(run), 1);
    },
    ...deps,
  });
  const entries: Entry[] = [];
  const outcomes = new Map<number, Outcome>();
  const watchers = new Set<() => void>();
  const look = () => watchers.forEach((watch) => watch());
  connection.subscribe((event: FeedEvent) => {
    if (event.type === 'entry') entries.push(event.entry);
    else outcomes.set(event.id, event.outcome);
    look();
  });
  connection.store.subscribe(look);
  onTestFinished(() => connection.dispose());
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
  const view = () => connection.store.getState();
  const untilState = (state: ConnectionState['state']) =>
    until(() => view().status.state === state);
  const received = () => entries.filter((entry) => entry.kind === 'received');
  const sent = () => entries.filter((entry) => entry.kind === 'sent');
  /** What happened to the connection itself. */
  const events = () =>
    entries.flatMap((entry) => (entry.kind === 'connection' ? entry.event.event : []));
  const runTimers = () => timers.splice(0).forEach((run) => run());
  return {
    connection,
    entries,
    events,
    outcomes,
    timers,
    runTimers,
    until,
    untilState,
    view,
    received,
    sent,
  };
}
