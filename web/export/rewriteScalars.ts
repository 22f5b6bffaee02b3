import { asJsonText, stringOf } from '../../protocol/json/jsonText.ts';
import { readJson } from '../../protocol/json/readJson.ts';

/** A string, number, word or member name of a JSON text, as it stands there. */
export interface Scalar {
  readonly raw: string;
  /** Member names and indices from the root to it; a member name ends its own path. */
  readonly path: readonly (string | number)[];
  readonly isName: boolean;
}

/** An array or object that is open where the reading stands. */
interface Branch {
  readonly isArray: boolean;
  isNameNext: boolean;
}

/** Told at a glance, because names and notes are no JSON and a fault is slow to find. */
const jsonStart = /^\uFEFF?\s*[{["\-\dtfn]/;
const tokenPattern = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s"{}[\],:]+/gs;

/**
 * Cuts a JSON text at its scalars: those that `rewrite` has something for are replaced, everything
 * else (white space, escapes, digits, repeated members) stays as it is.
 * @returns undefined when the text is no JSON.
 */
export function rewriteScalars<P>(
  text: string,
  rewrite: (scalar: Scalar) => readonly (string | P)[] | undefined,
): (string | P)[] | undefined {
  if (!jsonStart.test(text) || !readJson(text).ok) return undefined;
  const pieces: (string | P)[] = [];
  const reading = new Reading();
  let keptFrom = 0;
  for (const match of text.matchAll(tokenPattern)) {
    const [raw] = match;
    const isName = reading.take(raw);
    if (isName === undefined) continue;
    const rewritten = rewrite({ raw, path: reading.path, isName });
    if (!rewritten) continue;
    pieces.push(text.slice(keptFrom, match.index), ...rewritten);
    keptFrom = match.index + raw.length;
  }
  pieces.push(text.slice(keptFrom));
  return pieces;
}

/** Where in the tree a reading of tokens stands. */
class Reading {
  /** Changes with every token: whoever wants to keep it makes a copy. */
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
        if (branch) this.#goOn(branch);
        return undefined;
      case ':':
        return undefined;
      default:
        return branch?.isNameNext ? this.#takeName(branch, raw) : false;
    }
  }

  #goOn(branch: Branch): void {
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

/** What a string token stands for; any other token is its own text. */
export function decoded(raw: string): string {
  return raw.startsWith('"') ? stringOf(asJsonText(raw)) : raw;
}
