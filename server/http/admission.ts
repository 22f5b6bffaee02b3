import type { IncomingMessage } from 'node:http';
import type { InspectionAccess } from '../inspection/access.ts';
import type { Log } from '../log.ts';
import type { Admission } from '../sockets/upgrades.ts';
import type { HostPolicy } from './hostPolicy.ts';
import { inspectPath, isReserved, pathOf } from './paths.ts';
import { RefusalLog } from './refusalLog.ts';

interface AdmissionOptions {
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
      return isReserved(path) ? { refuse: 'reservedPath' } : { admit: 'data' };
    if (access.kind === 'off') return { refuse: 'inspectionOff' };
    return access.isProven(request) ? { admit: 'inspection' } : { refuse: 'noProof' };
  };
}

/** Whether a request has more than its headers. */
export function hasBody({ headers }: IncomingMessage): boolean {
  if (headers['transfer-encoding'] !== undefined) return true;
  return (headers['content-length'] ?? '0') !== '0';
}
