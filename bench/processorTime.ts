import { readdirSync, readFileSync } from 'node:fs';

// Figures of Linux; elsewhere there are none, and everything counts as quiet.

/** A tick of the times in /proc. */
const tickMs = 10;

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // The process has ended, or there is no /proc.
    return undefined;
  }
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory).filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** Processor time that a process has had, all its threads, in ms. NaN where the system does not say. */
export function cpuMsOf(pid: number): number {
  const threads = namesIn(`/proc/${pid}/task`);
  if (threads.length === 0) return Number.NaN;
  return threads.reduce((sum, thread) => {
    const [nanoseconds] = (textOf(`/proc/${pid}/task/${thread}/schedstat`) ?? '0').split(' ');
    return sum + Number(nanoseconds) / 1e6;
  }, 0);
}

/** Processor time of all processes, and of this one with those that it has started. */
interface Spent {
  readonly atMs: number;
  readonly allMs: number;
  readonly oursMs: number;
}

function spent(): Spent {
  // user, nice, system, idle, iowait, irq, softirq, steal
  const [user = 0, nice = 0, system = 0, , , , , steal = 0] = (textOf('/proc/stat') ?? '')
    .split('\n', 1)[0]
    ?.split(/\s+/)
    .slice(1)
    .map(Number) ?? [0];
  const allMs = (user + nice + system + steal) * tickMs;
  return { atMs: performance.now(), allMs, oursMs: oursMs() };
}

function oursMs(): number {
  const parents = new Map<number, number>();
  const times = new Map<number, number>();
  for (const name of namesIn('/proc')) {
    // After the name, which may contain anything: state, parent …
    const fields = textOf(`/proc/${name}/stat`)
      ?.replace(/^.*\) /s, '')
      .split(' ')
      .map(Number);
    if (!fields) continue;
    parents.set(Number(name), fields[1] ?? 0);
    // Its own time, and that of children that have ended.
    times.set(Number(name), fields.slice(11, 15).reduce((sum, ticks) => sum + ticks, 0) * tickMs);
  }
  let sum = 0;
  for (const [pid, timeMs] of times) if (isOurs(pid, parents)) sum += timeMs;
  return sum;
}

function isOurs(pid: number, parents: ReadonlyMap<number, number>): boolean {
  let at: number | undefined = pid;
  while (at !== undefined && at > 1) {
    if (at === process.pid) return true;
    at = parents.get(at);
  }
  return false;
}

/**
 * Begins to watch what other processes do.
 * @returns How much of one processor they have had since, 0.1 for a tenth.
 */
export function watchOthers(): () => number {
  const before = spent();
  return () => {
    const now = spent();
    const othersMs = now.allMs - before.allMs - (now.oursMs - before.oursMs);
    return Math.max(0, othersMs) / (now.atMs - before.atMs);
  };
}
