import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChildProcess } from './childProcess.ts';

/** A Redis for a test, empty and in memory. */
export interface TestRedis {
  /** For the `data` of `startServerProcess`. */
  readonly url: string;
  /** Ends it. What it had is lost. */
  close: () => Promise<void>;
  /** As `close`, at the end of an `await using`. */
  [Symbol.asyncDispose]: () => Promise<void>;
}

/** Ends Redis when its input ends, which it does however this process ends. */
const untilEof = 'redis-server "$@" & cat >/dev/null; kill -9 $!; wait $! 2>/dev/null';

/**
 * Starts a Redis of one node, on a free port of this machine, so that several servers can share it.
 * Rejects when `redis-server` is not installed.
 */
export async function startRedis(): Promise<TestRedis> {
  if (spawnSync('redis-server', ['--version']).error) {
    throw new Error(
      'startRedis needs redis-server 7 or later on the PATH: apt-get install redis-server, or brew install redis',
    );
  }
  const port = await freePort();
  const directory = mkdtempSync(join(tmpdir(), 'seshdeck-redis-'));
  const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--save', ''];
  const child = new ChildProcess('sh', ['-c', untilEof, 'sh', ...place]);
  const close = async () => {
    await child.endInput();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await child.line(/Ready to accept connections/);
  } catch (error) {
    await close();
    throw error;
  }
  return { url: `redis://127.0.0.1:${port}`, close, [Symbol.asyncDispose]: close };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // It listens on TCP.
  server.close();
  return port;
}
