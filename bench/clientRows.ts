import { execFile } from 'node:child_process';
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
const sliceMs = paced(500, 250);
const warmUpMs = paced(1_500, 500);

const value = 'v'.repeat(32);

/** A command as an application gives it, and as a bare client sends it. */
interface Work {
  readonly command: 'KV_SET' | 'KV_GET';
  readonly call: (session: Session) => Promise<unknown>;
  readonly textOf: (token: string) => string;
}

const works: readonly Work[] = [
  {
    command: 'KV_SET',
    call: (session) => session.set({ key: value }),
    textOf: (token) => `{"KV_SET":{"tkn":"${token}","keys":{"key":"${value}"}}}`,
  },
  {
    command: 'KV_GET',
    call: (session) => session.get(['key']),
    textOf: (token) => `{"KV_GET":{"tkn":"${token}","keys":["key"]}}`,
  },
];

/** The client beside a bare one, which sends texts that are ready and reads no reply. */
export async function measureClient(bundle: string): Promise<Row[]> {
  const server = await startServer([bundle, '--memory', '--port', '0', '--log-level', 'error']);
  const url = `ws://127.0.0.1:${server.port}`;
  const { connect } = await builtClient(dirname(bundle));
  const client = connect(url, { WebSocket });
  const session = await client.newSession({ name: 'bench' });
  const bare = await BareClient.open(url);
  const shapes = works.flatMap((work) => [1, 16].map((inFlight) => ({ work, inFlight })));
  const duels = shapes.map(({ work, inFlight }) => {
    const text = work.textOf(session.token);
    return {
      ours: (durationMs = sliceMs) => rateOf(() => work.call(session), inFlight, durationMs),
      plain: (durationMs = sliceMs) => bare.rateOf(text, inFlight, durationMs),
    };
  });
  for (const { ours, plain } of duels) {
    await ours(warmUpMs);
    await plain(warmUpMs);
  }
  const found = await measureDuels(duels, rounds);
  bare.close();
  await client.close();
  await server.stop();
  return shapes.map(({ work, inFlight }, at) => ({
    what: `seshdeck/client: ${work.command} 32 B, ${inFlight} in flight`,
    unit: 'replies/s',
    ...figuresOf(found[at] ?? [], (rate) => rate),
    plainIs: 'ws, the same text sent, replies not read',
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

/** The least that a client can do. */
class BareClient {
  readonly #socket: WebSocket;
  #onReply: () => void = () => undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', () => this.#onReply());
  }

  static async open(url: string): Promise<BareClient> {
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return new BareClient(socket);
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
