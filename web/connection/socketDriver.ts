import { readingOf } from './reading.ts';
import type {
  Arrival,
  CloseWish,
  Reading,
  SocketAsk,
  SocketEvent,
  SocketPort,
} from './socketPort.ts';

/** The outside world of a socket. */
export interface SocketDeps {
  readonly makeSocket: (url: string, subprotocols: string[]) => WebSocket;
  /** Unix time in milliseconds, monotonic. */
  readonly nowMs: () => number;
}

const utf8 = new TextEncoder();
const noReading: Reading = { name: '', statuses: [], session: undefined };

/** Drives one WebSocket: what it does becomes events with the time at which it did it. */
export function driveSocket(
  { url, subprotocols }: SocketAsk,
  { makeSocket, nowMs }: SocketDeps,
  onEvent: (event: SocketEvent) => void,
): SocketPort {
  const askedAtMs = nowMs();
  let socket: WebSocket;
  try {
    socket = makeSocket(url, [...subprotocols]);
  } catch (error) {
    onEvent({ type: 'refused', message: error instanceof Error ? error.message : '' });
    return { send: () => {}, close: () => {} };
  }
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('open', () => {
    const { protocol: subprotocol, extensions } = socket;
    onEvent({ type: 'opened', subprotocol, extensions, connectMs: nowMs() - askedAtMs });
  });
  // A failure says nothing; the close event after it tells what can be told.
  socket.addEventListener('error', () => {});
  socket.addEventListener('message', (event: MessageEvent) => {
    onEvent(arrivalOf(event.data, nowMs()));
  });
  socket.addEventListener('close', ({ code, reason }) => {
    onEvent({ type: 'closed', code, reason });
  });
  return {
    send: (text) => {
      // Before the send: what the socket does with the text is part of the latency.
      onEvent({ type: 'sent', atMs: nowMs() });
      socket.send(text);
    },
    close: ({ code, reason }: CloseWish) => socket.close(code, reason),
  };
}

function arrivalOf(data: unknown, atMs: number): Arrival {
  if (typeof data === 'string') {
    const bytes = utf8.encode(data).length;
    return {
      type: 'arrived',
      atMs,
      text: data,
      bytes,
      binary: undefined,
      reading: readingOf(data),
    };
  }
  const binary = data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array();
  const bytes = binary.length;
  return { type: 'arrived', atMs, text: '', bytes, binary, reading: noReading };
}
