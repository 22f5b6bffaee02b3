import type { RequestListener, ServerResponse } from 'node:http';
import type { Log } from '../log.ts';
import { answerRequest, say, send } from './answerRequest.ts';
import type { HostPolicy } from './hostPolicy.ts';
import { healthPath, metricsPath, pathOf, readyPath } from './paths.ts';

/** What operators and their tools ask a server. */
export interface Reports {
  /** @returns JSON text for `/healthz`. */
  readonly health: () => Promise<string>;
  /** For `/readyz`. */
  readonly readiness: () => Readiness;
  /** `/metrics`. Absent: it is served on another port. */
  readonly metrics: (() => Promise<{ readonly type: string; readonly text: string }>) | undefined;
}

/** Whether the server takes changes, and one line that says why not, or what it promises of them. */
export interface Readiness {
  readonly isReady: boolean;
  readonly line: string;
}

/** @returns undefined when the path is none of theirs. */
export function answerReport(
  { health, readiness, metrics }: Reports,
  path: string,
  response: ServerResponse,
): Promise<void> | undefined {
  if (path === healthPath) {
    return health().then((text) => send(response, { type: 'application/json', text }));
  }
  if (path === readyPath) {
    const { isReady, line } = readiness();
    say(response, isReady ? 200 : 503, line);
    return Promise.resolve();
  }
  if (path === metricsPath && metrics) {
    return metrics().then((answer) => send(response, answer));
  }
  return undefined;
}

interface ReportPageOptions {
  readonly policy: HostPolicy;
  readonly log: Log;
  readonly reports: Reports;
}

/** A port that has the reports and nothing else. */
export function createReportPage(options: ReportPageOptions): RequestListener {
  return answerRequest(options, (request, response) => {
    const answered = answerReport(options.reports, pathOf(request.url), response);
    if (!answered) say(response, 404, 'Not found.');
    return answered;
  });
}
