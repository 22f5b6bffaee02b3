import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { traceOf, type Log } from '../log.ts';
import { hasBody } from './admission.ts';
import type { HostPolicy } from './hostPolicy.ts';
import { healthPath, pathOf } from './paths.ts';
import { securityHeaders } from './securityHeaders.ts';

/** Answers a request that has passed the checks. What it throws or rejects with ends the request. */
export type AnswerPath = (
  request: IncomingMessage,
  response: ServerResponse,
) => void | Promise<void>;

interface Checks {
  readonly policy: HostPolicy;
  readonly log: Log;
}

/**
 * Checks each request over HTTP before it is answered. Whatever fails in a request ends that request: it
 * is logged and answered with 500, or cut off where the answer has started.
 */
export function answerRequest(checks: Checks, answerPath: AnswerPath): RequestListener {
  const fail = (response: ServerResponse, error: unknown) => {
    checks.log.error(`A request over HTTP failed: ${traceOf(error)}`);
    if (response.headersSent) response.destroy();
    else say(response, 500, 'Something went wrong in the server; its log says what.');
  };
  return (request, response) => {
    // A peer that leaves in the middle of an answer is no fault of anybody.
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    try {
      secure(request, response);
      if (!isRefused(checks, request, response)) {
        answerPath(request, response)?.catch((error: unknown) => fail(response, error));
      }
    } catch (error) {
      fail(response, error);
    }
  };
}

function secure(request: IncomingMessage, response: ServerResponse): void {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  // A console of another server may learn that one is here, from an answer without a body.
  if (request.method === 'HEAD' && pathOf(request.url) === healthPath) {
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  }
  // Nothing here takes a body. It is not read, so nobody knows where it ends and the next request begins.
  if (hasBody(request)) response.setHeader('Connection', 'close');
}

function isRefused(
  { policy }: Checks,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const hosts = request.headersDistinct['host'] ?? [];
  if (hosts.length > 1 || !request.url?.startsWith('/')) {
    say(response, 400, 'A request names one host and a path.');
  } else if (!policy.isForUs(request)) {
    say(response, 421, 'This server does not answer to that host name; see --allow-host.');
  } else if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    say(response, 405, 'Only GET and HEAD are answered here.');
  } else return false;
  return true;
}

/** Answers with one line. */
export function say(response: ServerResponse, status: number, line: string): void {
  send(response, { status, type: 'text/plain; charset=utf-8', text: `${line}\n` });
}

/** Answers with a text that nobody keeps. */
export function send(
  response: ServerResponse,
  { status = 200, type, text }: { status?: number; readonly type: string; readonly text: string },
): void {
  response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(text);
}
