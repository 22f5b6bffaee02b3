import type { Entry } from '../connection/exchange.ts';
import { isTokenVariable } from '../connection/variableName.ts';
import { decoded, rewriteScalars, type Scalar } from './rewriteScalars.ts';

/** A place in a text where a session's token stands. */
export interface TokenPiece {
  readonly token: string;
  /** As it is written there, without quotes. */
  readonly raw: string;
  /** A number: no quotes around it. */
  readonly isBare: boolean;
}

/** Text, cut where tokens stand. */
export type Piece = string | TokenPiece;

/**
 * Shorter ones, and words, are made up by hand ("7"): hidden at `tkn`, but not looked for anywhere
 * else, unless a variable holds the word.
 */
const shortestSecret = 8;
const digitRun = /\d{8,}/g;
/** `tkn` in text that is no JSON, such as a message with a comma too many. */
const looseToken = /(?<="tkn"\s{0,9}:\s{0,9})(?:"(?:[^"\\]|\\.)*"|\d+)/g;

/** Whether a scalar is what the protocol calls a token: `tkn`, an item of `tkns` or of `exist`. */
export function isTokenPlace({ raw, path, isName }: Scalar): boolean {
  if (isName || !isTokenLike(raw)) return false;
  const [message, member] = path;
  if (path.length === 2) return member === 'tkn';
  if (path.length !== 3 || typeof path[2] !== 'number') return false;
  return member === 'tkns' || (member === 'exist' && message === 'SH_EXISTS_RSP');
}

/** The same, and whatever is called `tkn` or `tkns` deeper down: better one value hidden too many. */
export function mayBeToken(scalar: Scalar): boolean {
  if (isTokenPlace(scalar)) return true;
  if (scalar.isName || !isTokenLike(scalar.raw)) return false;
  const name = scalar.path.findLast((step) => typeof step === 'string');
  return name === 'tkn' || name === 'tkns';
}

function isTokenLike(raw: string): boolean {
  return (raw.startsWith('"') && raw !== '""') || /^-?\d/.test(raw);
}

/** Tokens that are looked for everywhere, not only where a token is expected. */
export class Secrets {
  readonly #digits = new Set<string>();
  readonly #lengths = new Set<number>();
  readonly #others = new Set<string>();
  #othersPattern: RegExp | undefined;

