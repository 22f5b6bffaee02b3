import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { test as base, expect, type Page } from '@playwright/test';
import { WebSocket } from 'ws';
import { ConsolePage } from '../client/testing/playwright/consolePage.ts';

const fileOf = (place: string) => fileURLToPath(new URL(place, import.meta.url));

/** How to run what is shipped. */
const builtServer = [fileOf('../dist/server.mjs')];

/** The same server with a store whose answers come late and overtake each other. */
const laterServer = ['--import', 'tsx', fileOf('../test/server/laterServer.ts')];

/** A server that a story has for itself, empty at first. */
export class TestServer {
  /** Where it saves; stays over a restart. */
  readonly #saves = mkdtempSync(path.join(tmpdir(), 'seshdeck-e2e-'));
  readonly #program: readonly string[];
  #process: ChildProcess | undefined;
  #url = '';
  #wasStopped = false;

  constructor(program: readonly string[] = builtServer) {
    this.#program = program;
  }

  get url(): string {
    return this.#url;
  }

  /** As tabs are named after it. */
  get host(): string {
    return new URL(this.#url).host;
  }

  get socketUrl(): string {
    return this.#url.replace('http', 'ws');
  }

  /** Whether it can be made empty for another story: it has run since its start and saved nothing. */
  get isReusable(): boolean {
    return !this.#wasStopped && readdirSync(this.#saves).length === 0;
  }

  /** Starts on a free port, or after {@link kill} again on the same one. */
  async start(...flags: string[]): Promise<void> {
    const port = this.#url === '' ? '0' : new URL(this.#url).port;
    const isElsewhere = ['--store', '--data'].some((flag) => flags.includes(flag));
    const store = isElsewhere ? [] : ['--memory'];
    const started = spawn(
      process.execPath,
      [...this.#program, ...store, '--port', port, '--log-level', 'warn', ...flags],
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
      const url = /https?:\/\/\S+/.exec(line)?.[0];
      if (url === undefined) continue;
      this.#url = url.replace(/\/$/, '');
      started.stdout.resume();
      return;
    }
    throw new Error('The server ended before it listened');
  }

  /** Makes it read its certificates and inspection keys again. */
  reread(): void {
    this.#process?.kill('SIGHUP');
  }

  /** Ends it without a close frame. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Asks it to end. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** Stops it and removes its saves. */
  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#saves, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const ending = this.#process;
    this.#process = undefined;
    this.#wasStopped = true;
    if (!ending || ending.exitCode !== null) return;
    ending.kill(signal);
    await once(ending, 'exit');
  }
}

/** Another application that uses a server. */
export class OtherClient {
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** Code and reason with which the server closes it. */
  async closed(): Promise<readonly [code: number, reason: string]> {
    const [code, reason] = (await once(this.#socket, 'close')) as [number, Buffer];
    return [code, reason.toString()];
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

/** The server of one worker: its stories have it one after another, since starting one takes time. */
class ReusedServer {
  #server: TestServer | undefined;

  /** One without sessions. */
  async take(): Promise<TestServer> {
    const server = this.#server;
    if (!server) return this.#start();
    if (!server.isReusable) {
      await server.remove();
      return this.#start();
    }
    const client = await OtherClient.connect(server.socketUrl);
    expect(await client.ask('{"SH_END_ALL":{}}')).toContain('"st":1');
    client.close();
    return server;
  }

  async remove(): Promise<void> {
    await this.#server?.remove();
  }

  async #start(): Promise<TestServer> {
    this.#server = new TestServer();
    await this.#server.start();
    return this.#server;
  }
}

/** Makes scripts of the editor wait for ever. Intercepting requests instead would slow down all of them. */
async function holdBackEditor(page: Page): Promise<void> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Network.enable');
  await devTools.send('Network.emulateNetworkConditionsByRule', {
    matchedNetworkConditions: [
      {
        urlPattern: 'http://*:*/assets/monaco-*.js',
        latency: 3_600_000,
        downloadThroughput: -1,
        uploadThroughput: -1,
      },
    ],
  });
}

export interface Options {
  /**
   * `full`: Monaco, which takes over a second of processor time on each page. `plain`: it does not
   * come, and the text area that stands in for it writes and sends.
   */
  readonly editor: 'full' | 'plain';
}

export interface WorkerFixtures {
  readonly reusedServer: ReusedServer;
}

export interface Fixtures {
  readonly server: TestServer;
  /** Whether the server's store answers late, as one on a disk or another machine does. */
  readonly isStoreLate: boolean;
  /** A second server, on another port; it is not started yet. */
  readonly otherServer: TestServer;
  /** The console, open and connected. */
  readonly console: ConsolePage;
  readonly otherClient: OtherClient;
}

export const test = base.extend<Fixtures & Options, WorkerFixtures>({
  editor: ['plain', { option: true }],
  isStoreLate: [false, { option: true }],
  reusedServer: [
    async ({}, use) => {
      const server = new ReusedServer();
      await use(server);
      await server.remove();
    },
    { scope: 'worker' },
  ],
  server: async ({ isStoreLate, reusedServer }, use) => {
    if (!isStoreLate) {
      await use(await reusedServer.take());
      return;
    }
    const server = new TestServer(laterServer);
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
    if (editor === 'plain') await holdBackEditor(page);
    const consolePage = await ConsolePage.open(page, server.url);
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
