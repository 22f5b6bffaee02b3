import type { IncomingMessage } from 'node:http';
import type { InspectionAccess } from '../inspection/access.ts';
import type { Grant } from '../inspection/rights/grant.ts';
import type { Log } from '../log.ts';
import type { Accepted, SocketConnection } from '../sockets/socketConnection.ts';
import type { Admission } from '../sockets/upgrades.ts';
import type { HostPolicy } from './hostPolicy.ts';
import { inspectPath, isReserved, pathOf } from './paths.ts';
import { RefusalLog } from './refusalLog.ts';

/** What a socket becomes that is let in. */
export interface SocketKinds {
  readonly connectData: (accepted: Accepted) => SocketConnection;
  readonly connectInspector: (accepted: Accepted & { readonly grant: Grant }) => SocketConnection;
}

interface AdmissionOptions extends SocketKinds {
  readonly policy: HostPolicy;
  readonly access: InspectionAccess;
  readonly log: Log;
}

/** Decides from the headers of an upgrade request who gets a WebSocket, and of which kind. */
export function createAdmission(
  options: AdmissionOptions,
): (request: IncomingMessage) => Admission {
  const { policy, access } = options;
  const refusals = new RefusalLog(options.log);
  return (request) => {
    const { origin } = request.headers;
    // What follows could be a body or frames.
    if (hasBody(request)) return { refuse: 'hasBody' };
    const foreignHosts = policy.foreignHosts(request);
    if (foreignHosts.length > 0) {
      refusals.host(foreignHosts[0]);
      return { refuse: 'foreignHost' };
    }
    if (origin !== undefined && !policy.isOurOrigin(origin, request)) {
      refusals.origin(origin);
      return { refuse: 'foreignOrigin' };
    }
    const path = pathOf(request.url);
    if (path !== inspectPath)
      return isReserved(path)
        ? { refuse: 'reservedPath' }
        : { admit: 'data', connect: options.connectData };
    if (access.kind === 'off') return { refuse: 'inspectionOff' };
    const grant = access.grantOf(request);
    if (!grant) return { refuse: 'noProof' };
    return {
      admit: 'inspection',
      connect: (accepted) => options.connectInspector({ ...accepted, grant }),
    };
  };
}

/** Whether a request has more than its headers. */
export function hasBody({ headers }: IncomingMessage): boolean {
  if (headers['transfer-encoding'] !== undefined) return true;
  return (headers['content-length'] ?? '0') !== '0';
}
