import type { Clock } from '../protocol/clock.ts';
import { Client } from './client.ts';
import { readOptions, type ConnectOptions } from './options.ts';

const systemClock: Clock = {
  nowMs: () => performance.now(),
  setTimer: (run, delayMs) => {
    const timer = setTimeout(run, Math.ceil(delayMs));
    return () => clearTimeout(timer);
  },
};

/**
 * Connects to a server, in the background: calls can be made at once, and are sent when there is a connection.
 * @param addresses `ws://` or `wss://`. With several the next one is used when one is lost; they must be
 * servers with the same sessions.
 */
export function connect(
  addresses: string | URL | readonly (string | URL)[],
  options: ConnectOptions = {},
): Client {
  return new Client(readOptions(addresses, options), {
    clock: systemClock,
    random: () => Math.random(),
  });
}
