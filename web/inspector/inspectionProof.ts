import {
  inspectionKeyPrefix,
  inspectionProtocol,
  ticketPrefix,
} from '../../protocol/inspection/access.ts';
import { ticketAnswer } from '../../protocol/inspection/ticketAnswer.ts';
import { readJson } from '../../protocol/json/readJson.ts';

/** What the server wants to see before it lets anyone look. */
export type WantedProof =
  | { readonly proof: 'off' }
  | { readonly proof: 'key' }
  | { readonly proof: 'ticket'; readonly ticket: string };

/**
 * Reads the answer of `GET /inspect/ticket`.
 * @returns undefined when it is no such answer.
 */
export function readWantedProof(text: string): WantedProof | undefined {
  const json = readJson(text);
  const answer = json.ok ? ticketAnswer.read(json.value) : undefined;
  if (!answer) return undefined;
  const { proof, ticket } = answer;
  if (proof !== 'ticket') return { proof };
  return ticket === undefined ? undefined : { proof, ticket };
}

/** The subprotocols to offer with a ticket. */
export function protocolsOfTicket(ticket: string): string[] {
  return [inspectionProtocol, `${ticketPrefix}${ticket}`];
}

/** The subprotocols to offer with the inspection key. */
export function protocolsOfKey(key: string): string[] {
  return [inspectionProtocol, `${inspectionKeyPrefix}${base64Url(key)}`];
}

function base64Url(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
