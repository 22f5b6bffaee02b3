import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { execPath } from 'node:process';

/** For tests: a real server process and what it says. */
export class ServerRun {
  out = '';
  err = '';
  readonly child: ChildProcess;
  /** Settles with the exit code. */
  readonly ended: Promise<number | null>;
  #wake: () => void = () => undefined;

  /** @param args The program and its flags. */
  constructor(args: readonly string[], env: Readonly<Record<string, string>>) {
    this.child = spawn(execPath, args, { env: { ...process.env, ...env } });
    this.child.stdout?.on('data', (text: Buffer) => {
      this.out += text.toString();
      this.#wake();
    });
    this.child.stderr?.on('data', (text: Buffer) => (this.err += text.toString()));
    this.ended = once(this.child, 'close').then(([code]) => code as number | null);
  }

  /** Waits for the line with the address. @returns The port. */
  async listening(): Promise<number> {
    const port = () =>
      /^Seshdeck \d+\.\d+\.\d+ on https?:\/\/127\.0\.0\.1:(\d+)$/m.exec(this.out)?.[1];
    while (port() === undefined) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return Number(port());
  }
}
