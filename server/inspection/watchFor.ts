import type { Clock } from '../../protocol/clock.ts';
import { maxComparedKeys, maxListedKeys } from '../../protocol/inspection/events.ts';
import type { InspectionRequest } from '../../protocol/inspection/requests.ts';
import type { Connections } from '../sockets/connections.ts';
import type { AuditList } from './audit/auditList.ts';
import { AuditWatch } from './audit/auditWatch.ts';
import { ClientTable } from './clients/clientTable.ts';
import { EndedWatch } from './endedWatch.ts';
import { FiguresWatch } from './figures/figuresWatch.ts';
import type { InspectionHub } from './hub.ts';
import { TimelineWindow } from './history/timelineWindow.ts';
import { KeyDelta } from './keyDelta.ts';
import { SessionWindow } from './list/sessionWindow.ts';
import { OverviewWatch, type OverviewSource } from './overview/overviewWatch.ts';
import type { Scope } from './scopes.ts';
import { ManyServersWatch } from './servers/manyServersWatch.ts';
import type { OtherInspections } from './servers/otherInspections.ts';
import { CommandStream } from './stream/commandStream.ts';
import type { Watch } from './watch.ts';

/** Which request ends what another one began. */
export const endOf = {
  unwatch: 'watch',
  uncompare: 'compare',
  unlist: 'list',
  unstream: 'stream',
  unclients: 'clients',
  unfigures: 'figures',
  unoverview: 'overview',
  unaudit: 'audit',
  untimeline: 'timeline',
  unended: 'ended',
} as const;

/** What ends a watch. */
export type EndRequest = Extract<InspectionRequest, { type: keyof typeof endOf }>;

/** What begins a watch. */
export type WatchRequest = Extract<InspectionRequest, { type: (typeof endOf)[keyof typeof endOf] }>;

const beginnings: ReadonlySet<string> = new Set(Object.values(endOf));

export function isWatchRequest(request: InspectionRequest): request is WatchRequest {
  return beginnings.has(request.type);
}

export function isEndRequest(request: InspectionRequest): request is EndRequest {
  return Object.hasOwn(endOf, request.type);
}

export interface WatchParts {
  readonly hub: InspectionHub;
  /** What may be read at the moment. */
  readonly scope: () => Scope;
  readonly clock: Clock;
  readonly peers: Pick<Connections, 'clients'>;
  readonly overview: OverviewSource;
  readonly audit: AuditList;
  /** Absent: no other server shares the store. */
  readonly servers: OtherInspections | undefined;
  /** Only sessions whose names begin so may be shown. */
  readonly within: () => string;
  /** Called when a watch has something at a time of its own. */
  readonly onDue: () => void;
}

/** Begins to watch what is asked for. */
export function watchFor(request: WatchRequest, parts: WatchParts): Watch {
  const { hub, clock, peers, onDue } = parts;
  const { commands, idOf } = hub;
  const within = parts.within();
  const { views, includes } = parts.scope();
  const shared = { clock, commands, onDue };
  switch (request.type) {
    case 'watch': {
      const count = Math.min(request.count ?? maxListedKeys, maxListedKeys);
      return new KeyDelta(views, { ...request, count }, hub.watchKeys(request.id));
    }
    case 'compare': {
      const compared = { ...request, count: maxComparedKeys };
      return new KeyDelta(views, compared, hub.watchKeys(request.id));
    }
    case 'list':
      return new SessionWindow({ hub, clock, onDue, within }, request);
    case 'figures':
      return new FiguresWatch(request, { hub, clock, onDue, within });
    case 'timeline':
      return new TimelineWindow(views, request);
    case 'stream':
      return overServers(
        request,
        parts,
        () => new CommandStream(request, { ...shared, idOf, includes }),
      );
    case 'clients':
      return overServers(
        request,
        parts,
        () => new ClientTable(request.number, { ...shared, clients: () => peers.clients() }),
      );
    case 'ended':
      return new EndedWatch(request.number, { clock, idOf, store: views });
    case 'audit':
      return new AuditWatch(request.number, parts);
    case 'overview':
      return new OverviewWatch(request.number, { ...shared, source: parts.overview });
  }
}

/** @param makeOwn Makes the watch of this server. */
function overServers(
  request: Extract<WatchRequest, { type: 'stream' | 'clients' }>,
  { servers, clock, onDue, within }: WatchParts,
  makeOwn: () => Watch,
): Watch {
  if (!servers) return makeOwn();
  const { server } = { server: undefined, ...request };
  const isOwnWanted = server === undefined || server === servers.own.name;
  const parts = { servers, clock, onDue, within: within() };
  return new ManyServersWatch(request, isOwnWanted ? makeOwn() : undefined, parts);
}
