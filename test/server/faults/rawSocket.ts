import { connect, type Socket, type TcpSocketConnectOpts } from 'node:net';

/** @param port Of the server, also where a proxy is in between. */
export function handshakeFor(port: number): Buffer {
  return Buffer.from(
    `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  );
}

export const opcodes = { continuation: 0x00, text: 0x01, ping: 0x89, finalText: 0x81 } as const;

/** A frame as clients send it; a mask of zeros leaves the bytes as they are. */
export function frameOf(payload: string | Buffer, first: number = opcodes.finalText): Buffer {
  const bytes = Buffer.from(payload);
  const head = headOf(bytes.length);
  head.writeUInt8(first, 0);
  return Buffer.concat([head, Buffer.alloc(4), bytes]);
}

function headOf(length: number): Buffer {
  if (length < 126) return Buffer.from([0, 0x80 | length]);
  if (length < 0x10000) return Buffer.from([0, 0x80 | 126, length >> 8, length & 0xff]);
  const head = Buffer.alloc(10);
  head.writeBigUInt64BE(BigInt(length), head.writeUInt8(0x80 | 127, 1));
  return head;
}

/** A connection without the manners of a WebSocket library. Errors are its own business. */
export function openTcp(port: number, options: Partial<TcpSocketConnectOpts> = {}): Socket {
  const tcp = connect({ host: '127.0.0.1', noDelay: true, port, ...options });
  tcp.on('error', () => undefined);
  return tcp;
}

/** Settles when a connection has ended, however it did. */
export function isClosed(tcp: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (tcp.closed) resolve();
    else tcp.once('close', () => resolve());
  });
}

/** @returns The status of the answer to the handshake; 0 when the connection ends before. */
export async function shakeHands(tcp: Socket, port: number): Promise<number> {
  tcp.write(handshakeFor(port));
  const answer = new Promise<string>((resolve) => {
    tcp.once('data', (chunk) => resolve(chunk.toString()));
    tcp.once('close', () => resolve(''));
  });
  return Number(/^HTTP\/1\.1 (\d+)/.exec(await answer)?.[1] ?? 0);
}

/** Opens a WebSocket. What comes on it is thrown away until somebody pauses it. */
export async function openSocket(port: number): Promise<Socket> {
  const tcp = openTcp(port);
  const status = await shakeHands(tcp, port);
  if (status !== 101) throw new Error(`The handshake is answered with ${status}`);
  tcp.on('data', () => undefined);
  return tcp;
}

/** Ends a connection as a client that is unplugged. */
export function vanish(tcp: Socket): void {
  tcp.resetAndDestroy();
}
