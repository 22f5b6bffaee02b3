import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Both ends of a connection on this machine. */
export interface SocketPair {
  /** The end that connected. */
  readonly peer: Socket;
  /** The end that was accepted. */
  readonly tcp: Socket;
  close(): void;
}

export async function openSocketPair(): Promise<SocketPair> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const peer = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [tcp] = (await once(server, 'connection')) as [Socket];
  const close = () => {
    peer.destroy();
    tcp.destroy();
    server.close();
  };
  return { peer, tcp, close };
}
