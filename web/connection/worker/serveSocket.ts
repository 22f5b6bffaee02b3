import type { SetTimer } from '../../../protocol/clock.ts';
import { EventBatches } from './eventBatches.ts';
import { pack } from '../parcel.ts';
import { driveSocket, type SocketDeps } from './socketDriver.ts';
import { backlogClose, type Order, type SocketAsk } from '../socketPort.ts';

interface ServingDeps extends SocketDeps {
  readonly setTimer: SetTimer;
}

/** The worker's end: opens the socket that is asked for and serves it through the channel. */
export function serveSocket(ask: SocketAsk, channel: MessagePort, deps: ServingDeps): void {
  const batches = new EventBatches({
    deliver: (events) => channel.postMessage(pack(events)),
    setTimer: deps.setTimer,
    onOverflow: () => socket.close(backlogClose),
  });
  const socket = driveSocket(ask, deps, (event) => batches.add(event));
  channel.addEventListener('message', ({ data }: MessageEvent<Order>) => {
    switch (data.type) {
      case 'send':
        socket.send(data.message);
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
