import { directSockets } from './directSockets.ts';
import { socketsThroughChannels } from './socketChannel.ts';
import type { OpenSocket, SocketEvent } from './socketPort.ts';

/** As a socket says that its connection broke. */
const broken: SocketEvent = { type: 'closed', code: 1006, reason: '' };

/** The console's sockets: all in one worker; in the page itself where no worker can be had. */
export function workerSockets(nowMs: () => number): OpenSocket {
  const inPage = directSockets({
    makeSocket: (url, subprotocols) => new WebSocket(url, subprotocols),
    nowMs,
  });
  return fallingBack(
    () => new Worker(new URL('socketWorker.ts', import.meta.url), { type: 'module' }),
    inPage,
  );
}

/** Sockets in a worker that is made for the first of them, or in the page once it has failed. */
export function fallingBack(makeWorker: () => Worker, inPage: OpenSocket): OpenSocket {
  const abandoned = new Set<() => void>();
  let worker: Worker | undefined;
  let hasFailed = false;
  const fail = () => {
    hasFailed = true;
    worker?.terminate();
    for (const abandon of abandoned) abandon();
  };
  const start = () => {
    try {
      worker ??= makeWorker();
      worker.addEventListener('error', fail, { once: true });
    } catch {
      hasFailed = true;
    }
  };
  const inWorker = socketsThroughChannels((ask, farEnd) => worker?.postMessage(ask, [farEnd]));
  return (ask, onEvents) => {
    if (!worker && !hasFailed) start();
    if (hasFailed) return inPage(ask, onEvents);
    const abandon = () => onEvents([broken]);
    abandoned.add(abandon);
    return inWorker(ask, (events) => {
      if (events.some(({ type }) => type === 'closed' || type === 'refused')) {
        abandoned.delete(abandon);
      }
      onEvents(events);
    });
  };
}
