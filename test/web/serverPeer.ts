import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { WebSocket as NodeWebSocket, WebSocketServer } from 'ws';
import { substitute } from '../../web/connection/page/substitute.ts';
import type { Variables } from '../../web/connection/page/variables.ts';
import { Connection } from '../../web/connection/page/connection.ts';
import { outgoing } from '../../web/connection/page/outgoing.ts';
import { directSockets } from './directSockets.ts';
import type { Entry, FeedEvent, Outcome } from '../../web/connection/page/exchange.ts';

const serverFile = fileURLToPath(new URL('../../server/main.ts', import.meta.url));

/** For tests: a real server in a separate process, as in real use. */
export interface ServerPeer {
  readonly url: string;
  readonly stop: () => void;
}

/** Starts a server on a free port. */
export async function startServer(): Promise<ServerPeer> {
  const started = spawn(
    process.execPath,
    ['--import', 'tsx', serverFile, '--memory', '--port', '0', '--log-level', 'warn'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  for await (const line of createInterface({ input: started.stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url === undefined) continue;
    started.stdout.resume();
    return { url: url.replace(/^http/, 'ws').replace(/\/$/, ''), stop: () => kill(started) };
  }
  throw new Error('The server ended before it listened');
}

function kill(child: ChildProcess): void {
  child.kill('SIGKILL');
}

/** Starts what passes everything on to a server and gives its replies back changed. */
export async function startBrokenServer(
  url: string,
  change: {
    readonly request?: (text: string) => string;
    readonly reply?: (text: string) => string;
  },
): Promise<ServerPeer> {
  const front = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  front.on('connection', (client) => {
    const back = new NodeWebSocket(url);
    const opened = once(back, 'open');
    client.on('message', (data: Buffer) => {
      const text = data.toString();
      void opened.then(() => back.send(change.request?.(text) ?? text));
    });
    client.on('close', () => back.close());
    back.on('message', (data: Buffer) => {
      const text = data.toString();
      client.send(change.reply?.(text) ?? text);
    });
  });
  await once(front, 'listening');
  const stop = () => {
    for (const client of front.clients) client.terminate();
    front.close();
  };
  return { url: `ws://127.0.0.1:${(front.address() as AddressInfo).port}`, stop };
}

/** A log as the console keeps it. */
export interface Recording {
  readonly entries: readonly Entry[];
  readonly variables: Variables;
}

const nowMs = () => performance.timeOrigin + performance.now();
/** A socket as browsers have it. */
export const makeSocket = (url: string, subprotocols: string[]) =>
  new NodeWebSocket(url, subprotocols) as unknown as WebSocket;

/** Sends messages one after the other over a connection of the console, variables filled in. */
export async function record(url: string, texts: readonly string[]): Promise<Recording> {
  const connection = new Connection(url, {
    openSocket: directSockets({ makeSocket, nowMs }),
    nowMs,
    setTimer: () => () => {},
  });
  const entries: Entry[] = [];
  const outcomes = new Map<number, Outcome>();
  let wake = () => {};
  connection.subscribe((event: FeedEvent) => {
    if (event.type === 'entry') entries.push(event.entry);
    else outcomes.set(event.id, event.outcome);
    wake();
  });
  const settled = (entry: Entry) =>
    entry.kind !== 'sent' || entry.isQuiet || outcomes.has(entry.id);
  for (const [index, text] of texts.entries()) {
    connection.send(outgoing(substitute(text, connection.store.getState().variables).text));
    const isSettled = () => {
      const sent = entries.filter(({ kind }) => kind === 'sent');
      return sent.length === index + 1 && sent.every(settled);
    };
    while (!isSettled()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  const { variables } = connection.store.getState();
  // As the log is while the connection lasts.
  const finished = entries.map((entry) => {
    const outcome = outcomes.get(entry.id);
    return entry.kind === 'sent' && outcome ? { ...entry, outcome } : entry;
  });
  connection.dispose();
  return { entries: finished, variables };
}
