import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { execPath } from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { TestClient } from './testServer.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
/** Another process tells nobody when it opens or shuts its port. */
const pollMs = 25;
const started: ChildProcess[] = [];

afterAll(() => {
  for (const child of started) child.kill('SIGKILL');
});

/** A real server process and what it says. */
class Run {
  out = '';
  err = '';
  readonly child: ChildProcess;
  /** Settles with the exit code. */
  readonly ended: Promise<number | null>;
  #wake: () => void = () => undefined;

  constructor(...args: string[]) {
    this.child = spawn(execPath, ['--import', 'tsx', main, ...args]);
    started.push(this.child);
    this.child.stdout?.on('data', (text: Buffer) => {
      this.out += text.toString();
      this.#wake();
    });
    this.child.stderr?.on('data', (text: Buffer) => (this.err += text.toString()));
    this.ended = once(this.child, 'close').then(([code]) => code as number | null);
  }

  /** Waits for the line that tells the address. @returns The port. */
  async listening(): Promise<number> {
    const port = () =>
      /^Seshdeck \d+\.\d+\.\d+ on http:\/\/127\.0\.0\.1:(\d+)$/m.exec(this.out)?.[1];
    while (port() === undefined) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return Number(port());
  }
}

describe.concurrent('the server as a process', { timeout: 20_000 }, () => {
  test('says where it listens, answers, and stops on SIGTERM with exit code 0', async () => {
    const run = new Run('--port', '0');
    const port = await run.listening();
    const client = await TestClient.open(`ws://127.0.0.1:${port}`);
    expect(await client.ask('{"SH_INFO_ALL":{}}')).toContain('"totalSessions":0');
    // A client that hangs: it will not answer the closing frame.
    const mute = await TestClient.open(`ws://127.0.0.1:${port}`);
    mute.socket.pause();
    const startedMs = performance.now();
    run.child.kill('SIGTERM');
    expect(await client.closed).toBe(1001);
    expect(await run.ended).toBe(0);
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    expect(run.out).toContain('Data lives in memory only');
    expect(run.err).toBe('');
    mute.socket.terminate();
  });

  test('a signal that comes twice at once is one', async () => {
    const run = new Run('--port', '0');
    await run.listening();
    run.child.kill('SIGINT');
    run.child.kill('SIGINT');
    expect(await run.ended).toBe(0);
  });

  // The hanging client leaves a second for the other signal; a very busy machine may miss it.
  test('a later signal ends it at once, with exit code 1', { retry: 2 }, async () => {
    const run = new Run('--port', '0');
    const mute = await TestClient.open(`ws://127.0.0.1:${await run.listening()}`);
    mute.socket.pause();
    while (run.child.exitCode === null) {
      run.child.kill('SIGINT');
      await setTimeout(pollMs);
    }
    expect(await run.ended).toBe(1);
    mute.socket.terminate();
  });

  test('serves on when nobody listens to what it says', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    other.close();
    const run = new Run('--port', String(port));
    run.child.stdout?.destroy();
    let client: TestClient | undefined;
    while (client === undefined) {
      if (run.child.exitCode !== null) throw new Error(run.err);
      await setTimeout(pollMs);
      client = await TestClient.open(`ws://127.0.0.1:${port}`).catch(() => undefined);
    }
    expect(await client.ask('{"SH_INFO_ALL":{}}')).toContain('totalSessions');
    // The write that fails has failed by now.
    expect(await client.ask('{"SH_INFO_ALL":{}}')).toContain('totalSessions');
  });

  test('a port in use is one line and exit code 1', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const run = new Run('--port', String(port));
    expect(await run.ended).toBe(1);
    expect([run.out, run.err]).toEqual([
      '',
      `seshdeck: port ${port} on 127.0.0.1 is in use; choose another with --port\n`,
    ]);
    other.close();
  });

  test('a wrong setting is one line and exit code 1', async () => {
    const run = new Run('--max-payload', '63');
    expect(await run.ended).toBe(1);
    expect(run.out).toBe('');
    expect(run.err).toMatch(/^seshdeck: --max-payload [^\n]* got "63"\n$/);
  });

  test('help and version end with exit code 0', async () => {
    const [help, version] = [new Run('--help'), new Run('--version')];
    expect(await Promise.all([help.ended, version.ended])).toEqual([0, 0]);
    expect(help.out).toContain('Usage: seshdeck');
    expect(version.out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
