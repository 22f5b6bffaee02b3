import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTokenSource } from '../server/store/tokenSource.ts';
import { LoadClient } from '../server/load/loadClient.ts';
import { pause } from './pause.ts';
import type { Row } from './rows.ts';
import { startServer, type ServerProcess } from './serverProcess.ts';

/** How many {@link fillSessions} makes. */
export const sessionCount = 100_000;
const perMessage = 500;
const keys = ['user', 'basket', 'locale', 'theme', 'lastPage'];
const valueOf = (index: number) => String(index).padEnd(50, 'v');
const nameOf = (index: number) => `session ${index}`;

/** Numbers of the sessions, some at a time. */
function* groups(): Generator<number[]> {
  for (let from = 0; from < sessionCount; from += perMessage) {
    yield Array.from({ length: perMessage }, (_, index) => from + index);
  }
}

/** Collections that a server begins when nobody asks it anything, a second apart. */
const idleCollections = 3;
const collectionMs = 2_000;

/** A server that has been filled. */
class FilledServer {
  readonly #server: ServerProcess;
  #emptyBytes = 0;

  private constructor(server: ServerProcess) {
    this.#server = server;
  }

  static async start(bundle: string, flags: readonly string[]): Promise<FilledServer> {
    const args = [bundle, '--port', '0', '--log-level', 'error', ...flags];
    const filled = new FilledServer(await startServer(args));
    filled.#emptyBytes = await filled.#figure('process_resident_memory_bytes');
    await fillSessions(filled.#server.port);
    return filled;
  }

  /** @returns Resident bytes that each session has added, once the server has been idle. */
  async stop(): Promise<number> {
    while ((await this.#figure('seshdeck_idle_collection_seconds_count')) < idleCollections) {
      await pause(1_000);
    }
    await pause(collectionMs);
    const bytes = (await this.#figure('process_resident_memory_bytes')) - this.#emptyBytes;
    await this.#server.stop();
    return bytes / sessionCount;
  }

  async #figure(name: string): Promise<number> {
    const metrics = await fetch(`http://127.0.0.1:${this.#server.port}/metrics`);
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(await metrics.text())?.[1]);
  }
}

/** Makes sessions with five keys of 50 bytes each. */
export async function fillSessions(port: number): Promise<void> {
  const client = await LoadClient.open(port);
  const tokens = createTokenSource();
  for (const group of groups()) {
    const requests = group.flatMap((index) => {
      const entries = keys.map((key) => `"${key}":"${valueOf(index)}"`).join();
      const name = nameOf(index);
      return [
        `{"SH_NEW":{"name":"${name}","shared":true}}`,
        `{"KV_SET":{"tkn":"${tokens.sharedToken(name)}","keys":{${entries}}}}`,
      ];
    });
    await client.askAll(requests);
  }
  client.close();
}

/** Makes hashes of the same names, keys and values. */
export async function fillHashes(
  set: (name: string, entries: Record<string, string>) => Promise<unknown>,
): Promise<void> {
  for (const group of groups()) {
    const entriesOf = (index: number) => keys.map((key) => [key, valueOf(index)]);
    await Promise.all(
      group.map(async (index) => set(nameOf(index), Object.fromEntries(entriesOf(index)))),
    );
  }
}

/** Sends commands to Redis. @returns All that it answers until it matches. */
async function askRedis(socket: Socket, commands: string, isWhole: (answer: string) => boolean) {
  let answer = '';
  const hear = (chunk: Buffer) => (answer += chunk.toString());
  socket.on('data', hear);
  socket.write(commands);
  while (!isWhole(answer)) await once(socket, 'data');
  socket.off('data', hear);
  return answer;
}

async function residentOfRedis(socket: Socket): Promise<number> {
  const figure = /used_memory_rss:(\d+)/;
  const answer = await askRedis(socket, 'INFO memory\r\n', (text) => figure.test(text));
  return Number(figure.exec(answer)?.[1]);
}

/** Resident bytes that a hash of the same keys and values adds to a Redis that keeps nothing on disk. */
async function redis(directory: string): Promise<number> {
  const path = join(directory, 'redis.sock');
  const args = ['--port', '0', '--unixsocket', path, '--save', '', '--appendonly', 'no'];
  const child = spawn('redis-server', [...args, '--dir', directory], { stdio: 'ignore' });
  while (!existsSync(path)) await pause(20);
  const socket = connect({ path });
  await once(socket, 'connect');
  const before = await residentOfRedis(socket);
  for (const group of groups()) {
    const hashes = group.map((index) => {
      const entries = keys.map((key) => `${key} ${valueOf(index)}`).join(' ');
      return `HSET "${nameOf(index)}" ${entries}\r\n`;
    });
    await askRedis(socket, hashes.join(''), (text) => text === ':5\r\n'.repeat(perMessage));
  }
  const bytes = (await residentOfRedis(socket)) - before;
  socket.destroy();
  child.kill();
  await once(child, 'close');
  return bytes / sessionCount;
}

/** Memory of a session with five keys of 50 bytes. */
export async function measureSessions(bundle: string): Promise<Row[]> {
  if (spawnSync('redis-server', ['--version']).error) {
    process.stdout.write('Left out: memory of a session, as there is no redis-server here.\n');
    return [];
  }
  const directory = mkdtempSync(join(tmpdir(), 'seshdeck-bench-'));
  const plain = await redis(directory);
  const cases = {
    'in memory': ['--memory'],
    'in memory, timelines off': ['--memory', '--history', '0'],
    commit: ['--data', join(directory, 'data')],
  };
  const rows: Row[] = [];
  const filled: [what: string, server: FilledServer][] = [];
  for (const [what, flags] of Object.entries(cases)) {
    filled.push([what, await FilledServer.start(bundle, flags)]);
  }
  for (const [what, server] of filled) {
    rows.push({
      what: `memory of a session with 5 keys of 50 bytes, ${what}, 15 s later`,
      unit: 'bytes',
      ours: await server.stop(),
      plain,
      plainIs: 'a hash in Redis',
      goal: { of: 'ratio', atMost: 1.5 },
    });
  }
  rmSync(directory, { recursive: true });
  return rows;
}
