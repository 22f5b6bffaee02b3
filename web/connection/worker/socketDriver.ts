import { MessagePairing, probeText } from './messagePairing.ts';
import type { CloseRequest, SocketAsk, SocketEvent, SocketPort } from '../socketPort.ts';

/** The outside world of a socket. */
export interface SocketDeps {
  readonly makeSocket: (url: string, subprotocols: string[]) => WebSocket;
  /** Unix time in milliseconds, monotonic. */
  readonly nowMs: () => number;
}

/** Drives one WebSocket: what it does becomes events with the time at which it did it. */
export function driveSocket(
  { url, subprotocols }: SocketAsk,
  { makeSocket, nowMs }: SocketDeps,
  onEvent: (event: SocketEvent) => void,
): SocketPort {
  const pairing = new MessagePairing();
  const askedAtMs = nowMs();
  let socket: WebSocket;
  let isOpen = false;
  try {
    socket = makeSocket(url, [...subprotocols]);
  } catch (error) {
    onEvent({ type: 'refused', message: error instanceof Error ? error.message : '' });
    return { send: () => {}, probe: () => {}, close: () => {} };
  }
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('open', () => {
    isOpen = true;
    const { protocol: subprotocol, extensions } = socket;
    onEvent({ type: 'opened', subprotocol, extensions, connectMs: nowMs() - askedAtMs });
  });
  // An error event has no reason; the close event after it has what is known.
  socket.addEventListener('error', () => {});
  socket.addEventListener('message', (event: MessageEvent) => {
    onEvent(pairing.arrived(event.data, nowMs()));
  });
  socket.addEventListener('close', ({ code, reason }) => {
    isOpen = false;
    onEvent({ type: 'closed', code, reason });
  });
  return {
    send: (message) => {
      if (!isOpen) return;
      // Before the send: what the socket does with the text is part of the latency.
      onEvent(pairing.sent(message, nowMs()));
      socket.send(message.text);
    },
    probe: () => {
      if (!isOpen) return;
      pairing.probed(nowMs());
      socket.send(probeText);
    },
    close: ({ code, reason }: CloseRequest) => {
      isOpen = false;
      socket.close(code, reason);
    },
  };
}
