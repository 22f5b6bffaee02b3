import type { GatewayOptions } from '../../server/http/gateway.ts';
import type { Reports } from '../../server/http/reports.ts';

/** For tests of sockets: a gateway without metrics, and health that says nothing. */
const noReports: Reports = {
  health: () => Promise.resolve('{}'),
  readiness: () => ({ isReady: true, line: 'ready' }),
  metrics: undefined,
};

/** A gateway with data sockets alone. */
export const dataAlone = {
  maxPayloadBytes: 1000,
  allowHosts: [],
  allowOrigins: [],
  inspection: { kind: 'off' },
  files: () => undefined,
  connectInspector: () => {
    throw new Error('Inspection is off');
  },
  reportsOf: () => noReports,
  writeBackup: () => Promise.resolve(),
  audit: { note: () => undefined },
  metricsListen: undefined,
  tls: undefined,
  trustedProxies: [],
} as const satisfies Partial<GatewayOptions>;
