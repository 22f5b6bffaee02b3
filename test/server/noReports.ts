import type { Reports } from '../../server/http/reports.ts';

/** For tests of sockets: a gateway without metrics, and health that says nothing. */
export const noReports: Reports = {
  health: () => Promise.resolve('{}'),
  readiness: () => ({ isReady: true, line: 'ready' }),
  metrics: undefined,
};
