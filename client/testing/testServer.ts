import type { CommandName } from '../../protocol/commands/catalog.ts';
import type { Client } from '../client.ts';
import { connect } from '../connect.ts';
import type { ConnectOptions } from '../options.ts';
import type { SocketClass } from '../socket.ts';
import type { InProcessServer } from '../../server/inProcess.ts';
import { directSockets } from './directSocket.ts';
import type { Faults } from './faults.ts';
import { OpenClients } from './openClients.ts';
import { withParams, type ReceivedCommand, type Recordings } from './received.ts';
import {
  hasEnded,
  seedSessions,
  type Seeded,
  type SeedOptions,
  type SessionRef,
} from './sessions.ts';
import { Snapshot } from './snapshot.ts';
import type { TestClock } from './testClock.ts';

/** What a server of the kit is made of. */
interface TestServerParts {
  readonly server: InProcessServer;
  readonly clock: TestClock;
  readonly faults: Faults;
  readonly recordings: Recordings;
  readonly log: string[];
  readonly socketClass: SocketClass;
  /** Called when it is closed. */
  readonly onClosed: () => void;
}

/** A server in this process, on a free port, with the console. */
export class TestServer {
  /** Of the console, such as `http://127.0.0.1:40123`. */
  readonly url: string;
  /** For `connect`, such as `ws://127.0.0.1:40123`. */
  readonly socketUrl: string;
  /** The time of the server, whatever the time of the test is. */
  readonly clock: TestClock;
  /** What is to go wrong. */
  readonly faults: Faults;
  /** What clients have sent since the start or the last reset, in order; the last 10,000 messages. */
  readonly received: readonly ReceivedCommand[];
  /** Lines of the server's log, the last 1,000. */
  readonly log: readonly string[];
  readonly #parts: TestServerParts;
  readonly #own: Client;
  readonly #clients: OpenClients;
  #closing: Promise<void> | undefined;

  /** @internal */
  constructor(parts: TestServerParts) {
    const { server, clock, faults, recordings, log } = parts;
    this.#parts = parts;
    this.url = server.url;
    this.socketUrl = server.url.replace('http', 'ws');
    this.clock = clock;
    this.faults = faults;
    this.received = recordings.all;
    this.log = log;
    this.#clients = new OpenClients(this.socketUrl, parts.socketClass);
    const ask = (text: string) => server.dispatch(text, 0);
    this.#own = connect(this.socketUrl, { WebSocket: directSockets(ask) });
  }

  /** A client of it, which is closed with it. */
  connect(options: ConnectOptions = {}): Client {
    return this.#clients.connect(options);
  }

  /** Creates sessions: names, and the keys of each. They come past faults and recordings. */
  seed<N extends string>(
    sessions: Readonly<Record<N, Readonly<Record<string, unknown>>>>,
    options: SeedOptions = {},
  ): Promise<Seeded<N>> {
    return seedSessions(this.#own, sessions, options);
  }

  /** Whether a session has ended or expired. Asking moves no deadline. */
  hasEnded(session: SessionRef): Promise<boolean> {
    return hasEnded(this.#own, session);
  }

  /** Whether a client has sent this command, with these parameters and perhaps more. */
  hasReceived(command: CommandName, params?: Readonly<Record<string, unknown>>): boolean {
    return withParams(this.received, command, params).length > 0;
  }

  /** All sessions, to start or reset a server from, with their tokens. What is left of their time begins to pass then. */
  async snapshot(): Promise<Snapshot> {
    return new Snapshot(await this.#parts.server.sessions());
  }

  /**
   * Makes it as good as new for another test: ends all sessions, closes the clients of {@link TestServer.connect},
   * forgets faults, recordings and the log. Other connections stay, and the time as well.
   * @param from What it holds then; absent: nothing.
   */
  async reset(from?: Snapshot): Promise<void> {
    const { server, faults, recordings, log } = this.#parts;
    faults.clear();
    await this.#clients.close();
    await this.#own.call('SH_END_ALL', {});
    await from?.restoreTo(server);
    recordings.all.length = 0;
    log.length = 0;
  }

  /** Closes all connections and ends it. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** As {@link close}, at the end of an `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    const { server, clock, faults, onClosed } = this.#parts;
    faults.clear();
    await Promise.all([this.#clients.close(), this.#own.close()]);
    await server.close();
    clock.stop();
    onClosed();
  }
}

/** Lines of a log that are shown. */
const maxShownLines = 100;

/** What is shown of the log when a test has failed. */
export function lastLines(log: readonly string[]): string {
  return ['Log of the Seshdeck server:', ...log.slice(-maxShownLines)].join('\n');
}
