import { driveSocket, type SocketDeps } from './socketDriver.ts';
import type { OpenSocket } from './socketPort.ts';

/** Sockets in the same thread as the page, without batches: where there is no worker, and in tests. */
export function directSockets(deps: SocketDeps): OpenSocket {
  return (ask, onEvents) =>
    driveSocket(ask, deps, (event) => {
      // A refusal comes while the socket is being opened, so before the opener can know of it.
      if (event.type === 'refused') queueMicrotask(() => onEvents([event]));
      else onEvents([event]);
    });
}
