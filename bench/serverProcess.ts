import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A server in its own process, so that it shares no time with what measures it. */
export interface ServerProcess {
  readonly port: number;
  readonly pid: number;
  /** From the spawn to the line with the address. */
  readonly startMs: number;
  /** Records the longest turn of its event loop; only of a server that imports {@link turnRecorder}. */
  recordTurns(): { end(): Promise<LongestTurn> };
  /** Collects its garbage; only of a server that imports {@link memoryRecorder}. */
  memory(): Promise<LeftMemory>;
  stop(): Promise<void>;
}

/** To be imported by Node before the server. */
export const turnRecorder = ['--import', new URL('turnRecorder.mjs', import.meta.url).href];

/** To be imported as well. */
export const memoryRecorder = ['--import', new URL('memoryRecorder.mjs', import.meta.url).href];

/** What a process has when its garbage was collected. */
export interface LeftMemory {
  readonly residentBytes: number;
  readonly heapBytes: number;
}

/** Time, and processor time of the main thread, which a busy machine does not change much (NaN: unknown). */
export interface LongestTurn {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** A child that has not begun to listen by then never will. */
const startTimeoutMs = 10_000;

/** Those of a part that failed must not outlast us. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** @param args What Node is to run: a server that prints its address as soon as it listens. */
export async function startServer(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { ...process.env, ...env },
  });
  running.add(child);
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => {
      running.delete(child);
      resolve();
    });
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), startTimeoutMs);
  const port = await new Promise<string | undefined>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      resolve(/http:\/\/127\.0\.0\.1:(\d+)/.exec(chunk.toString())?.[1]);
    });
    child.stdout?.on('end', () => resolve(undefined));
  });
  clearTimeout(timer);
  if (port === undefined) throw new Error(`No server came of: node ${args.join(' ')}`);
  return {
    port: Number(port),
    pid: child.pid ?? 0,
    startMs: performance.now() - startedMs,
    recordTurns: () => {
      child.send('record');
      return {
        end: async () => {
          child.send('end');
          const [longest] = (await once(child, 'message')) as [LongestTurn];
          return longest;
        },
      };
    },
    memory: async () => {
      child.send('memory');
      const [left] = (await once(child, 'message')) as [LeftMemory];
      return left;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Time that a process takes which does nothing. */
export async function emptyProcessMs(): Promise<number> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' });
  await new Promise<void>((resolve) => {
    child.on('close', () => resolve());
  });
  return performance.now() - startedMs;
}
