import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { Connections } from './connections.ts';
import { HostPolicy, type HostPolicyOptions } from './hostPolicy.ts';
import { InspectionAccess, type InspectionProof } from './inspectionAccess.ts';
import type { Limits } from './limits.ts';
import { createSite } from './site.ts';
import type { SiteFiles } from './siteFiles.ts';
import { createUpgrades, type UpgradeOptions } from './upgrades.ts';

export interface GatewayOptions
  extends
    HostPolicyOptions,
    Pick<UpgradeOptions, 'maxPayloadBytes' | 'connectData' | 'connectInspector'> {
  readonly inspection: InspectionProof;
  /** The built console; undefined where it is not built. */
  readonly files: SiteFiles | undefined;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
  /** @returns JSON text for `/healthz`. */
  readonly health: (connections: number) => Promise<string>;
}

/** One port for everything: data sockets, the inspection socket and the console's files. */
export interface Gateway {
  /** @returns The port, as the system chose it when 0 was asked for. Rejects when it is taken. */
  listen(address: { ip: string; port: number }): Promise<number>;
  /** Takes no more, answers what has arrived, closes everything. Takes well under 2 s. */
  close(): Promise<void>;
}

export function createGateway(options: GatewayOptions): Gateway {
  const { clock, limits } = options;
  const connections = new Connections(clock, limits);
  const policy = new HostPolicy(options);
  const access = new InspectionAccess(options.inspection);
  const health = () => options.health(connections.size);
  const server = createHttpServer(createSite({ ...options, policy, access, health }));
  const open = new Set<Socket>();
  server.on('connection', (tcp: Socket) => {
    open.add(tcp);
    tcp.on('close', () => open.delete(tcp));
  });
  server.maxConnections = limits.maxConnections + limits.maxHttpConnections;
  const upgrade = createUpgrades({ ...options, policy, access, connections });
  // The sockets of an HTTP server over TCP are TCP sockets.
  server.on('upgrade', (request, _stream, head) => upgrade(request, request.socket, head));
  return {
    listen: ({ ip, port }) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, ip, () => {
          server.off('error', reject);
          connections.startBeating();
          resolve((server.address() as AddressInfo).port); // Listening on TCP, so not a pipe's name.
        });
      }),
    close: async () => {
      const stopped = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      await connections.shutDown();
      for (const tcp of open) tcp.destroy();
      await stopped;
    },
  };
}
