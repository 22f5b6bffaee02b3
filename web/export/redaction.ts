import { textOf } from '../connection/texts/describeEvent.ts';
import type { Entry } from '../connection/page/exchange.ts';
import { Secrets, splitTokens, type Piece } from '../connection/page/tokenPlaces.ts';
import type { Variables } from '../connection/page/variables.ts';
import { latin1Of } from './latin1Of.ts';

/** What hides tokens. One token gets the same name wherever it stands, so that a log stays readable. */
export interface Redaction {
  readonly text: (text: string) => string;
  readonly bytes: (bytes: Uint8Array) => Uint8Array;
}

/** Leaves everything as it is. */
export const noRedaction: Redaction = { text: (text) => text, bytes: (bytes) => bytes };

/** Puts `token-1`, `token-2` … in place of tokens, numbered as they are met. */
export function redactionOf(entries: readonly Entry[], variables: Variables): Redaction {
  const secrets = secretsOf(entries, variables);
  const names = new Map<string, string>();
  const nameOf = (token: string) => {
    const name = names.get(token) ?? `token-${names.size + 1}`;
    names.set(token, name);
    return name;
  };
  const hide = (piece: Piece) => {
    if (typeof piece === 'string') return piece;
    if (piece.where === 'digits') return piece.raw;
    return piece.where === 'number' ? `"${nameOf(piece.token)}"` : nameOf(piece.token);
  };
  const text = (each: string) => splitTokens(each, secrets).map(hide).join('');
  return {
    text,
    bytes: (bytes) => Uint8Array.from(text(latin1Of(bytes)), (unit) => unit.charCodeAt(0)),
  };
}

/** The tokens of a log, and of the variables `tkn` and `tkn:NAME`. */
export function secretsOf(entries: readonly Entry[], variables: Variables): Secrets {
  const secrets = new Secrets();
  secrets.addVariables(variables);
  for (const entry of entries) secrets.addMessage(contentOf(entry));
  return secrets;
}

/** What a message holds as text: binary ones as one character a byte. */
function contentOf(entry: Entry): string {
  return entry.kind === 'connection' || !entry.binary ? textOf(entry) : latin1Of(entry.binary);
}
