import { WebSocket } from 'ws';
import { Client } from '../../client/client.ts';
import { readOptions, type ConnectOptions } from '../../client/options.ts';
import type { StatusEvent } from '../../client/statusFeed.ts';
import { FakeClock } from '../server/fakeClock.ts';

/** An event of one type. */
export type StatusOf<T extends StatusEvent['type']> = Extract<StatusEvent, { type: T }>;

/** A client whose time a test moves. Random waits are half of their range. */
export interface TestedClient {
  readonly client: Client;
  readonly clock: FakeClock;
  /** Waits for the next event of a type; skips others. */
  readonly next: <T extends StatusEvent['type']>(type: T) => Promise<StatusOf<T>>;
}

/** For tests: a client on real sockets. */
export function clientOf(
  addresses: string | readonly string[],
  options: ConnectOptions = {},
): TestedClient {
  const clock = new FakeClock();
  const settings = readOptions(addresses, { WebSocket, ...options });
  const client = new Client(settings, { clock, random: () => 0.5 });
  const events = client.status();
  return {
    client,
    clock,
    next: async <T extends StatusEvent['type']>(type: T) => {
      for (;;) {
        const { value, done } = await events.next();
        if (done) throw new Error(`The client was closed before it was ${type}`);
        if (value.type === type) return value as StatusOf<T>; // As compared just now.
      }
    },
  };
}
