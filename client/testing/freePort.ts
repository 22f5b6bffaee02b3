import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Systems give no port below 32,768 to a socket that asks for any, so nobody gets it before it is used. A node of a Redis
 * cluster needs a second port, 10,000 above.
 */
const ports = [10_000, 22_768] as const;

/** A port of this machine that nothing listens on. */
export async function freePort(): Promise<number> {
  const port = randomInt(...ports);
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return freePort();
  }
  server.close();
  await once(server, 'close');
  return port;
}
