import { commandOf } from '../../../protocol/wire/replyName.ts';
import { isCommandName } from '../../../protocol/commands/catalog.ts';
import { readJson } from '../../../protocol/json/readJson.ts';
import {
  cutScalars,
  decoded,
  isClosed,
  scalarsIn,
  unitsOf,
  type Scalar,
} from '../../../protocol/json/scalars.ts';
import { DigitIndex, shortestIndexed } from './digitIndex.ts';
import { placeholdersIn } from './substitute.ts';
import { isTokenVariable } from './variableName.ts';
import type { Variables } from './variables.ts';

/** A place in a text where a session's token stands. */
export interface TokenPiece {
  readonly token: string;
  /** As it is written there, without quotes. */
  readonly raw: string;
  /** `number`: no quotes around it. `digits`: among the other digits of a number. */
  readonly where: 'string' | 'number' | 'digits';
}

/** Text, cut where tokens stand. */
export type Piece = string | TokenPiece;

/** Shorter ones, and words in requests, are made up by hand: hidden in a token's place only. */
const shortestSecret = shortestIndexed;
/** Most tokens kept of variables and of messages; the ones met longest ago go first. */
const maxSecrets = 20_000;
const digitRun = /\d{8,}/g;
const digitsOnly = /^\d+$/;

/**
 * Whether a scalar stands where the protocol has a token: `tkn`, or an item of `tkns` or `exist`, in
 * the body of a command or its reply. Placeholders are none.
 */
export function isTokenPlace(scalar: Scalar): boolean {
  return mayHoldToken(scalar) && placeholdersIn(scalar.raw).length === 0;
}

function mayHoldToken({ raw, path, isName }: Scalar): boolean {
  return !isName && isPathOfToken(path) && isTokenLike(raw);
}

function isPathOfToken(path: Scalar['path']): boolean {
  const [message, member, index] = path;
  if (typeof message !== 'string' || !isCommandName(commandOf(message) ?? message)) return false;
  if (path.length === 2) return member === 'tkn';
  if (path.length !== 3 || typeof index !== 'number') return false;
  return member === 'tkns' || (member === 'exist' && message === 'SH_EXISTS_RSP');
}

function isTokenLike(raw: string): boolean {
  return (raw.startsWith('"') && raw !== '""') || /^-?\d/.test(raw);
}

/** Tokens that are looked for everywhere, not only where a token is expected. */
export class Secrets {
  /** Apart from those of messages: a message with many tokens must not push them out. */
  readonly #ofVariables = new Set<string>();
  readonly #ofMessages = new Set<string>();
  readonly #digits = new DigitIndex();
  /** Finds words; null: there are none, undefined: it has to be made. */
  #words: RegExp | null | undefined = null;

  /** Takes the values of `tkn`, `tkn:NAME` and the like. */
  addVariables(variables: Variables): void {
    for (const [name, value] of variables) {
      if (isTokenVariable(name)) this.#add(value, this.#ofVariables);
    }
  }

  /** Takes the tokens of a message that stand where tokens belong. */
  addMessage(text: string): void {
    for (const scalar of scalarsIn(text)) {
      const token = isTokenPlace(scalar) ? decoded(scalar.raw) : '';
      if (digitsOnly.test(token)) this.#add(token, this.#ofMessages);
    }
  }

  has(text: string): boolean {
    return this.#ofVariables.has(text) || this.#ofMessages.has(text);
  }

  /** Quicker than cutting: whether a secret may stand in a text. */
  mayBeIn(text: string): boolean {
    // Escapes may spell one.
    if (text.includes(this.#wordsPattern() ? '\\' : '\\u')) return true;
    return this.#find(text).length > 0;
  }

  /** Cuts a text without reading it as JSON. Where secrets overlap, nothing is left of either. */
  split(text: string): Piece[] {
    const pieces: Piece[] = [];
    let keptFrom = 0;
    for (const { at, end } of this.#find(text)) {
      if (end <= keptFrom) continue;
      const from = Math.max(at, keptFrom);
      const token = text.slice(from, end);
      pieces.push(text.slice(keptFrom, from), { token, raw: token, where: 'string' });
      keptFrom = end;
    }
    pieces.push(text.slice(keptFrom));
    return pieces;
  }

  #find(text: string): { at: number; end: number }[] {
    const found: { at: number; end: number }[] = [];
    const isSecret = (digits: string) => this.has(digits);
    for (const { 0: run, index } of text.matchAll(digitRun)) {
      if (isSecret(run)) found.push({ at: index, end: index + run.length });
      else {
        this.#digits.findIn(run, isSecret, (at, token) => {
          found.push({ at: index + at, end: index + at + token.length });
        });
      }
    }
    const words = this.#wordsPattern();
    // Searched first: matchAll makes a copy of the pattern, and it may be long.
    const hasWords = words !== null && text.search(words) >= 0;
    for (const { 0: word, index: at } of hasWords ? text.matchAll(words) : []) {
      found.push({ at, end: at + word.length });
    }
    return found.toSorted((a, b) => a.at - b.at || b.end - a.end);
  }

  #wordsPattern(): RegExp | null {
    if (this.#words !== undefined) return this.#words;
    const words = [...this.#ofVariables].filter((token) => !digitsOnly.test(token));
    const longestFirst = words.toSorted((a, b) => b.length - a.length);
    this.#words = words.length > 0 ? new RegExp(longestFirst.map(escaped).join('|'), 'g') : null;
    return this.#words;
  }

  #add(token: string, tokens: Set<string>): void {
    if (token.length < shortestSecret) return;
    const isKnown = tokens.delete(token);
    tokens.add(token);
    if (isKnown) return;
    this.#digits.add(token);
    const [oldest] = tokens;
    if (tokens.size > maxSecrets && oldest !== undefined) {
      tokens.delete(oldest);
      this.#digits.delete(oldest);
    }
    if (tokens === this.#ofVariables) this.#words = undefined;
  }
}

