import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

// Taken now, as a test may put fake timers in their place.
const { setTimeout, clearTimeout } = globalThis;

/** Lines of its output that are kept. */
const maxLines = 1_000;

/** For `--import`: ends a Node process when its input does, so with the process that has started it, however that ends. */
export const untilEof =
  'data:text/javascript,process.stdin.once("end",()=>process.kill(process.pid,"SIGKILL")).resume().unref()';

/** A process that ends when its input does, so that it never outlives this one. */
export class ChildProcess {
  /** What it has printed; the last 1,000 lines. */
  readonly lines: string[] = [];
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #ended: Promise<unknown>;
  #onLine: (line: string) => void = () => undefined;

  constructor(command: string, args: readonly string[]) {
    // Ctrl+C is for this process: the child ends after it.
    this.#child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
    this.#ended = once(this.#child, 'close').catch((error: unknown) => this.#add(String(error)));
    this.#child.stdin.on('error', () => undefined);
    for (const input of [this.#child.stdout, this.#child.stderr]) {
      createInterface({ input }).on('line', (line) => this.#add(line));
    }
  }

  /** Waits for a line of its output. Rejects with all that it has printed if it ends before that, or is too late. */
  async line(pattern: RegExp, withinMs: number): Promise<RegExpExecArray> {
    const found = new Promise<RegExpExecArray>((resolve) => {
      this.#onLine = (line) => {
        const match = pattern.exec(line);
        if (match) resolve(match);
      };
    });
    let stopTimer: () => void = () => undefined;
    const late = new Promise<'late'>((resolve) => {
      const timer = setTimeout(() => resolve('late'), withinMs);
      stopTimer = () => clearTimeout(timer);
    });
    const outcome = await Promise.race([found, late, this.#ended.then(() => undefined)]);
    stopTimer();
    if (typeof outcome === 'object') return outcome;
    const printed = this.lines.join('\n');
    if (outcome === undefined) throw new Error(printed);
    const what = printed === '' ? 'It has printed nothing.' : `It has printed:\n${printed}`;
    throw new Error(`The start has taken longer than ${withinMs} ms. ${what}`);
  }

  /** Ends it, and waits for that. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    this.#child.kill(signal);
    await this.#ended;
  }

  /** Closes its input, and waits for its end. */
  async endInput(): Promise<void> {
    this.#child.stdin.end();
    await this.#ended;
  }

  #add(line: string): void {
    if (this.lines.push(line) > maxLines) this.lines.shift();
    this.#onLine(line);
  }
}
