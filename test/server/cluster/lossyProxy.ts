import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** For tests: a way to Redis on which published messages can get lost while the connection stays. */
export interface LossyProxy {
  readonly port: number;
  /** Messages that come from now on, and until `false`, get lost. */
  lose: (isLosing: boolean) => void;
  /** How many messages got lost. */
  readonly lost: number;
  /** Closes all connections; new ones can be made. */
  cut: () => void;
  stop: () => Promise<void>;
}

const publishedMessage = /^[*>]\d\r\n\$8\r\nsmessage/;

export async function startLossyProxy(redisPort: number): Promise<LossyProxy> {
  const sockets = new Set<Socket>();
  let isLosing = false;
  let lost = 0;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const server = createServer((client) => {
    const redis = connect(redisPort, '127.0.0.1');
    keep(client);
    keep(redis);
    client.on('data', (chunk) => redis.write(chunk));
    redis.on('data', (chunk) => {
      if (isLosing && publishedMessage.test(chunk.toString('latin1', 0, 32))) lost += 1;
      else client.write(chunk);
    });
    client.on('close', () => redis.destroy());
    redis.on('close', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port,
    lose: (isOn) => (isLosing = isOn),
    get lost() {
      return lost;
    },
    cut,
    stop: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
