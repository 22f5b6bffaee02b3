import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import { ticketAnswer } from '../../protocol/inspection.ts';
import type { HostPolicy } from './hostPolicy.ts';
import type { InspectionAccess } from './inspectionAccess.ts';
import { healthPath, inspectPath, isReserved, pathOf, ticketPath } from './paths.ts';
import { securityHeaders } from './securityHeaders.ts';

export interface SiteOptions {
  /** Directory of the built console; it may be missing. */
  readonly webRoot: string | undefined;
  readonly policy: HostPolicy;
  readonly access: InspectionAccess;
  /** JSON text for `/healthz`. */
  readonly health: () => Promise<string>;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const secondsPerYear = 31_536_000;

/** Answers HTTP: the console's files, its inspection ticket, and health. */
export function createSite(options: SiteOptions): Answer {
  const files = createFiles(options.webRoot);
  return (request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const target = request.url ?? '/';
    const { host } = request.headers;
    if (!target.startsWith('/') || !options.policy.isOurHost(host, request.socket)) {
      say(response, 421, 'This server does not answer to that host name; see --allow-host.');
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      say(response, 405, 'Only GET and HEAD are answered here.');
      return;
    }
    answerPath(options, files)(request, response);
  };
}

function answerPath(options: SiteOptions, files: Answer): Answer {
  return (request, response) => {
    const path = pathOf(request.url);
    if (path === healthPath) answerHealth(options, response);
    else if (path === ticketPath) answerTicket(options, request, response);
    else if (path === inspectPath) say(response, 426, 'This is a WebSocket.');
    else if (isReserved(path)) say(response, 404, 'Not found.');
    else files(request, response);
  };
}

function answerHealth({ health }: SiteOptions, response: ServerResponse): void {
  void health().then(
    (json) => sayJson(response, json),
    () => say(response, 500, 'The state of this server cannot be told.'),
  );
}

/** Only a page that this very server has served gets the ticket. */
function answerTicket(
  { policy, access }: SiteOptions,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { origin, host } = request.headers;
  const isSameOrigin =
    request.headers['sec-fetch-site'] === 'same-origin' &&
    (origin === undefined ||
      (policy.isOurOrigin(origin, request.socket) && origin.toLowerCase() === `http://${host}`));
  // Without a ticket there is no secret in the answer, and a page over plain HTTP from another
  // machine sends no Sec-Fetch-Site: it still has to learn that the key is wanted.
  if (!isSameOrigin && access.ticket !== undefined) {
    say(response, 403, 'Only the console that this server serves gets a ticket.');
    return;
  }
  sayJson(response, ticketAnswer.write({ proof: access.kind, ticket: access.ticket }));
}

function createFiles(webRoot: string | undefined): Answer {
  if (webRoot === undefined || !existsSync(join(webRoot, 'index.html'))) {
    return (_request, response) => {
      say(response, 503, 'The console is not built yet: run "npm run build", then start again.');
    };
  }
  const serve = sirv(webRoot, {
    etag: true,
    setHeaders: (response, pathname) => {
      const isHashed = pathname.startsWith('/assets/');
      const caching = isHashed ? `public, max-age=${secondsPerYear}, immutable` : 'no-cache';
      response.setHeader('Cache-Control', caching);
    },
  });
  return (request, response) => serve(request, response, () => say(response, 404, 'Not found.'));
}

function say(response: ServerResponse, status: number, line: string): void {
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };
  response.writeHead(status, headers).end(`${line}\n`);
}

function sayJson(response: ServerResponse, json: string): void {
  const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };
  response.writeHead(200, headers).end(json);
}
