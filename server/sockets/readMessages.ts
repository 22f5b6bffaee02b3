import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Outlet } from './outlet.ts';
import type { Pipeline } from './pipeline.ts';

interface ReadOptions {
  readonly socket: WebSocket;
  /** The connection underneath. */
  readonly tcp: Socket;
  readonly outlet: Outlet;
  readonly pipeline: Pipeline;
  /** Called for every message. */
  readonly onMessage: () => void;
}

/** Hands what comes on a socket to its pipeline. */
export function readMessages({ socket, tcp, outlet, pipeline, onMessage }: ReadOptions): void {
  socket.on('message', (data, isBinary) => {
    // Not by `guard`: a closure for each message shows in the rate.
    try {
      onMessage();
      // One buffer, as `ws` delivers by default.
      if (!Buffer.isBuffer(data)) throw new Error('A message that is no buffer');
      pipeline.take(isBinary ? null : data);
    } catch (error) {
      outlet.fail(error);
    }
  });
  // Before the messages that a chunk completes are taken, and after.
  tcp.prependListener('data', () => outlet.gather());
  tcp.on('data', (chunk: Buffer) => {
    pipeline.noteRead(chunk.length);
    outlet.sendGathered();
  });
  for (const control of ['ping', 'pong'] as const) {
    socket.on(control, (data: Buffer) => pipeline.noteControl(data.length));
  }
  socket.on('close', () => outlet.guard(() => pipeline.close()));
}
