import type { Accepted } from './sockets/socketConnection.ts';
import type { Connections } from './sockets/connections.ts';
import { Acts, type ActParts } from './inspection/act/act.ts';
import {
  InspectorConnection,
  type InspectorConnectionOptions,
} from './inspection/inspectorConnection.ts';
import { AuditList } from './inspection/audit/auditList.ts';
import type { Grant } from './inspection/rights/grant.ts';
import { OtherInspections } from './inspection/servers/otherInspections.ts';
import type { SharedStore } from './store/otherServers.ts';

type ConnectionParts = Omit<
  InspectorConnectionOptions,
  keyof Accepted | 'acts' | 'audit' | 'grant' | 'servers'
>;

interface InspectorsParts extends ConnectionParts, Pick<ActParts, 'dispatch'> {
  readonly store: ActParts['store'] & SharedStore;
  readonly nextConnection: () => number;
}

/** The inspectors of a server, and what those of others ask of it. */
export class Inspectors {
  readonly audit: AuditList;
  readonly #parts: InspectorsParts;
  #servers: OtherInspections | undefined;

  constructor(parts: InspectorsParts) {
    this.#parts = parts;
    this.audit = new AuditList(parts);
  }

  connect(accepted: Accepted & { readonly grant: Grant }): InspectorConnection {
    const { hub, nextConnection } = this.#parts;
    const shared = { ...this.#parts, ...accepted, audit: this.audit };
    const acts = new Acts({ ...shared, idOf: hub.idOf, connection: nextConnection() });
    return new InspectorConnection({ ...shared, acts, servers: this.#servers });
  }

  /** From now on other servers are asked, and answered. @param peers Connections of this one. */
  start(peers: Pick<Connections, 'clients' | 'cut'>): void {
    const { others } = this.#parts.store;
    if (others) this.#servers = new OtherInspections({ ...this.#parts, others, peers });
  }

  stop(): void {
    this.#servers?.close();
  }
}
