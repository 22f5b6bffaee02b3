import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { execPath } from 'node:process';
import { untilEof } from '../../../client/testing/childProcess.ts';

export interface Program {
  /** The file to run. */
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** A server that is killed or stopped without a warning, and ends with this process. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #said = '';
  #wake: () => void = () => undefined;

  constructor({ file, args, env }: Program) {
    this.#child = spawn(execPath, ['--import', untilEof, file, ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    const hear = (text: Buffer) => {
      this.#said += text.toString();
      this.#wake();
    };
    this.#child.stdout?.on('data', hear);
    this.#child.stderr?.on('data', hear);
    this.#ended = once(this.#child, 'close').then(() => this.#wake());
  }

  /** Everything that it has said. */
  get said(): string {
    return this.#said;
  }

  /** Waits until it takes connections. @returns Where; undefined when it has ended instead. */
  async listening(): Promise<string | undefined> {
    for (;;) {
      const port = /^Seshdeck \S+ on http:\/\/127\.0\.0\.1:(\d+)$/m.exec(this.#said)?.[1];
      if (port !== undefined) return `ws://127.0.0.1:${port}`;
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** To stop and continue it, as a machine that hangs. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child.kill(name);
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}
