import { inspectionKeyPrefix, ticketAnswer } from '../../protocol/inspection.ts';
import { readJson } from '../../protocol/json/readJson.ts';

/** What the server wants to see before it lets us inspect. */
export type TicketReply =
  | { readonly proof: 'ticket'; readonly ticket: string }
  | { readonly proof: 'key' }
  | { readonly proof: 'off' }
  /** No usable answer, and why, in plain words. */
  | { readonly proof: 'unknown'; readonly cause: string };

/** Reads the answer to `GET /inspect/ticket`. */
export function readTicketReply(httpStatus: number, text: string): TicketReply {
  // Browsers mark requests as same-origin only towards hosts they trust, and without the mark the
  // server answers 403 whatever it wants. Where there is no ticket for us, the key is the way in.
  if (httpStatus === 403) return { proof: 'key' };
  if (httpStatus !== 200) {
    return unknown(`The server answered the request for a ticket with HTTP status ${httpStatus}.`);
  }
  const json = readJson(text);
  const answer = json.ok ? ticketAnswer.read(json.value) : undefined;
  if (!answer) return unknown('What answered the request for a ticket is no Seshdeck server.');
  const { proof, ticket } = answer;
  if (proof !== 'ticket') return { proof };
  if (ticket === undefined) return unknown('The server sent an empty ticket.');
  return { proof, ticket };
}

function unknown(cause: string): TicketReply {
  return { proof: 'unknown', cause };
}

/** The subprotocol that shows an inspection key: base64url of its UTF-8, as it may hold anything. */
export function keySubprotocol(key: string): string {
  const latin1 = String.fromCharCode(...new TextEncoder().encode(key));
  const base64url = btoa(latin1).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return `${inspectionKeyPrefix}${base64url}`;
}
