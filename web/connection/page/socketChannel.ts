import { unpack, type Parcel } from '../parcel.ts';
import type { OpenSocket, Order, SocketAsk, SocketEvent } from '../socketPort.ts';

/**
 * The page's end: sockets that are opened at the far end of a channel.
 * @param connect Hands the other end of a channel over, together with what to open.
 */
export function socketsThroughChannels(
  connect: (ask: SocketAsk, farEnd: MessagePort) => void,
): OpenSocket {
  return (ask, onEvents) => {
    const { port1: channel, port2: farEnd } = new MessageChannel();
    const say = (order: Order) => channel.postMessage(order);
    channel.addEventListener('message', ({ data }: MessageEvent<Parcel>) => {
      const events = unpack(data);
      onEvents(events);
      say({ type: 'taken' });
      if (events.some(isLast)) channel.close();
    });
    channel.start();
    connect(ask, farEnd);
    return {
      send: (message) => say({ type: 'send', message }),
      probe: () => say({ type: 'probe' }),
      close: (how) => say({ type: 'close', how }),
    };
  };
}

function isLast({ type }: SocketEvent): boolean {
  return type === 'closed' || type === 'refused';
}