  /** Takes the tokens of a log and the variables `tkn` and `tkn:NAME`. */
  static of(entries: readonly Entry[], variables: ReadonlyMap<string, string>): Secrets {
    const secrets = new Secrets();
    for (const [name, value] of variables) {
      if (isTokenVariable(name)) secrets.#add(value);
    }
    for (const entry of entries) secrets.#learn(textOf(entry));
    const { size } = secrets.#others;
    const longestFirst = [...secrets.#others].toSorted((a, b) => b.length - a.length);
    if (size > 0) secrets.#othersPattern = new RegExp(longestFirst.map(escaped).join('|'), 'g');
    return secrets;
  }

  has(text: string): boolean {
    return this.#digits.has(text) || this.#others.has(text);
  }

  /** Cuts a text that is not looked into as JSON. */
  split(text: string): Piece[] {
    const pieces: Piece[] = [];
    let keptFrom = 0;
    for (const { at, token } of this.#find(text)) {
      if (at < keptFrom) continue;
      pieces.push(text.slice(keptFrom, at), { token, raw: token, isBare: false });
      keptFrom = at + token.length;
    }
    pieces.push(text.slice(keptFrom));
    return pieces;
  }

  #find(text: string): { at: number; token: string }[] {
    const found = [...text.matchAll(digitRun)].flatMap((run) => this.#inRun(run[0], run.index));
    if (!this.#othersPattern) return found;
    const others = [...text.matchAll(this.#othersPattern)];
    found.push(...others.map((match) => ({ at: match.index, token: match[0] })));
    return found.toSorted((a, b) => a.at - b.at);
  }

  /** Tokens among the digits of a run: nearly always all of them or none. */
  #inRun(run: string, start: number): { at: number; token: string }[] {
    if (this.#digits.has(run)) return [{ at: start, token: run }];
    const found: { at: number; token: string }[] = [];
    for (let at = 0; at <= run.length - shortestSecret; at += 1) {
      for (const length of this.#lengths) {
        const token = run.slice(at, at + length);
        if (token.length === length && this.#digits.has(token)) {
          found.push({ at: start + at, token });
        }
      }
    }
    return found;
  }

  #add(token: string): void {
    this.#addDigits(token);
    if (token.length >= shortestSecret && !/^\d+$/.test(token)) this.#others.add(token);
  }

  #addDigits(token: string): void {
    if (token.length < shortestSecret || !/^\d+$/.test(token)) return;
    this.#digits.add(token);
    this.#lengths.add(token.length);
  }

  #learn(text: string): void {
    const learnFrom = (scalar: Scalar) => {
      if (mayBeToken(scalar)) this.#addDigits(decoded(scalar.raw));
      return undefined;
    };
    if (rewriteScalars(text, learnFrom)) return;
    for (const [raw] of text.matchAll(looseToken)) this.#addDigits(raw.replace(/^"|"$/g, ''));
  }
}

/** What a message holds as text: binary ones as one character a byte. */
function textOf(entry: Entry): string {
  if (entry.kind === 'connection' || !entry.binary) return entry.text;
  return latin1Of(entry.binary);
}

/** One character for every byte. */
export function latin1Of(bytes: Uint8Array): string {
  let text = '';
  // In lots: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return text;
}

/**
 * Cuts a text where tokens stand: at the places that `isPlace` knows, and wherever a secret occurs.
 * White space, escapes and all other characters stay as they are.
 */
export function splitTokens(
  text: string,
  secrets: Secrets,
  isPlace: (scalar: Scalar) => boolean,
): Piece[] {
  const pieces = rewriteScalars<TokenPiece>(text, (scalar) =>
    piecesOfScalar(scalar, secrets, isPlace),
  );
  return pieces ?? splitLoose(text, secrets);
}

/** @returns undefined when there is no token in it. */
export function piecesOfScalar(
  scalar: Scalar,
  secrets: Secrets,
  isPlace: (scalar: Scalar) => boolean,
): Piece[] | undefined {
  const { raw } = scalar;
  const token = decoded(raw);
  if (isPlace(scalar)) return wholePieces(raw, token);
  if (!raw.startsWith('"')) return secrets.has(raw) ? wholePieces(raw, raw) : undefined;
  // Escapes may spell a token's digits, and may end in digits that are none of a token.
  const pieces = secrets.split(token);
  if (pieces.length === 1) return undefined;
  return ['"', ...(raw.includes('\\') ? asWritten(pieces, raw.slice(1, -1)) : pieces), '"'];
}

const writtenUnit = /\\u[0-9a-fA-F]{4}|\\.|[^]/g;

/** Pieces of a decoded string, their text with the escapes that it was written with. */
function asWritten(pieces: readonly Piece[], written: string): Piece[] {
  const units = written.match(writtenUnit) ?? [];
  let at = 0;
  return pieces.map((piece) => {
    const { length } = typeof piece === 'string' ? piece : piece.token;
    const raw = units.slice(at, at + length).join('');
    at += length;
    return typeof piece === 'string' ? raw : { ...piece, raw };
  });
}

function wholePieces(raw: string, token: string): Piece[] {
  if (!raw.startsWith('"')) return [{ token, raw, isBare: true }];
  return ['"', { token, raw: raw.slice(1, -1), isBare: false }, '"'];
}

function splitLoose(text: string, secrets: Secrets): Piece[] {
  const pieces: Piece[] = [];
  let keptFrom = 0;
  for (const match of text.matchAll(looseToken)) {
    const [raw] = match;
    pieces.push(...secrets.split(text.slice(keptFrom, match.index)));
    pieces.push(...wholePieces(raw, raw.replace(/^"|"$/g, '')));
    keptFrom = match.index + raw.length;
  }
  pieces.push(...secrets.split(text.slice(keptFrom)));
  return pieces;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
