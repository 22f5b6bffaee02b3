import { isCommandName } from '../../../protocol/commands/catalog.ts';
import { readJson } from '../../../protocol/json/readJson.ts';
import { cutScalars, decoded, isClosed, scalarsIn, unitsOf, type Scalar } from './scalars.ts';
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
const shortestSecret = 8;
/** Most tokens looked for; the ones met longest ago go first. */
const maxSecrets = 20_000;
const digitRun = /\d{8,}/g;

/**
 * Whether a scalar stands where the protocol has a token: `tkn`, or an item of `tkns` or `exist`, in
 * the body of a command or its reply. Placeholders are none.
 */
export function isTokenPlace({ raw, path, isName }: Scalar): boolean {
  if (isName || !isPathOfToken(path)) return false;
  return isTokenLike(raw) && placeholdersIn(raw).length === 0;
}

function isPathOfToken(path: Scalar['path']): boolean {
  const [message, member, index] = path;
  if (typeof message !== 'string' || !isCommandName(message.replace(/_RSP$/, ''))) return false;
  if (path.length === 2) return member === 'tkn';
  if (path.length !== 3 || typeof index !== 'number') return false;
  return member === 'tkns' || (member === 'exist' && message === 'SH_EXISTS_RSP');
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

  /** Takes the values of `tkn`, `tkn:NAME` and the like. */
  addVariables(variables: Variables): void {
    for (const [name, value] of variables) if (isTokenVariable(name)) this.#add(value);
  }

  /** Takes the tokens of a message that stand where tokens belong. */
  addMessage(text: string): void {
    for (const scalar of scalarsIn(text)) {
      if (isTokenPlace(scalar)) this.#addDigits(decoded(scalar.raw));
    }
  }

  has(text: string): boolean {
    return this.#digits.has(text) || this.#others.has(text);
  }

  /** Told fast: whether a secret may stand in a text. */
  mayBeIn(text: string): boolean {
    // Escapes may spell one.
    if (text.includes(this.#others.size > 0 ? '\\' : '\\u')) return true;
    return this.#find(text).length > 0;
  }

  /** Cuts a text that is not looked into as JSON. */
  split(text: string): Piece[] {
    const pieces: Piece[] = [];
    let keptFrom = 0;
    for (const { at, token } of this.#find(text)) {
      if (at < keptFrom) continue;
      pieces.push(text.slice(keptFrom, at), { token, raw: token, where: 'string' });
      keptFrom = at + token.length;
    }
    pieces.push(text.slice(keptFrom));
    return pieces;
  }

  #find(text: string): { at: number; token: string }[] {
    const runs = this.#digits.size === 0 ? [] : [...text.matchAll(digitRun)];
    const found = runs.flatMap((run) => this.#inRun(run[0], run.index));
    const pattern = this.#patternOfOthers();
    const others = pattern ? [...text.matchAll(pattern)] : [];
    found.push(...others.map((match) => ({ at: match.index, token: match[0] })));
    return found.toSorted((a, b) => a.at - b.at || b.token.length - a.token.length);
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

  #patternOfOthers(): RegExp | undefined {
    if (this.#others.size === 0) return undefined;
    const longestFirst = [...this.#others].toSorted((a, b) => b.length - a.length);
    return (this.#othersPattern ??= new RegExp(longestFirst.map(escaped).join('|'), 'g'));
  }

  #add(token: string): void {
    this.#addDigits(token);
    const isWord = token.length >= shortestSecret && !/^\d+$/.test(token);
    if (!isWord || this.#others.has(token)) return;
    addBounded(this.#others, token);
    this.#othersPattern = undefined;
  }

  #addDigits(token: string): void {
    if (token.length < shortestSecret || !/^\d+$/.test(token)) return;
    addBounded(this.#digits, token);
    this.#lengths.add(token.length);
  }
}

function addBounded(tokens: Set<string>, token: string): void {
  tokens.delete(token);
  tokens.add(token);
  const [oldest] = tokens;
  if (tokens.size > maxSecrets && oldest !== undefined) tokens.delete(oldest);
}

// A name of a member, quotes or not, unless a lone placeholder follows it.
const placeName =
  /"(?:tkns?|exist)"(?!\s*:\s*"\{\{[^{}"\\]+\}\}"\s*[,}])|(?<!\{)[{,\s](?:tkns?|exist)[\s:]/;

/** Told fast, as it is asked while somebody types: whether a text may have a token's place. */
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
  if (isTokenPlace(scalar)) return wholePieces(raw, token);
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

function wholePieces(raw: string, token: string): Piece[] {
  if (!raw.startsWith('"')) return [{ token, raw, where: 'number' }];
  const [open, written, close] = cutQuotes(raw);
  return [open, { token, raw: written, where: 'string' }, close];
}

function cutQuotes(raw: string): [string, string, string] {
  return isClosed(raw) ? ['"', raw.slice(1, -1), '"'] : ['"', raw.slice(1), ''];
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
