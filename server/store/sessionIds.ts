import { hash } from 'node:crypto';
import type { Token } from '../../protocol/token.ts';

/** Ids of sessions for the inspector: 72 bits of a keyed hash of the token. */
export type SessionIds = (token: Token) => string;

const idDomain = 'seshdeck session id\0';
const idLength = 12;

/**
 * @param key The same on every server of a cluster, and after a restart. Without it, an id
 * neither reveals a token nor confirms a guess.
 */
export function createSessionIds(key: string): SessionIds {
  // With texts of a fixed length before the token, and an end cut off, a plain hash is as good as HMAC.
  const prefix = hash('sha256', idDomain + key, 'hex');
  return (token) => hash('sha256', prefix + token, 'base64url').slice(0, idLength);
}
