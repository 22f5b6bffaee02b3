import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { inspectionKeyPrefix, ticketPrefix } from '../../protocol/inspection/access.ts';
import { fullRights } from '../../protocol/inspection/rights.ts';
import { Grant, type NamedKey } from './rights/grant.ts';

/** How a client proves that it may inspect. */
export type InspectionProof =
  /** Our own console fetches a ticket of this start; for loopback only. */
  | { readonly kind: 'ticket' }
  | {
      readonly kind: 'key';
      /** With all rights. Absent: only the others. */
      readonly key?: string | undefined;
      readonly named?: NamedKeys | undefined;
    }
  | { readonly kind: 'off' };

/** Keys with rights of their own. */
export interface NamedKeys {
  readonly file: string;
  readonly keys: readonly NamedKey[];
}

interface Holder {
  readonly hash: Buffer;
  readonly grant: Grant;
}

/** Decides who may open the inspection socket, and what is allowed there. Secrets are held as hashes only. */
export class InspectionAccess {
  readonly kind: InspectionProof['kind'];
  /** What our console gets to show; undefined when the key is wanted. */
  readonly ticket: string | undefined;
  readonly #own: Holder | undefined;
  #named: readonly Holder[];

  constructor(proof: InspectionProof) {
    this.kind = proof.kind;
    this.ticket = proof.kind === 'ticket' ? randomBytes(32).toString('base64url') : undefined;
    const secret = proof.kind === 'key' ? proof.key : this.ticket;
    this.#own =
      secret === undefined
        ? undefined
        : { hash: hashOf(secret), grant: new Grant(proof.kind, fullRights) };
    this.#named = proof.kind === 'key' ? (proof.named?.keys ?? []).map(holderOf) : [];
  }

  /** @returns What the request's proof grants; undefined: it has none that is right. */
  grantOf({ headers }: IncomingMessage): Grant | undefined {
    const shown = this.kind === 'key' ? shownKey(headers) : shownTicket(headers);
    if (shown === undefined) return undefined;
    // Equal lengths by hashing, equal time by comparing so, and by comparing with all.
    const hash = hashOf(shown);
    const holders = this.#own ? [this.#own, ...this.#named] : this.#named;
    return holders.filter((holder) => timingSafeEqual(hash, holder.hash))[0]?.grant;
  }

  /** From now on these are the named keys. A key that is another now, or gone, is revoked. */
  renew(keys: readonly NamedKey[]): void {
    const before = this.#named;
    this.#named = keys.map((key) => {
      const holder = holderOf(key);
      const known = before.find(({ hash, grant }) => {
        return grant.name === key.name && hash.equals(holder.hash);
      });
      known?.grant.change(key.rights);
      return known ?? holder;
    });
    for (const holder of before) if (!this.#named.includes(holder)) holder.grant.revoke();
  }
}

function holderOf({ name, sha256, rights }: NamedKey): Holder {
  return { hash: Buffer.from(sha256, 'hex'), grant: new Grant(name, rights) };
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
