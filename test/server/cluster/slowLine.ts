import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** For tests: a slow network. */
export interface SlowLine {
  readonly port: number;
  stop: () => Promise<void>;
}

/** A network in front of a port that carries so many bytes in a millisecond. */
export async function startSlowLine(targetPort: number, bytesPerMs: number): Promise<SlowLine> {
  const sockets = new Set<Socket>();
  const carry = async (from: Socket, to: Socket) => {
    sockets.add(from);
    await pipeline(from, slowly, to).catch(() => undefined);
    sockets.delete(from);
  };
  async function* slowly(source: AsyncIterable<Buffer>) {
    for await (const chunk of source) {
      await wait(chunk.length / bytesPerMs);
      yield chunk;
    }
  }
  const server = createServer((outer) => {
    const inner = connect(targetPort, '127.0.0.1');
    void carry(outer, inner);
    void carry(inner, outer);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
