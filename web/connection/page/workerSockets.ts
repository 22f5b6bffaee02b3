import { socketsThroughChannels } from './socketChannel.ts';
import type { OpenSocket, SocketEvent } from '../socketPort.ts';

/** As a socket says that its connection broke. */
const broken: SocketEvent = { type: 'closed', code: 1006, reason: '' };

/** The console's sockets: all in one worker, made for the first of them. */
export function workerSockets(): OpenSocket {
  return socketsIn(
    () => new Worker(new URL('../worker/socketWorker.ts', import.meta.url), { type: 'module' }),
  );
}

/**
 * Sockets in a worker. One that fails, as when its script could not be fetched, takes its sockets
 * with it, and the next attempt to connect makes another.
 */
export function socketsIn(makeWorker: () => Worker): OpenSocket {
  const abandoned = new Set<() => void>();
  let worker: Worker | undefined;
  const start = () => {
    const started = makeWorker();
    started.addEventListener('error', () => {
      started.terminate();
      if (worker === started) worker = undefined;
      for (const abandon of abandoned) abandon();
      abandoned.clear();
    });
    return started;
  };
  const open = socketsThroughChannels((ask, farEnd) => {
    worker ??= start();
    worker.postMessage(ask, [farEnd]);
  });
  return (ask, onEvents) => {
    const abandon = () => onEvents([broken]);
    abandoned.add(abandon);
    return open(ask, (events) => {
      if (events.some(({ type }) => type === 'closed' || type === 'refused')) {
        abandoned.delete(abandon);
      }
      onEvents(events);
    });
  };
}
