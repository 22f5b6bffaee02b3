import type { IncomingMessage, ServerResponse } from 'node:http';
import { ticketAnswer } from '../../protocol/inspection/access.ts';
import { traceOf, type Log } from '../log.ts';
import { hasBody } from './admission.ts';
import type { HostPolicy } from './hostPolicy.ts';
import type { InspectionAccess } from '../inspection/access.ts';
import { healthPath, inspectPath, isReserved, pathOf, ticketPath } from './paths.ts';
import { securityHeaders } from './securityHeaders.ts';
import { sendFile } from './sendFile.ts';
import type { SiteFiles } from './siteFiles.ts';

export interface SiteOptions {
  /** The built console; undefined where it is not built. */
  readonly files: SiteFiles | undefined;
  readonly policy: HostPolicy;
  readonly access: InspectionAccess;
  /** JSON text for `/healthz`. */
  readonly health: () => Promise<string>;
  readonly log: Log;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Answers HTTP: the console's files, its inspection ticket, and health. Whatever fails in a request
 * ends that request: it is logged and answered with 500, or cut off where the answer has started.
 */
export function createSite(options: SiteOptions): Answer {
  return (request, response) => {
    // A peer that leaves in the middle of an answer is no fault of anybody.
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    try {
      answer(options, request, response);
    } catch (error) {
      fail(options, response, error);
    }
  };
}

function fail({ log }: SiteOptions, response: ServerResponse, error: unknown): void {
  log.error(`A request over HTTP failed: ${traceOf(error)}`);
  if (response.headersSent) response.destroy();
  else say(response, 500, 'Something went wrong in the server; its log says what.');
}

function answer(options: SiteOptions, request: IncomingMessage, response: ServerResponse): void {
  secure(request, response);
  // Nothing here takes a body. It is not read, so nobody knows where it ends and the next request begins.
  if (hasBody(request)) response.setHeader('Connection', 'close');
  const hosts = request.headersDistinct['host'] ?? [];
  if (hosts.length > 1 || !request.url?.startsWith('/')) {
    say(response, 400, 'A request names one host and a path.');
  } else if (!options.policy.isOurHost(hosts[0], request.socket)) {
    say(response, 421, 'This server does not answer to that host name; see --allow-host.');
  } else if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    say(response, 405, 'Only GET and HEAD are answered here.');
  } else {
    answerPath(options, request, response);
  }
}

function secure({ method, url }: IncomingMessage, response: ServerResponse): void {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  // A console of another server may learn that one is here, from an answer without a body.
  if (method === 'HEAD' && pathOf(url) === healthPath) {
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  }
}

function answerPath(
  options: SiteOptions,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const path = pathOf(request.url);
  if (path === healthPath) answerHealth(options, response);
  else if (path === ticketPath) answerTicket(options, request, response);
  else if (path === inspectPath) say(response, 426, 'This is a WebSocket.');
  else if (isReserved(path)) say(response, 404, 'Not found.');
  else answerFile(options, request, response);
}

function answerFile(
  { files }: SiteOptions,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (!files) {
    say(response, 503, 'The console is not built yet: run "npm run build", then start again.');
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

function answerHealth(options: SiteOptions, response: ServerResponse): void {
  void options
    .health()
    .then((json) => sayJson(response, json))
    .catch((error: unknown) => fail(options, response, error));
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

function say(response: ServerResponse, status: number, line: string): void {
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' };
  response.writeHead(status, headers).end(`${line}\n`);
}

function sayJson(response: ServerResponse, json: string): void {
  const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };
  response.writeHead(200, headers).end(json);
}
