import { InspectedServers, type InspectedServersDeps } from './inspectedServers.ts';
import { TabSessions } from './TabSessions.tsx';

/** The live sessions and their panel: a chunk loaded right after the first paint. */
export interface InspectorFeature {
  readonly servers: InspectedServers;
  readonly Panel: typeof TabSessions;
}

/** What the browser does not give. */
export type InspectorFeatureDeps = Omit<
  InspectedServersDeps,
  'fetchTicket' | 'fetchHealth' | 'makeSocket'
>;

/** A server that takes longer than this to answer counts as unreachable. */
const answerTimeoutMs = 10_000;

/** Makes the inspectors of this page. */
export function createInspectorFeature(deps: InspectorFeatureDeps): InspectorFeature {
  const makeSocket = (url: string, protocols: string[]) => new WebSocket(url, protocols);
  return {
    servers: new InspectedServers({
      ...deps,
      fetchTicket: () => fetchText('/inspect/ticket'),
      fetchHealth: () => fetchText('/healthz'),
      makeSocket,
    }),
    Panel: TabSessions,
  };
}

async function fetchText(path: string): Promise<string> {
  const answer = await fetch(path, {
    cache: 'no-store',
    signal: AbortSignal.timeout(answerTimeoutMs),
  });
  if (!answer.ok) throw new Error(`The server answered ${answer.status}`);
  return answer.text();
}
