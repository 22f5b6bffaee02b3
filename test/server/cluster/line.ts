import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Two ends of a connection through the line. */
interface Pair {
  /** Address of who has opened it. */
  readonly source: string;
  readonly outer: Socket;
  readonly inner: Socket;
}

/**
 * A network in front of a node that can be cut: `cut` breaks all connections and takes no new ones; `silent` holds back
 * what is sent, and delivers it when the line is open again.
 */
export class Line {
  readonly #server: Server;
  readonly #pairs = new Set<Pair>();
  readonly #lost = new Set<Socket>();
  #targetPort = 0;
  #state: 'open' | 'silent' | 'cut' = 'open';
  #hidden: ReadonlySet<string> = new Set();
  /** Connections that were opened so far, also those that were not taken. */
  opened = 0;

  private constructor() {
    this.#server = createServer((outer) => this.#take(outer));
  }

  static async start(): Promise<Line> {
    const line = new Line();
    await once(line.#server.listen(0, '127.0.0.1'), 'listening');
    return line;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Where it leads to. */
  leadTo(port: number): void {
    this.#targetPort = port;
  }

  set(state: 'open' | 'silent' | 'cut'): void {
    this.#state = state;
    for (const pair of this.#pairs) this.#apply(pair);
  }

  /** Is silent for connections from these addresses, beside what is set for all. */
  hideFrom(sources: readonly string[]): void {
    this.#hidden = new Set(sources);
    for (const pair of this.#pairs) this.#apply(pair);
  }

  /** Nothing comes through these connections any more, and nobody closes them: the machine at the other end is lost. */
  loseConnections(): void {
    for (const pair of this.#pairs) {
      this.#pairs.delete(pair);
      part(pair);
      // It must not keep its node busy, or this process running.
      pair.inner.destroy();
      pair.outer.unref();
      this.#lost.add(pair.outer);
    }
  }

  #apply(pair: Pair): void {
    if (this.#state === 'cut') destroy(pair);
    else if (this.#state === 'silent' || this.#hidden.has(pair.source)) part(pair);
    else join(pair);
  }

  async close(): Promise<void> {
    this.set('cut');
    for (const socket of this.#lost) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #take(outer: Socket): void {
    this.opened += 1;
    outer.on('error', () => undefined);
    if (this.#state === 'cut') {
      outer.resetAndDestroy();
      return;
    }
    const source = outer.remoteAddress ?? '';
    const pair = { source, outer, inner: connect(this.#targetPort, '127.0.0.1') };
    this.#pairs.add(pair);
    for (const each of [pair.outer, pair.inner]) {
      each.setNoDelay();
      each.on('error', () => undefined);
      each.on('close', () => {
        this.#lost.delete(each);
        if (this.#pairs.delete(pair)) destroy(pair);
      });
    }
    this.#apply(pair);
  }
}

function join({ outer, inner }: Pair): void {
  part({ outer, inner });
  outer.pipe(inner);
  inner.pipe(outer);
}

function part({ outer, inner }: Pick<Pair, 'outer' | 'inner'>): void {
  outer.unpipe(inner).pause();
  inner.unpipe(outer).pause();
}

function destroy({ outer, inner }: Pair): void {
  outer.destroy();
  inner.destroy();
}
