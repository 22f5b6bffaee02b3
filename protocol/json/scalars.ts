import { jsonTokens } from './jsonTokens.ts';

/** A string, number, word or member name of a JSON text, as it stands there. */
export interface Scalar {
  readonly raw: string;
  /** Offsets in UTF-16 units; `end` is after the last character. */
  readonly start: number;
  readonly end: number;
  /** Member names and indices from the root to it; a member name ends its own path. */
  readonly path: readonly (string | number)[];
  readonly isName: boolean;
}

/** An array or object that is open where the reading stands. */
interface Branch {
  readonly isArray: boolean;
  isNameNext: boolean;
}

/**
 * The scalars of a text in order, each with its place in the tree. The text may be unfinished, or
 * hold several messages. `path` changes with the next one: copy it to keep it.
 */
export function* scalarsIn(text: string): Generator<Scalar> {
  const reading = new Reading();
  for (const { start, end, kind } of jsonTokens(text)) {
    const raw = text.slice(start, end);
    const isName = reading.take(raw);
    if (isName === undefined || kind === 'variable') continue;
    yield { raw, start, end, path: reading.path, isName };
  }
}

/** Cuts a text at the scalars that `cut` has something for; everything else stays as it is. */
export function cutScalars<P>(
  text: string,
  cut: (scalar: Scalar) => readonly (string | P)[] | undefined,
): (string | P)[] {
  const pieces: (string | P)[] = [];
  let keptFrom = 0;
  for (const scalar of scalarsIn(text)) {
    const own = cut(scalar);
    if (!own) continue;
    pieces.push(text.slice(keptFrom, scalar.start), ...own);
    keptFrom = scalar.end;
  }
  pieces.push(text.slice(keptFrom));
  return pieces;
}

/** Where in the tree a reading of tokens stands. */
class Reading {
  readonly path: (string | number)[] = [];
  readonly #branches: Branch[] = [];

  /** @returns Whether a scalar is a member name; undefined for what is no scalar. */
  take(raw: string): boolean | undefined {
    const branch = this.#branches.at(-1);
    switch (raw) {
      case '{':
      case '[':
        this.#branches.push({ isArray: raw === '[', isNameNext: raw === '{' });
        this.path.push(raw === '[' ? 0 : '');
        return undefined;
      case '}':
      case ']':
        this.#branches.pop();
        this.path.pop();
        return undefined;
      case ',':
        if (branch) this.#nextPart(branch);
        return undefined;
      case ':':
        return undefined;
      default:
        return branch?.isNameNext ? this.#takeName(branch, raw) : false;
    }
  }

  #nextPart(branch: Branch): void {
    const step = this.path.at(-1);
    if (branch.isArray && typeof step === 'number') this.path[this.path.length - 1] = step + 1;
    else branch.isNameNext = true;
  }

  #takeName(branch: Branch, raw: string): boolean {
    branch.isNameNext = false;
    this.path[this.path.length - 1] = decoded(raw);
    return true;
  }
}

const writtenUnit = /\\u[0-9a-fA-F]{4}|\\[^]|[^]/g;
const shortEscapes: Readonly<Record<string, string>> = {
  '\\b': '\b',
  '\\f': '\f',
  '\\n': '\n',
  '\\r': '\r',
  '\\t': '\t',
};

/** The content of a string token, cut into what stands for one UTF-16 unit each. */
export function unitsOf(written: string): readonly string[] {
  return written.match(writtenUnit) ?? [];
}

/** Whether a string token has its closing quote: one that is still being typed has none. */
export function isClosed(raw: string): boolean {
  if (raw.length < 2 || !raw.endsWith('"')) return false;
  let backslashes = 0;
  while (raw.charAt(raw.length - 2 - backslashes) === '\\') backslashes += 1;
  return backslashes % 2 === 0;
}

/** What a string token stands for, closed or not; any other token is its own text. */
export function decoded(raw: string): string {
  if (!raw.startsWith('"')) return raw;
  const content = isClosed(raw) ? raw.slice(1, -1) : raw.slice(1);
  return content.includes('\\') ? unitsOf(content).map(decodedUnit).join('') : content;
}

function decodedUnit(unit: string): string {
  if (unit.length === 1) return unit;
  if (unit.length === 6) return String.fromCharCode(Number.parseInt(unit.slice(2), 16));
  return shortEscapes[unit] ?? unit.slice(1);
}
