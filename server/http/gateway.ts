import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../../protocol/clock.ts';
import type { Log } from '../log.ts';
import { Connections } from '../sockets/connections.ts';
import { createAdmission, type SocketKinds } from './admission.ts';
import { HostPolicy, type HostPolicyOptions } from './hostPolicy.ts';
import { Callers, type Network } from './callers.ts';
import { HttpPort, refuse, type ListenAddress, type TlsPair } from './httpPort.ts';
import { InspectionAccess, type InspectionProof } from '../inspection/access.ts';
import type { NamedKey } from '../inspection/rights/grant.ts';
import type { Limits } from '../sockets/limits.ts';
import { SharedState } from '../sockets/sharedState.ts';
import { createReportPage, type Reports } from './reports.ts';
import type { BackupOptions, WriteBackup } from './sendBackup.ts';
import { createSite } from './site.ts';
import type { SiteFiles } from './siteFiles.ts';
import { createUpgrades, type UpgradeOptions } from '../sockets/upgrades.ts';

export interface GatewayOptions
  extends
    Omit<HostPolicyOptions, 'callers'>,
    SocketKinds,
    Pick<UpgradeOptions, 'maxPayloadBytes' | 'isReady'> {
  readonly inspection: InspectionProof;
  /** Gives the built console; undefined where it is not built. */
  readonly files: () => SiteFiles | undefined;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
  /** What `/healthz`, `/readyz` and `/metrics` answer. */
  readonly reportsOf: (figures: () => GatewayFigures) => Reports;
  /** `/metrics` is served here and not on the port of the console. */
  readonly metricsListen: ListenAddress | undefined;
  /** Absent: plain HTTP and WebSocket. */
  readonly tls: TlsPair | undefined;
  /** Proxies whose X-Forwarded headers are believed. */
  readonly trustedProxies: readonly Network[];
  readonly writeBackup: WriteBackup;
  readonly audit: BackupOptions['audit'];
  /** At shutdown: ends what is still running when the time for answers is over, and answers it. */
  readonly endWork?: () => Promise<void>;
  /** At shutdown: settles when what was carried out is on disk, and its replies may leave. */
  readonly whenSynced?: () => Promise<void>;
}

/** What the gateway knows of itself. */
export interface GatewayFigures {
  /** Open WebSockets. */
  readonly connections: { readonly data: number; readonly inspection: number };
  /** Connections that were refused or cut off since the start, by reason. */
  readonly refused: ReadonlyMap<string, number>;
  readonly isStopping: boolean;
}

/** One port for data sockets, the inspection socket and the console's files; and perhaps one for metrics. */
export interface Gateway {
  /** @returns The port, as the system chose it when 0 was asked for. Rejects when it is taken. */
  listen(address: ListenAddress): Promise<number>;
  /** Clients of the data socket. */
  readonly peers: Pick<Connections, 'clients' | 'cut' | 'end'>;
  /** Where it listens for metrics, if anywhere. */
  readonly metricsAddress: ListenAddress | undefined;
  /** Connections from now on get this certificate; those that are open stay. */
  renewCertificate(pair: TlsPair): void;
  /** From now on these are the inspection keys with names: who has another is cut off. */
  renewInspectionKeys(keys: readonly NamedKey[]): void;
  /** Takes no more, answers what has arrived, closes everything. Takes well under 2 s, and longer only for a slow disk. */
  close(): Promise<void>;
}

export function createGateway(options: GatewayOptions): Gateway {
  const { clock, limits, log, metricsListen, tls, trustedProxies } = options;
  const shared = new SharedState({ clock, limits, log });
  const connections = new Connections({ clock, limits, log, shared });
  const callers = new Callers({ trustedProxies, isTls: tls !== undefined });
  const policy = new HostPolicy({ ...options, callers });
  const access = new InspectionAccess(options.inspection);
  let isStopping = false;
  let metricsAddress: ListenAddress | undefined;
  const reports = options.reportsOf(() => ({
    connections: connections.sizes,
    refused: shared.refusals.all,
    isStopping,
  }));
  const addressOf = (request: IncomingMessage) => callers.callerOf(request).address;
  const site = { ...options, policy, access, addressOf };
  const publicReports = metricsListen ? { ...reports, metrics: undefined } : reports;
  const answer = createSite({ ...site, reports: publicReports });
  const port = new HttpPort({ limits, log, tls, answer });
  const metrics =
    metricsListen && new HttpPort({ limits, log, answer: createReportPage({ ...site, reports }) });
  const onWanted = (tcp: Socket) => port.beginUpgrade(tcp);
  const onAccepted = (tcp: Socket) => port.release(tcp);
  const admit = createAdmission({ ...options, policy, access });
  const parts = { admit, addressOf, refuse, connections, shared, onWanted, onAccepted };
  const upgrade = createUpgrades({ ...options, ...parts });
  port.server.on('upgrade', (request, _stream, head) => {
    // The sockets of an HTTP server over TCP are TCP sockets.
    upgrade(request, request.socket, head);
  });
  return {
    listen: async (address) => {
      // Where one of the two ports is taken, nothing listens.
      if (metrics) metricsAddress = { ...metricsListen, port: await metrics.listen(metricsListen) };
      const listening = await port.listen(address).catch(async (error: unknown) => {
        await metrics?.close();
        throw error;
      });
      connections.startBeating();
      setImmediate(options.files);
      return listening;
    },
    peers: connections,
    renewCertificate: (pair) => port.renewCertificate(pair),
    renewInspectionKeys: (keys) => access.renew(keys),
    get metricsAddress() {
      return metricsAddress;
    },
    close: async () => {
      isStopping = true;
      port.stopAccepting();
      const { endWork = nothing, whenSynced = nothing } = options;
      await connections.shutDown({ endWork, whenSynced });
      await Promise.all([port.close(), metrics?.close()]);
    },
  };
}

const nothing = () => Promise.resolve();
