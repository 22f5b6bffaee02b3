import { kindOf, quote, stringOf, type JsonText } from './json/jsonText.ts';

declare const tokenBrand: unique symbol;

/**
 * A session's token as text. Tokens the server makes are unsigned 64-bit integers in decimal,
 * beyond what a `number` can hold; tokens in requests may be any non-empty string.
 */
export type Token = string & { readonly [tokenBrand]: true };

const digitsOnly = /^(?:0|[1-9]\d*)$/;

/**
 * Reads `tkn` of a request: a non-empty string, or a number written with digits only, taken
 * digit by digit (decision D11).
 * @returns undefined for anything else, which is status 101.
 */
export function readToken(json: JsonText | undefined): Token | undefined {
  if (json === undefined) return undefined;
  switch (kindOf(json)) {
    case 'string': {
      const text = stringOf(json);
      return text === '' ? undefined : (text as Token);
    }
    case 'number':
      return digitsOnly.test(json) ? (json as string as Token) : undefined;
    case 'object':
    case 'array':
    case 'boolean':
    case 'null':
      return undefined;
  }
}

/**
 * Makes a token of 64 bits.
 * @param bits From a cryptographic source, or a hash over the whole width. Zero is no token.
 */
export function tokenOfBits(bits: bigint): Token | undefined {
  const unsigned = BigInt.asUintN(64, bits);
  return unsigned === 0n ? undefined : (unsigned.toString() as Token);
}

/**
 * Reads a token that a server made, in exactly the digits that it writes.
 * @returns undefined for any other text.
 */
export function readMadeToken(text: string): Token | undefined {
  const token = /^\d{1,20}$/.test(text) ? tokenOfBits(BigInt(text)) : undefined;
  return token === text ? token : undefined;
}

/** Writes a token as the JSON string that replies carry. */
export function writeToken(token: Token): JsonText {
  return quote(token);
}

/** What a screen may show of a token without giving the session away: its last four characters. */
export function maskToken(token: string): string {
  return token.length <= 8 ? '··' : `··${token.slice(-4)}`;
}

/**
 * What a screen says of a token in a message: {@link maskToken}, but a number of under eight digits
 * is made up by hand and shown whole. Not for what is stored.
 */
export function nameToken(token: string): string {
  return /^\d{1,7}$/.test(token) ? token : maskToken(token);
}
