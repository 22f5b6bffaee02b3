import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { WebSocket, type ClientOptions } from 'ws';
import { readConfig } from '../../server/config/readConfig.mjs';
import type { Config } from '../../server/config/configTypes.ts';
import { createServer, type Server, type ServerDeps } from '../../server/createServer.ts';

/** For tests: a real server on a free port, and sockets to it. */
export interface TestServer {
  readonly server: Server;
  readonly port: number;
  readonly url: string;
  readonly metricsUrl: string | undefined;
  connect: (path?: string) => Promise<TestClient>;
  stop: () => Promise<void>;
}

export async function startTestServer(
  flags: readonly string[] = [],
  deps: Partial<ServerDeps> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<TestServer> {
  const server = createServer(testConfig(flags, env), { version: '0.0.0-test', ...deps });
  const { port, url, metricsUrl } = await server.listen();
  const clients: TestClient[] = [];
  return {
    server,
    port,
    url,
    metricsUrl,
    connect: async (path = '/') => {
      const client = await TestClient.open(`ws://127.0.0.1:${port}${path}`);
      clients.push(client);
      return client;
    },
    stop: async () => {
      for (const client of clients) client.socket.terminate();
      await server.close();
    },
  };
}

/** Environment of a server that saves below this directory. */
export function savingTo(root: string): Record<string, string> {
  return { SESHDECK_PERSIST_ENABLED: 'true', SESHDECK_PERSIST_PATH: root };
}

function testConfig(flags: readonly string[], env: Readonly<Record<string, string>>): Config {
  const command = readConfig({
    args: ['--port', '0', ...(flags.includes('--data') ? [] : ['--memory']), ...flags],
    env,
    readFile: (path) => {
      if (path.endsWith('.pem')) return certificateFile(path);
      return path.endsWith('.json') ? '{"keys":[]}' : 'a key of sixteen characters or more';
    },
    tryDirectory: () => undefined,
  });
  if (!command.ok || command.value.kind !== 'serve') throw new Error('These flags are no server');
  return command.value.config;
}

/** Of the certificates for tests. */
export function certificateFile(name: string): string {
  return readFileSync(new URL(`certificates/${name}`, import.meta.url), 'utf8');
}

/** A WebSocket client that keeps what it receives until it is asked for. */
export class TestClient {
  readonly socket: WebSocket;
  /** Settles with the close code. */
  readonly closed: Promise<number>;
  readonly #received: string[] = [];
  #wake: () => void = () => undefined;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer) => {
      this.#received.push(data.toString());
      this.#wake();
    });
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      socket.on('close', resolve);
    });
  }

  static async open(
    url: string,
    protocols: string[] = [],
    options: ClientOptions = {},
  ): Promise<TestClient> {
    const client = new TestClient(new WebSocket(url, protocols, options));
    await once(client.socket, 'open');
    return client;
  }

  /** The next message; waits for it. */
  async next(): Promise<string> {
    while (this.#received.length === 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#received.shift() ?? '';
  }

  /** Sends a request that is answered. */
  async ask(request: string | Buffer): Promise<string> {
    this.socket.send(request);
    return this.next();
  }

  /** Creates a session. @returns Its token. */
  async newSession(body = '{"name":"demo"}'): Promise<string> {
    return /"tkn":"(\d+)"/.exec(await this.ask(`{"SH_NEW":${body}}`))?.[1] ?? '';
  }

  /** Messages that have come and were not asked for. */
  get unread(): number {
    return this.#received.length;
  }
}
