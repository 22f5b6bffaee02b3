import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { ServerDeps } from '../../server/createServer.ts';
import { startTestServer, type TestServer } from '../server/testServer.ts';

/** For tests: a way to a server that can be cut, frozen and closed. */
export class Proxy {
  readonly #server: Server;
  readonly #pairs = new Set<{ readonly client: Socket; readonly server: Socket }>();

  /** What a server must be allowed to be called (`--allow-host`). */
  readonly host: string;
  /** Port of the server, which is started after it. */
  targetPort = 0;

  private constructor(server: Server) {
    this.#server = server;
    this.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(): Promise<Proxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy = new Proxy(server);
    server.on('connection', (client) => proxy.#join(client));
    return proxy;
  }

  get url(): string {
    return `ws://${this.host}/`;
  }

  /** Drops every connection without a closing frame. */
  cut(): void {
    for (const { client, server } of this.#pairs) {
      client.destroy();
      server.destroy();
    }
    this.#pairs.clear();
  }

  /** Nothing gets through any more on the connections there are, but they stay. */
  freeze(): void {
    for (const { client, server } of this.#pairs) {
      client.unpipe(server);
      server.unpipe(client);
      client.resume();
      server.resume();
    }
  }

  /** Replies get through no more; requests do. */
  freezeReplies(): void {
    for (const { client, server } of this.#pairs) {
      server.unpipe(client);
      server.pause();
    }
  }

  /** Cuts, and refuses new connections. */
  async stop(): Promise<void> {
    this.cut();
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }

  #join(client: Socket): void {
    const server = connect(this.targetPort, '127.0.0.1');
    const pair = { client, server };
    this.#pairs.add(pair);
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        client.destroy();
        server.destroy();
        this.#pairs.delete(pair);
      });
    }
    client.pipe(server);
    server.pipe(client);
  }
}

/** For tests: a server behind some ways to it. */
export async function startProxied(
  count: number,
  flags: readonly string[] = [],
  deps: Partial<ServerDeps> = {},
): Promise<{ readonly server: TestServer; readonly proxies: readonly Proxy[] }> {
  const proxies = await Promise.all(Array.from({ length: count }, () => Proxy.start()));
  const hosts = proxies.flatMap(({ host }) => ['--allow-host', host]);
  const server = await startTestServer([...hosts, ...flags], deps);
  for (const proxy of proxies) proxy.targetPort = server.port;
  return { server, proxies };
}
