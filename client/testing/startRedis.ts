import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kill as signalTo } from 'node:process';
import { ChildProcess } from './childProcess.ts';
import { freePort } from './freePort.ts';

/** A Redis for a test, empty and in memory. */
export interface TestRedis {
  /** For the `data` of `startServerProcess`. */
  readonly url: string;
  /** On 127.0.0.1. */
  readonly port: number;
  /** Stops and continues it, as a machine that hangs. */
  readonly signal: (name: 'SIGSTOP' | 'SIGCONT') => void;
  /** Ends it at once, as a crash does. What it had in memory is lost. */
  readonly kill: () => Promise<void>;
  /** Starts it again after that, on the same port. */
  readonly restart: () => Promise<void>;
  /** Ends it, and removes its files. */
  readonly close: () => Promise<void>;
  /** As `close`, at the end of an `await using`. */
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** How a Redis is to run. */
export interface RedisOptions {
  /** As on its command line, such as `['--appendonly', 'yes']`. The port is always a free one of 127.0.0.1. */
  readonly flags?: readonly string[];
}

/** Why there can be no Redis on this machine; undefined: there can. */
export function redisProblem(): string | undefined {
  const { stdout, error } = spawnSync('redis-server', ['--version'], { encoding: 'utf8' });
  const needed = 'needs redis-server 7 or later';
  if (error) {
    return `${needed} on the PATH: apt-get install redis-server, or brew install redis`;
  }
  const major = Number(/v=(\d+)/.exec(stdout)?.[1]);
  return major >= 7 ? undefined : `${needed}, this machine has ${major}`;
}

/**
 * Starts a Redis of one node, on a free port of this machine, so that several servers can share it.
 * Rejects when `redis-server` is not installed.
 */
export async function startRedis(options: RedisOptions = {}): Promise<TestRedis> {
  const problem = redisProblem();
  if (problem !== undefined) throw new Error(`startRedis ${problem}`);
  return startOn(freePort, options);
}

/** How often another port is tried when somebody else has taken it. */
const maxTries = 5;

/** @param choosePort Called again when its port has been taken by the time that Redis wants it. */
export async function startOn(
  choosePort: () => Promise<number>,
  options: RedisOptions,
): Promise<TestRedis> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await startAt(await choosePort(), options);
    } catch (error) {
      const isTaken = error instanceof Error && error.message.includes('Address already in use');
      if (!isTaken || tries === maxTries) throw error;
    }
  }
}

async function startAt(port: number, { flags = [] }: RedisOptions): Promise<TestRedis> {
  const directory = mkdtempSync(join(tmpdir(), 'seshdeck-redis-'));
  // The last one of a name counts.
  const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory];
  const args = ['--save', '', ...flags, ...place];
  const remove = () => rmSync(directory, { recursive: true, force: true });
  let running = await launch(args).catch((error: unknown) => {
    remove();
    throw error;
  });
  const kill = () => running.child.endInput();
  const close = async () => {
    await kill();
    remove();
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    signal: (name) => signalTo(running.pid, name),
    kill,
    restart: async () => {
      running = await launch(args);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Kills Redis when its input ends, which it does however this process ends. Ends with Redis. */
const untilEof = [
  'exec 3<&0',
  'redis-server "$@" & redis=$!',
  '{ cat <&3; kill -9 $redis; } >/dev/null 2>&1 & watch=$!',
  'wait $redis 2>/dev/null; kill $watch 2>/dev/null',
].join('; ');

/** It takes 50 ms where nothing else runs. */
const startMs = 20_000;

async function launch(args: readonly string[]): Promise<{ child: ChildProcess; pid: number }> {
  const child = new ChildProcess('sh', ['-c', untilEof, 'sh', ...args]);
  try {
    const [, pid] = await child.line(/^(\d+):\w .*Ready to accept connections/, startMs);
    return { child, pid: Number(pid) };
  } catch (error) {
    await child.endInput();
    throw error;
  }
}
