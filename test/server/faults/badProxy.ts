import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { below, pick } from '../fuzz/grammar.ts';
import type { Random } from '../crash/random.ts';
import { openTcp, vanish } from './rawSocket.ts';

interface BadProxyOptions {
  readonly port: number;
  readonly random: Random;
  /** What is passed on comes in pieces, each so late at most. */
  readonly maxDelayMs: number;
  /** A connection is cut after so many bytes at most, in either direction. */
  readonly maxBytes: number;
}

/** A bad line between clients and a server: it delays, takes apart and cuts. */
export class BadProxy {
  readonly #options: BadProxyOptions;
  readonly #server: Server;

  private constructor(options: BadProxyOptions) {
    this.#options = options;
    this.#server = createServer((client) => this.#connect(client));
  }

  static async start(options: BadProxyOptions): Promise<BadProxy> {
    const proxy = new BadProxy(options);
    await once(proxy.#server.listen(0, '127.0.0.1'), 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Takes no more. */
  close(): void {
    this.#server.close();
  }

  #connect(client: Socket): void {
    const { port, random, maxBytes } = this.#options;
    const server = openTcp(port);
    const both = [client, server];
    const cut = () => {
      for (const each of both) pick(random, [vanish, (tcp: Socket) => tcp.destroy()])(each);
    };
    for (const each of both) each.on('error', () => undefined).on('close', cut);
    let left = below(random, maxBytes);
    const count = (bytes: number) => {
      left -= bytes;
      if (left < 0) cut();
    };
    void this.#pass(client, server, count);
    void this.#pass(server, client, count);
  }

  async #pass(from: Socket, to: Socket, count: (bytes: number) => void): Promise<void> {
    const { random, maxDelayMs } = this.#options;
    try {
      for await (const chunk of from as AsyncIterable<Buffer>) {
        for (let at = 0, end = 0; at < chunk.length; at = end) {
          end = at + 1 + below(random, chunk.length);
          await new Promise((resolve) => {
            setTimeout(resolve, below(random, maxDelayMs + 1));
          });
          to.write(chunk.subarray(at, end));
          count(Math.min(end, chunk.length) - at);
        }
      }
    } catch {
      // It was cut; the other half goes with it.
    }
  }
}
