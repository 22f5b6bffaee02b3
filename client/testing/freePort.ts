import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** A node of a Redis cluster needs a second port, 10,000 above. */
const highestPort = 55_535;

/** A port of this machine that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // It listens on TCP.
  server.close();
  return port > highestPort ? freePort() : port;
}
