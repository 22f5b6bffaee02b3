import { EventBatches } from './eventBatches.ts';
import { driveSocket, type SocketDeps } from './socketDriver.ts';
import { backlogClose, type CloseWish, type SocketAsk, type SocketEvent } from './socketPort.ts';
import type { OpenSocket } from './socketPort.ts';

/** What the page says to the far end of a channel. */
type Order =
  | { readonly type: 'send'; readonly text: string }
  | { readonly type: 'probe' }
  | { readonly type: 'close'; readonly how: CloseWish }
  /** The last batch of events is taken in. */
  | { readonly type: 'taken' };

interface ServingDeps extends SocketDeps {
  readonly setTimer: (run: () => void, delayMs: number) => () => void;
}

/** The worker's end: opens the socket that is asked for and serves it through the channel. */
export function serveSocket(ask: SocketAsk, channel: MessagePort, deps: ServingDeps): void {
  const batches = new EventBatches({
    deliver: (events) => channel.postMessage(events),
    setTimer: deps.setTimer,
    onOverflow: () => socket.close(backlogClose),
  });
  const socket = driveSocket(ask, deps, (event) => batches.add(event));
  channel.addEventListener('message', ({ data }: MessageEvent<Order>) => {
    switch (data.type) {
      case 'send':
        socket.send(data.text);
        break;
      case 'probe':
        socket.probe();
        break;
      case 'close':
        socket.close(data.how);
        break;
      case 'taken':
        batches.taken();
        break;
    }
  });
  channel.start();
}

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
    channel.addEventListener('message', ({ data }: MessageEvent<readonly SocketEvent[]>) => {
      onEvents(data);
      say({ type: 'taken' });
      if (data.some(isLast)) channel.close();
    });
    channel.start();
    connect(ask, farEnd);
    return {
      send: (text) => say({ type: 'send', text }),
      probe: () => say({ type: 'probe' }),
      close: (how) => say({ type: 'close', how }),
    };
  };
}

function isLast({ type }: SocketEvent): boolean {
  return type === 'closed' || type === 'refused';
}
