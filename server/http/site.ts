import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { ticketAnswer } from '../../protocol/inspection/ticketAnswer.ts';
import type { Log } from '../log.ts';
import { answerRequest, say, send } from './answerRequest.ts';
import type { HostPolicy } from './hostPolicy.ts';
import type { InspectionAccess } from '../inspection/access.ts';
import { backupPath, inspectPath, isReserved, pathOf, ticketPath } from './paths.ts';
import { answerReport, type Reports } from './reports.ts';
import { BackupSender, type BackupOptions, type WriteBackup } from './sendBackup.ts';
import { sendFile } from './sendFile.ts';
import type { SiteFiles } from './siteFiles.ts';

export interface SiteOptions extends Pick<BackupOptions, 'addressOf' | 'audit'> {
  /** Gives the built console; undefined where it is not built. */
  readonly files: () => SiteFiles | undefined;
  readonly policy: HostPolicy;
  readonly access: InspectionAccess;
  readonly reports: Reports;
  readonly log: Log;
  readonly limits: { readonly refusalDelayMs: number };
  readonly writeBackup: WriteBackup;
}

/** Answers HTTP: the console's files, its inspection ticket, and the reports. */
export function createSite(options: SiteOptions): RequestListener {
  const backups = new BackupSender(options);
  return answerRequest(options, (request, response) => {
    const path = pathOf(request.url);
    const answered = answerReport(options.reports, path, response);
    if (answered) return answered;
    if (path === backupPath) return backups.answer(request, response);
    if (path === ticketPath) answerTicket(options, request, response);
    else if (path === inspectPath) say(response, 426, 'This is a WebSocket.');
    else if (isReserved(path)) say(response, 404, 'Not found.');
    else answerFile(options, request, response);
    return undefined;
  });
}

function answerFile(
  options: SiteOptions,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const files = options.files();
  if (!files) {
    say(response, 503, 'The console is not built yet: run "npm run build", then restart.');
    return;
  }
  const path = decoded(pathOf(request.url));
  const file = path === undefined ? undefined : files.get(path);
  if (file) sendFile(request, response, file);
  else say(response, 404, 'Not found.');
}

/** @returns undefined for what is no encoding of a text. */
function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** Only a page that this very server has served gets the ticket. */
function answerTicket(
  { policy, access }: SiteOptions,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { origin } = request.headers;
  const isSameOrigin =
    request.headers['sec-fetch-site'] === 'same-origin' &&
    (origin === undefined ||
      (policy.isOurOrigin(origin, request) && policy.isSameOrigin(origin, request)));
  // Without a ticket there is no secret in the answer, and a page over plain HTTP from another
  // machine sends no Sec-Fetch-Site: it still has to learn that the key is wanted.
  if (!isSameOrigin && access.ticket !== undefined) {
    say(response, 403, 'Only the console that this server serves gets a ticket.');
    return;
  }
  const text = ticketAnswer.write({ proof: access.kind, ticket: access.ticket });
  send(response, { type: 'application/json', text });
}
