import { spawn, spawnSync, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** Why tests that need Redis are skipped; undefined: they are not. */
export const whyNoRedis: string | undefined = findProblem();

function findProblem(): string | undefined {
  const { stdout, error } = spawnSync('redis-server', ['--version'], { encoding: 'utf8' });
  if (error) return 'needs redis-server 7 or later: apt-get install redis-server';
  const major = Number(/v=(\d+)/.exec(stdout)?.[1]);
  return major >= 7 ? undefined : `needs redis-server 7 or later, this machine has ${major}`;
}

/** For tests: a Redis of their own, on a free port of this machine. */
export interface RedisServer {
  readonly port: number;
  /** To stop and continue it, as a machine that hangs. */
  signal: (name: 'SIGSTOP' | 'SIGCONT') => void;
  /** Kills it. Its files stay. */
  kill: () => Promise<void>;
  /** Starts it again after that, on the same port. */
  restart: () => Promise<void>;
  /** Kills it, and removes its files. */
  stop: () => Promise<void>;
}

/** @param flags Beside those that keep it in memory and on loopback. */
export async function startRedis(flags: readonly string[] = []): Promise<RedisServer> {
  const directory = mkdtempSync(join(tmpdir(), 'seshdeck-redis-'));
  const port = await freePort();
  const fixed = ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--save', ''];
  const args = [...fixed, ...flags];
  let running = await launch(args);
  const kill = async () => end(running.child);
  return {
    port,
    signal: (name) => process.kill(running.pid, name),
    kill,
    restart: async () => {
      running = await launch(args);
    },
    stop: async () => {
      await kill();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function launch(args: readonly string[]): Promise<{ child: RedisProcess; pid: number }> {
  const child = spawn('sh', ['-c', untilEof, 'sh', ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Ctrl+C is for us: Redis ends when those who use it have.
    detached: true,
  });
  return { child, pid: await pidWhenReady(child) };
}

type RedisProcess = ChildProcessByStdio<Writable, Readable, null>;

async function end(child: RedisProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = once(child, 'exit');
  child.stdin.end();
  await exited;
}

/** Kills Redis when its input ends, which it does however this process ends. */
const untilEof = 'redis-server "$@" & cat >/dev/null; kill -9 $!; wait $! 2>/dev/null';

async function pidWhenReady({ stdout }: ChildProcess): Promise<number> {
  let text = '';
  for await (const chunk of stdout ?? []) {
    text += String(chunk);
    const pid = /^(\d+):\w .*Ready to accept connections/m.exec(text)?.[1];
    if (pid === undefined) continue;
    return Number(pid);
  }
  throw new Error(`redis-server has not started:\n${text}`);
}

/** A node of a cluster needs a second port, 10,000 above. */
const highestPort = 55_535;

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port > highestPort ? freePort() : port;
}
