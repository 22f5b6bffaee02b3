import { execPath } from 'node:process';
import type { Client } from '../client.ts';
import type { ConnectOptions } from '../options.ts';
import type { SocketClass } from '../socket.ts';
import { ChildProcess, untilEof } from './childProcess.ts';
import { OpenClients } from './openClients.ts';
import {
  hasEnded,
  seedSessions,
  type Seeded,
  type SeedOptions,
  type SessionRef,
} from './sessions.ts';

/** How a server in a separate process is to run. All of it may be left out. */
export interface ServerProcessOptions {
  /** As on the command line, such as `['--max-keys', '100']`. The port is always a free one. */
  readonly flags?: readonly string[];
  /** Where sessions are: a directory, or the address of Redis, such as `redis.url` of `startRedis`. Default: in memory. */
  readonly data?: string;
  /** Milliseconds that the start may take. Default: 10,000. */
  readonly startTimeoutMs?: number;
}

/**
 * Starts a server in a separate process, on a free port, with the console if that is built.
 * Rejects with what it printed when a flag is wrong, and when the start fails or takes too long.
 */
export async function startServerProcess(
  options: ServerProcessOptions = {},
): Promise<ServerProcess> {
  const { flags = [], data, startTimeoutMs = 10_000 } = options;
  const { serverArgs, socketClass } = await import('../../server/inProcess.ts');
  const args = ['--log-level', 'debug', ...flags, ...placeOf(data), '--port', '0'];
  const child = new ChildProcess(execPath, ['--import', untilEof, ...serverArgs, ...args]);
  try {
    const [, url = ''] = await child.line(/^Seshdeck \S+ on (https?:\/\/\S+)$/, startTimeoutMs);
    return new ServerProcess(url, child, socketClass);
  } catch (error) {
    await child.end('SIGKILL');
    throw error;
  }
}

function placeOf(data: string | undefined): readonly string[] {
  if (data === undefined) return ['--memory'];
  return /^rediss?:/.test(data) ? ['--store', data] : ['--data', data];
}

/** A server in a separate process. */
export class ServerProcess {
  /** Of the console, such as `http://127.0.0.1:40123`. */
  readonly url: string;
  /** For `connect`, such as `ws://127.0.0.1:40123`. */
  readonly socketUrl: string;
  /** Lines that it has printed, the last 1,000. */
  readonly log: readonly string[];
  readonly #child: ChildProcess;
  readonly #clients: OpenClients;
  #own: Client | undefined;

  /** @internal */
  constructor(url: string, child: ChildProcess, socketClass: SocketClass) {
    this.url = url;
    this.socketUrl = url.replace('http', 'ws');
    this.log = child.lines;
    this.#child = child;
    this.#clients = new OpenClients(this.socketUrl, socketClass);
  }

  /** A client of it, which is closed with it. */
  connect(options: ConnectOptions = {}): Client {
    return this.#clients.connect(options);
  }

  /** Creates sessions: names, and the keys of each. */
  seed<N extends string>(
    sessions: Readonly<Record<N, Readonly<Record<string, unknown>>>>,
    options: SeedOptions = {},
  ): Promise<Seeded<N>> {
    this.#own ??= this.connect();
    return seedSessions(this.#own, sessions, options);
  }

  /** Whether a session has ended or expired. Asking moves no deadline. */
  hasEnded(session: SessionRef): Promise<boolean> {
    this.#own ??= this.connect();
    return hasEnded(this.#own, session);
  }

  /** Ends it at once, as a crash does. Clients stay, and try to connect again. */
  kill(): Promise<void> {
    return this.#child.end('SIGKILL');
  }

  /** Closes the clients of {@link ServerProcess.connect} and ends it. */
  async close(): Promise<void> {
    await this.#clients.close();
    await this.#child.end('SIGTERM');
  }

  /** As {@link close}, at the end of an `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
