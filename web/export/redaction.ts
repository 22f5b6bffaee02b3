import type { Entry } from '../connection/exchange.ts';
import { latin1Of, mayBeToken, Secrets, splitTokens, type Piece } from './tokens.ts';

/** What hides tokens. One token gets the same name wherever it stands, so that a log stays readable. */
export interface Redaction {
  readonly text: (text: string) => string;
  readonly bytes: (bytes: Uint8Array) => Uint8Array;
}

/** Leaves everything as it is. */
export const noRedaction: Redaction = { text: (text) => text, bytes: (bytes) => bytes };

/** Puts `token-1`, `token-2` … in place of tokens, numbered as they are met. */
export function redactionOf(
  entries: readonly Entry[],
  variables: ReadonlyMap<string, string>,
): Redaction {
  const secrets = Secrets.of(entries, variables);
  const names = new Map<string, string>();
  const nameOf = (token: string) => {
    const name = names.get(token) ?? `token-${names.size + 1}`;
    names.set(token, name);
    return name;
  };
  const hide = (piece: Piece) => {
    if (typeof piece === 'string') return piece;
    return piece.isBare ? `"${nameOf(piece.token)}"` : nameOf(piece.token);
  };
  const text = (each: string) => splitTokens(each, secrets, mayBeToken).map(hide).join('');
  return {
    text,
    bytes: (bytes) => Uint8Array.from(text(latin1Of(bytes)), (unit) => unit.charCodeAt(0)),
  };
}
