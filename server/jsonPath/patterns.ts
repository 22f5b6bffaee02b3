import { createRequire } from 'node:module';
import type * as Re2js from 're2js';
import { TooCostly, type WorkBudget } from './workBudget.ts';

/** Longest pattern of `match()` and `search()`, in UTF-16 units. */
const maxPatternLength = 1000;

/** Work of one instruction of a pattern on one character: most take 1, the slowest 50. */
const unitsPerStep = 16;

/** Work of compiling a pattern, and each of its instructions. */
const unitsPerPattern = 500_000;
const unitsPerInstruction = 5000;

/**
 * A quarter of the server's code, which it needs for patterns only: loaded with the first one, so that
 * a start does without.
 */
let engine: typeof Re2js.RE2JS | undefined;

function engineOfPatterns(): typeof Re2js.RE2JS {
  // The build puts its file beside the server, and that file's name here.
  engine ??= (createRequire(import.meta.url)('re2js') as typeof Re2js).RE2JS;
  return engine;
}

/** The patterns of one command: each is compiled once, in time linear to its length. */
export class Patterns {
  readonly #budget: WorkBudget;
  readonly #compiled = new Map<string, Re2js.RE2JS | undefined>();

  constructor(budget: WorkBudget) {
    this.#budget = budget;
  }

  /** false also when the pattern is none (RFC 9535, 2.4.6). Never tracks back: linear in the text. */
  test(pattern: string, text: string, { isWhole }: { isWhole: boolean }): boolean {
    const compiled = this.#pattern(pattern);
    if (!compiled) return false;
    this.#budget.spendAtOnce(compiled.programSize() * text.length * unitsPerStep);
    return isWhole ? compiled.testExact(text) : compiled.test(text);
  }

  #pattern(pattern: string): Re2js.RE2JS | undefined {
    if (!this.#compiled.has(pattern)) {
      this.#budget.spend(unitsPerPattern);
      const compiled = compile(pattern);
      this.#budget.spend((compiled?.programSize() ?? 0) * unitsPerInstruction);
      this.#compiled.set(pattern, compiled);
    }
    return this.#compiled.get(pattern);
  }
}

function compile(pattern: string): Re2js.RE2JS | undefined {
  if (pattern.length > maxPatternLength) throw new TooCostly('A long pattern');
  try {
    return engineOfPatterns().compile(withStrictDots(pattern));
  } catch {
    return undefined; // The library throws for patterns that it does not take, and for nothing else.
  }
}

/** A dot matches neither line feed nor carriage return (RFC 9485); RE2 would take the latter. */
function withStrictDots(pattern: string): string {
  return pattern.replaceAll(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\./g, (token) =>
    token === '.' ? String.raw`[^\n\r]` : token,
  );
}