// A name of a member, quotes or not, unless a lone placeholder follows it.
const placeName =
  /"(?:tkns?|exist)"(?!\s*:\s*"\{\{[^{}"\\]+\}\}"\s*[,}])|(?<!\{)[{,\s](?:tkns?|exist)[\s:]/;

/** A quick check, made while somebody types: whether a text may have a token's place. */
export function mayHavePlace(text: string): boolean {
  return text.includes('\\u') || placeName.test(text);
}

/**
 * Cuts a text where tokens stand: in a token's place, and wherever a secret occurs. White space,
 * escapes and all other characters stay as they are. The text need not be JSON, and may hold several
 * messages.
 */
export function splitTokens(text: string, secrets: Secrets): Piece[] {
  const isJson = readJson(text).ok;
  const pieces = cutScalars(text, (scalar) => piecesOfScalar(scalar, secrets, isJson));
  // In text that is no JSON, a secret may reach over several of its parts.
  if (isJson) return pieces;
  return joined(pieces).flatMap((each) => (typeof each === 'string' ? secrets.split(each) : each));
}

/** Texts that stand side by side as one. */
function joined(pieces: readonly Piece[]): Piece[] {
  const all: Piece[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') all[all.length - 1] = last + piece;
    else all.push(piece);
  }
  return all;
}

/** @returns undefined when there is no token in it. */
export function piecesOfScalar(
  scalar: Scalar,
  secrets: Secrets,
  isJson = true,
): Piece[] | undefined {
  const { raw } = scalar;
  const token = decoded(raw);
  if (mayHoldToken(scalar)) return piecesOfPlace(raw);
  if (!raw.startsWith('"')) return piecesOfNumber(raw, secrets, isJson);
  // Escapes may spell a token's digits, and may end in digits that are none of a token.
  const pieces = secrets.split(token);
  if (pieces.length === 1) return undefined;
  const [open, written, close] = cutQuotes(raw);
  return [open, ...(raw.includes('\\') ? asWritten(pieces, written) : pieces), close];
}

function piecesOfNumber(raw: string, secrets: Secrets, isJson: boolean): Piece[] | undefined {
  if (isJson && secrets.has(raw)) return [{ token: raw, raw, where: 'number' }];
  const pieces = secrets.split(raw);
  if (pieces.length === 1) return undefined;
  const where = isJson ? 'digits' : 'string';
  return pieces.map((piece) => (typeof piece === 'string' ? piece : { ...piece, where }));
}

/** Pieces of a decoded string, their text with the escapes that it was written with. */
function asWritten(pieces: readonly Piece[], written: string): Piece[] {
  const units = unitsOf(written);
  let at = 0;
  return pieces.map((piece) => {
    const { length } = typeof piece === 'string' ? piece : piece.token;
    const raw = units.slice(at, at + length).join('');
    at += length;
    return typeof piece === 'string' ? raw : { ...piece, raw };
  });
}

/** Hides all that is written out in a token's place; placeholders, and the signs between them, stay. */
function piecesOfPlace(raw: string): Piece[] {
  if (!raw.startsWith('"')) return [{ token: raw, raw, where: 'number' }];
  const [open, written, close] = cutQuotes(raw);
  const pieces: Piece[] = [open];
  let from = open.length;
  for (const { start, end } of placeholdersIn(raw)) {
    pieces.push(pieceOfLiteral(raw.slice(from, start)), raw.slice(start, end));
    from = end;
  }
  if (from === open.length) pieces.push({ token: decoded(raw), raw: written, where: 'string' });
  else pieces.push(pieceOfLiteral(raw.slice(from, raw.length - close.length)));
  return [...pieces, close];
}

/** Beside a placeholder a few signs are no secret: most likely a brace too many. */
function pieceOfLiteral(written: string): Piece {
  const isHidden = written.length >= shortestSecret || /[\p{L}\p{N}]/u.test(written);
  return isHidden ? { token: written, raw: written, where: 'string' } : written;
}

function cutQuotes(raw: string): [string, string, string] {
  return isClosed(raw) ? ['"', raw.slice(1, -1), '"'] : ['"', raw.slice(1), ''];
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
