import { Inspector } from '../inspector/inspector.ts';
import type { InspectorDeps } from '../inspector/inspectionLink.ts';
import { InspectorPanel } from '../inspector/InspectorPanel.tsx';

/** The live sessions and their panel: a chunk fetched right after the first paint. */
export interface InspectionSide {
  readonly inspector: Inspector;
  readonly Panel: typeof InspectorPanel;
}

export interface InspectionSideDeps extends Pick<
  InspectorDeps,
  'nowMs' | 'setTimer' | 'onNextFrame'
> {
  /** WebSocket address of the server that handed out this page. */
  readonly homeUrl: string;
}

/** A server that takes longer than this to answer counts as unreachable. */
const ticketTimeoutMs = 10_000;

/** Makes the inspector of this page and connects it. */
export function createInspectionSide({ homeUrl, ...deps }: InspectionSideDeps): InspectionSide {
  const inspector = new Inspector({
    fetchTicket,
    makeSocket: (protocols) => new WebSocket(`${homeUrl}/inspect`, protocols),
    ...deps,
  });
  inspector.start();
  return { inspector, Panel: InspectorPanel };
}

async function fetchTicket(): Promise<string> {
  const answer = await fetch('/inspect/ticket', {
    cache: 'no-store',
    signal: AbortSignal.timeout(ticketTimeoutMs),
  });
  if (!answer.ok) throw new Error(`The server answered ${answer.status}`);
  return answer.text();
}
