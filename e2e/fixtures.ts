import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { test as base, expect } from '@playwright/test';
import { WebSocket } from 'ws';
import { ConsolePage } from './pages/consolePage.ts';

const fileOf = (place: string) => fileURLToPath(new URL(place, import.meta.url));

/** How to run what is shipped. */
const builtServer = [fileOf('../dist/server.mjs')];

/** The same server with a store whose answers come late and overtake each other. */
const laterServer = ['--import', 'tsx', fileOf('../test/server/laterServer.ts')];

/** A server of its own for one test, empty at first. */
class TestServer {
  /** Where it saves; stays over a restart. */
  readonly #saves = mkdtempSync(path.join(tmpdir(), 'seshdeck-e2e-'));
  readonly #program: readonly string[];
  #process: ChildProcess | undefined;
  #url = '';

  constructor(program: readonly string[] = builtServer) {
    this.#program = program;
  }

  get url(): string {
    return this.#url;
  }

  get socketUrl(): string {
    return this.#url.replace('http', 'ws');
  }

  /** Starts on a free port, or after {@link kill} again on the same one. */
  async start(...flags: string[]): Promise<void> {
    const port = this.#url === '' ? '0' : new URL(this.#url).port;
    const started = spawn(
      process.execPath,
      [...this.#program, '--port', port, '--log-level', 'warn', ...flags],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          ...process.env,
          SESHDECK_PERSIST_ENABLED: 'true',
          SESHDECK_PERSIST_PATH: this.#saves,
        },
      },
    );
    this.#process = started;
    const lines = createInterface({ input: started.stdout });
    for await (const line of lines) {
      const url = /http:\/\/\S+/.exec(line)?.[0];
      if (url === undefined) continue;
      this.#url = url.replace(/\/$/, '');
      started.stdout.resume();
      return;
    }
    throw new Error('The server ended before it listened');
  }

  /** Ends it without a goodbye. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Asks it to end. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** Stops it for good, saves and all. */
  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#saves, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const ending = this.#process;
    this.#process = undefined;
    if (!ending || ending.exitCode !== null) return;
    ending.kill(signal);
    await once(ending, 'exit');
  }
}

/** Another application that uses the same server. */
class OtherClient {
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  static async connect(url: string): Promise<OtherClient> {
    const socket = new WebSocket(url);
    await once(socket, 'open');
    return new OtherClient(socket);
  }

  /** Sends a command that is answered. @returns The text of the reply. */
  async ask(text: string): Promise<string> {
    const reply = once(this.#socket, 'message');
    this.#socket.send(text);
    const [data] = (await reply) as [Buffer];
    return data.toString();
  }

  /** Creates a session. @returns Its token. */
  async newSession(body: string): Promise<string> {
    const reply = await this.ask(`{"SH_NEW":${body}}`);
    return /"tkn":"(\d+)"/.exec(reply)?.[1] ?? '';
  }

  close(): void {
    this.#socket.close();
  }
}

export interface Options {
  /**
   * `full`: Monaco, which takes over a second of processor time on each page. `plain`: it does not
   * come, and the text area that stands in for it writes and sends.
   */
  readonly editor: 'full' | 'plain';
}

export interface Fixtures {
  readonly server: TestServer;
  /** Whether the server's store answers late, as one on a disk or another machine does. */
  readonly isStoreLate: boolean;
  /** A second server, on a port of its own; it is not started yet. */
  readonly otherServer: TestServer;
  /** The console, open and connected. */
  readonly console: ConsolePage;
  readonly otherClient: OtherClient;
}

export const test = base.extend<Fixtures & Options>({
  editor: ['plain', { option: true }],
  isStoreLate: [false, { option: true }],
  server: async ({ isStoreLate }, use) => {
    const server = new TestServer(isStoreLate ? laterServer : builtServer);
    await server.start();
    await use(server);
    await server.remove();
  },
  otherServer: async ({}, use) => {
    const server = new TestServer();
    await use(server);
    await server.remove();
  },
  console: async ({ page, server, editor }, use) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => {
      // What the editor says of parts that it could not fetch because the server was stopped.
      const isUnfetched = /^Event$|^Failed to fetch dynamically/.test(error.message);
      if (!isUnfetched) faults.push(error.message);
    });
    if (editor === 'plain') await page.route(/\/assets\/monaco-[^/]*\.js/, () => {});
    await page.goto(server.url);
    const consolePage = new ConsolePage(page);
    await expect(consolePage.connection).toHaveText(/Connected to/);
    // Panels are fetched after the first paint: a story that ends the server needs them before.
    await expect(page.locator('main')).toBeVisible();
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
    await use(consolePage);
    expect(faults, 'errors in the page').toEqual([]);
  },
  otherClient: async ({ server }, use) => {
    const client = await OtherClient.connect(server.socketUrl);
    await use(client);
    client.close();
  },
});

export { expect } from '@playwright/test';
