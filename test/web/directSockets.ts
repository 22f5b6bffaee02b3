import { driveSocket, type SocketDeps } from '../../web/connection/worker/socketDriver.ts';
import type { OpenSocket } from '../../web/connection/socketPort.ts';

/** Sockets without a worker, each event its own batch. For tests. */
export function directSockets(deps: SocketDeps): OpenSocket {
  return (ask, onEvents) =>
    driveSocket(ask, deps, (event) => {
      // A refusal comes while the socket is being opened, so before the opener can know of it.
      if (event.type === 'refused') queueMicrotask(() => onEvents([event]));
      else onEvents([event]);
    });
}
