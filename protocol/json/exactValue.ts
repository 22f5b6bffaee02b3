import { jsonTokens, type JsonToken } from './jsonTokens.ts';
import { isInexactNumber } from './numbers.ts';

/** A number token that a double may not hold: of 16 characters or more, or with an exponent. */
const perhapsInexact = /(?:^|[:,[\s])-?(?:[\d.]{16}|[\d.]{1,15}[eE])/;

/**
 * The value of a JSON text as JavaScript has it, without losing a digit. Members whose names are integers come
 * first in JavaScript's objects. No member may be there twice.
 * @param keep What stands in place of a number that a double cannot hold; it gets the number as written.
 * @throws {SyntaxError} when the text is not JSON.
 */
export function readExactValue(text: string, keep: (written: string) => unknown): unknown {
  const value: unknown = JSON.parse(text);
  if (!perhapsInexact.test(text)) return value;
  if (typeof value === 'number') return isInexactNumber(text.trim()) ? keep(text.trim()) : value;
  return new NumberRepair(value, keep).repaired(text);
}

/** An array or object that was parsed, and where in it the reading stands. */
interface Branch {
  readonly parts: Record<string | number, unknown>;
  readonly isArray: boolean;
  step: string | number;
  isNameNext: boolean;
}

/** Goes through a parsed value along its text, and puts the numbers right that were rounded. */
class NumberRepair {
  readonly #root: unknown;
  readonly #keep: (written: string) => unknown;
  readonly #open: Branch[] = [];

  constructor(root: unknown, keep: (written: string) => unknown) {
    this.#root = root;
    this.#keep = keep;
  }

  repaired(text: string): unknown {
    for (const token of jsonTokens(text)) this.#take(token, text);
    return this.#root;
  }

  #take({ kind, start, end }: JsonToken, text: string): void {
    const branch = this.#open.at(-1);
    switch (kind) {
      case 'open':
        this.#enter(branch, text.charCodeAt(start) === 0x5b);
        return;
      case 'close':
        this.#open.pop();
        return;
      case 'comma':
        if (branch) next(branch);
        return;
      case 'string':
        if (branch?.isNameNext) name(branch, text.slice(start, end));
        return;
      case 'scalar':
        if (branch) this.#repair(branch, text.slice(start, end));
        return;
      case 'colon':
      case 'variable':
        return;
    }
  }

  #enter(parent: Branch | undefined, isArray: boolean): void {
    const parts = parent ? parent.parts[parent.step] : this.#root;
    if (typeof parts !== 'object' || parts === null) throw new SyntaxError('A repeated member');
    this.#open.push({
      parts: parts as Branch['parts'], // An array has numbers for its steps.
      isArray,
      step: isArray ? 0 : '',
      isNameNext: !isArray,
    });
  }

  #repair({ parts, step }: Branch, written: string): void {
    if (isInexactNumber(written)) parts[step] = this.#keep(written);
  }
}

function next(branch: Branch): void {
  if (typeof branch.step === 'number') branch.step += 1;
  else branch.isNameNext = true;
}

function name(branch: Branch, written: string): void {
  branch.step = JSON.parse(written) as string; // A string token: no number passes through here.
  branch.isNameNext = false;
}
