import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { inspectionKeyPrefix, ticketPrefix } from '../../protocol/inspection/access.ts';

/** How a client proves that it may inspect. */
export type InspectionProof =
  /** Our own console fetches a ticket of this start; for loopback only. */
  | { readonly kind: 'ticket' }
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'off' };

/** Decides who may open the inspection socket. Secrets are held as hashes only. */
export class InspectionAccess {
  readonly kind: InspectionProof['kind'];
  /** What our console gets to show; undefined when the key is wanted. */
  readonly ticket: string | undefined;
  readonly #secretHash: Buffer | undefined;

  constructor(proof: InspectionProof) {
    this.kind = proof.kind;
    this.ticket = proof.kind === 'ticket' ? randomBytes(32).toString('base64url') : undefined;
    const secret = proof.kind === 'key' ? proof.key : this.ticket;
    this.#secretHash = secret === undefined ? undefined : hashOf(secret);
  }

  isProven({ headers }: IncomingMessage): boolean {
    const shown = this.kind === 'key' ? shownKey(headers) : shownTicket(headers);
    if (shown === undefined || this.#secretHash === undefined) return false;
    // Equal lengths by hashing, equal time by comparing so.
    return timingSafeEqual(hashOf(shown), this.#secretHash);
  }
}

type Headers = IncomingMessage['headers'];

function shownTicket(headers: Headers): string | undefined {
  return offered(headers, ticketPrefix);
}

function shownKey(headers: Headers): string | Buffer | undefined {
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  // Header bytes arrive as Latin-1.
  if (bearer !== undefined) return Buffer.from(bearer, 'latin1');
  const encoded = offered(headers, inspectionKeyPrefix);
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64url');
}

/** What follows the prefix in one of the subprotocols that the client offers. */
function offered(headers: Headers, prefix: string): string | undefined {
  const protocols = (headers['sec-websocket-protocol'] ?? '').split(',').map((each) => each.trim());
  return protocols.find((protocol) => protocol.startsWith(prefix))?.slice(prefix.length);
}

function hashOf(secret: string | Buffer): Buffer {
  return createHash('sha256').update(secret).digest();
}
