import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { WebSocket } from 'ws';
import type * as Built from '../client/main.ts';
import type { Session } from '../client/session.ts';
import { paced } from './pace.ts';
import { measureDuels } from './pairs.ts';
import { figuresOf, type Row } from './rows.ts';
import { startServer } from './serverProcess.ts';

const rounds = paced(15, 7);
const sliceMs = paced(250, 125);
const warmUpMs = paced(1_500, 500);

const value = 'v'.repeat(32);

/** A command as an application gives it to us, and to a client that it has written itself. */
interface Work {
  readonly command: 'KV_SET' | 'KV_GET';
  readonly call: (session: Session) => Promise<unknown>;
  readonly requestOf: (tkn: string) => object;
}

const works: readonly Work[] = [
  {
    command: 'KV_SET',
    call: (session) => session.set({ key: value }),
    requestOf: (tkn) => ({ KV_SET: { tkn, keys: { key: value } } }),
  },
  {
    command: 'KV_GET',
    call: (session) => session.get(['key']),
    requestOf: (tkn) => ({ KV_GET: { tkn, keys: ['key'] } }),
  },
];

/**
 * The client beside two others on `ws`: the least that there can be, which sends a text that is ready, with a callback for
 * each message that reads none; and the least that is of use, as somebody would write it.
 */
export async function measureClient(bundle: string): Promise<Row[]> {
  const server = await startServer([bundle, '--memory', '--port', '0', '--log-level', 'error']);
  const url = `ws://127.0.0.1:${server.port}`;
  const { connect } = await builtClient(dirname(bundle));
  const client = connect(url, { WebSocket });
  const session = await client.newSession({ name: 'bench' });
  const bare = new BareClient(await openSocket(url));
  const byHand = new HandWrittenClient(await openSocket(url));
  const { token } = session;
  const shapes = works.flatMap((work) => [1, 16].map((inFlight) => ({ work, inFlight })));
  const contests = shapes.flatMap(({ work: { command, call, requestOf }, inFlight }) => {
    const what = `seshdeck/client: ${command} 32 B, ${inFlight} in flight`;
    const text = JSON.stringify(requestOf(token));
    const ours = (ms: number) => rateOf(() => call(session), inFlight, ms);
    return [
      {
        what,
        plainIs: 'ws, the same text sent, replies not read',
        sides: { ours, plain: (ms: number) => bare.rateOf(text, inFlight, ms) },
      },
      {
        what,
        plainIs: 'ws, written by hand: a promise for each reply, and JSON',
        sides: {
          ours,
          plain: (ms: number) => rateOf(() => byHand.ask(requestOf(token)), inFlight, ms),
        },
      },
    ];
  });
  for (const { sides } of contests) {
    await sides.ours(warmUpMs);
    await sides.plain(warmUpMs);
  }
  const duels = contests.map(({ sides: { ours, plain } }) => ({
    ours: () => ours(sliceMs),
    plain: () => plain(sliceMs),
  }));
  const found = await measureDuels(duels, rounds);
  bare.close();
  byHand.close();
  await client.close();
  await server.stop();
  return contests.map(({ what, plainIs }, at) => ({
    what,
    unit: 'replies/s',
    ...figuresOf(found[at] ?? [], (rate) => rate),
    plainIs,
    goal: { of: 'ratio', atLeast: 0.9 },
  }));
}

/** Builds what is shipped: modules that are translated while they run are slower. */
async function builtClient(outDir: string): Promise<typeof Built> {
  const script = new URL('../scripts/buildClient.mjs', import.meta.url).pathname;
  await promisify(execFile)(process.execPath, [script, outDir]);
  return (await import(join(outDir, 'client', 'client.mjs'))) as typeof Built;
}

/** @returns Replies a second. */
async function rateOf(
  call: () => Promise<unknown>,
  inFlight: number,
  durationMs: number,
): Promise<number> {
  const startedMs = performance.now();
  let count = 0;
  const lane = async () => {
    while (performance.now() - startedMs < durationMs) {
      await call();
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return (1000 * count) / (performance.now() - startedMs);
}

async function openSocket(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  return socket;
}

/** The least that a client can do: nobody could tell what came of a command. */
class BareClient {
  readonly #socket: WebSocket;
  #onReply: () => void = () => undefined;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', () => this.#onReply());
  }

  /** @returns Replies a second. */
  rateOf(text: string, inFlight: number, durationMs: number): Promise<number> {
    const startedMs = performance.now();
    let count = 0;
    let waiting = inFlight;
    return new Promise((resolve) => {
      this.#onReply = () => {
        count += 1;
        if (performance.now() - startedMs < durationMs) this.#socket.send(text);
        else waiting -= 1;
        if (waiting === 0) resolve((1000 * count) / (performance.now() - startedMs));
      };
      for (let sent = 0; sent < inFlight; sent += 1) this.#socket.send(text);
    });
  }

  close(): void {
    this.#socket.close();
  }
}

/** The least that is of use: replies come in the order of the requests. Nothing is checked, and there are no deadlines. */
class HandWrittenClient {
  readonly #socket: WebSocket;
  readonly #waiting: ((reply: unknown) => void)[] = [];

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.#waiting.shift()?.(JSON.parse(data.toString())));
  }

  ask(request: object): Promise<unknown> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#socket.send(JSON.stringify(request));
    });
  }

  close(): void {
    this.#socket.close();
  }
}
