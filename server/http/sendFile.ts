import type { IncomingMessage, ServerResponse } from 'node:http';
import { readRange } from './byteRange.ts';
import type { Coding, SiteFile } from './siteFiles.ts';

const secondsPerYear = 31_536_000;

/** From the one we like most. */
const codings: readonly Coding[] = ['br', 'gzip', 'identity'];

/** Answers GET and HEAD with a file from memory: whole, a part of it, or that nothing has changed. */
export function sendFile(request: IncomingMessage, response: ServerResponse, file: SiteFile): void {
  const { headers } = request;
  // Ranges count bytes of the file itself, so a part is never sent compressed.
  const range = request.method === 'GET' ? headers.range : undefined;
  const coding = range === undefined ? codingFor(file, headers['accept-encoding']) : 'identity';
  const etag = etagOf(file, coding);
  response.setHeader('ETag', etag);
  response.setHeader('Cache-Control', cachingOf(file));
  response.setHeader('Accept-Ranges', 'bytes');
  if (file.bodies.size > 1) response.setHeader('Vary', 'Accept-Encoding');
  const status = preconditionStatus(headers, file, etag);
  if (status !== undefined) {
    response.writeHead(status).end();
    return;
  }
  if (coding !== 'identity') response.setHeader('Content-Encoding', coding);
  const body = file.bodies.get(coding) ?? Buffer.alloc(0);
  const isOther = headers['if-range'] !== undefined && headers['if-range'] !== etag;
  if (range === undefined || isOther) sendWhole(response, file.type, body);
  else sendRange(response, file.type, { body, range });
}

/** @returns undefined when the file is to be sent. */
function preconditionStatus(
  headers: IncomingMessage['headers'],
  file: SiteFile,
  etag: string,
): number | undefined {
  if (failsIfMatch(headers['if-match'], file)) return 412;
  return isNamed(headers['if-none-match'], etag) ? 304 : undefined;
}

function sendWhole(response: ServerResponse, type: string, body: Buffer): void {
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': body.length }).end(body);
}

interface Part {
  readonly body: Buffer;
  /** The header that asks for it. */
  readonly range: string;
}

function sendRange(response: ServerResponse, type: string, part: Part): void {
  const { body } = part;
  const range = readRange(part.range, body.length);
  if (range === 'whole') {
    sendWhole(response, type, body);
    return;
  }
  if (range === 'unsatisfiable') {
    response.writeHead(416, { 'Content-Range': `bytes */${body.length}` }).end();
    return;
  }
  const { first, last } = range;
  const headers = {
    'Content-Type': type,
    'Content-Length': last - first + 1,
    'Content-Range': `bytes ${first}-${last}/${body.length}`,
  };
  response.writeHead(206, headers).end(body.subarray(first, last + 1));
}

function cachingOf({ isImmutable }: SiteFile): string {
  return isImmutable ? `public, max-age=${secondsPerYear}, immutable` : 'no-cache';
}

function etagOf({ hash }: SiteFile, coding: Coding): string {
  return coding === 'identity' ? `"${hash}"` : `"${hash}-${coding}"`;
}

/** Whether an `If-None-Match` header names the file that the client has. */
function isNamed(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((each) => {
    const name = each.trim().replace(/^W\//, '');
    return name === etag || name === '*';
  });
}

/** Any coding of the file will do: the client has one of them. */
function failsIfMatch(header: string | undefined, file: SiteFile): boolean {
  if (header === undefined) return false;
  return ![...file.bodies.keys()].some((coding) => isNamed(header, etagOf(file, coding)));
}

/** The coding that the client likes most, of those that there are; ours first where it does not mind. */
function codingFor(file: SiteFile, accepted: string | undefined): Coding {
  const weights = weightsOf(accepted ?? '');
  const weightOf = (coding: Coding) => {
    const usual = coding === 'identity' ? 0.001 : 0;
    return weights.get(coding) ?? weights.get('*') ?? usual;
  };
  const offered = codings.filter((coding) => file.bodies.has(coding) && weightOf(coding) > 0);
  // Stable: equals stay in our order. A client that takes nothing gets the file as it is.
  return offered.toSorted((one, other) => weightOf(other) - weightOf(one))[0] ?? 'identity';
}

/** `gzip;q=0.5, br` → gzip 0.5, br 1. */
function weightsOf(header: string): Map<string, number> {
  return new Map(
    header.split(',').map((each) => {
      const [name = '', ...params] = each.split(';').map((word) => word.trim().toLowerCase());
      const weight = params.find((param) => param.startsWith('q='))?.slice(2);
      return [name, weight === undefined ? 1 : Number(weight) || 0];
    }),
  );
}
