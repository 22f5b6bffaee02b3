import { createRandom, type Random } from '../crash/random.ts';

/** One grammar, and what has to be true of all that it makes. */
export interface FuzzPart<I = unknown> {
  readonly name: string;
  /** A part of the executions that are asked for: some cost a thousand times as much as others. */
  readonly share: number;
  /** An input, the same for the same numbers. */
  readonly make: (random: Random) => I;
  /** Throws, or rejects, when something is not as it must be. */
  readonly check: (input: I) => void | Promise<void>;
  /** Ends what the checks have started. */
  readonly end?: () => Promise<void>;
}

/** An input that was not treated as it must be. Seed and index make it again. */
export interface Finding {
  readonly part: string;
  readonly seed: number;
  readonly index: number;
  readonly input: unknown;
  readonly fault: string;
}

export interface FuzzResult {
  readonly runs: number;
  readonly findings: readonly Finding[];
  readonly slowestMs: number;
}

/** What nobody may wait for, however busy the machine is. */
const hangMs = 5_000;

/** After so many findings one part has nothing new to say. */
const maxFindings = 5;

/** Says what is wrong unless something holds. */
export function must(holds: boolean, fault: string): asserts holds {
  if (!holds) throw new Error(fault);
}

/** Hides the type of the input. */
export function fuzzPart<I>(part: FuzzPart<I>): FuzzPart {
  return part as FuzzPart;
}

/** Makes the input of one execution. */
export function inputOf({ make }: FuzzPart, seed: number, index: number): unknown {
  return make(createRandom(seed + index * 7_919));
}

/** Executes a part so many times, or from one index to another. */
export async function fuzz(
  part: FuzzPart,
  { seed, from = 0, to }: { readonly seed: number; readonly from?: number; readonly to: number },
): Promise<FuzzResult> {
  const findings: Finding[] = [];
  let slowestMs = 0;
  let index = from;
  for (; index < to && findings.length < maxFindings; index += 1) {
    const input = inputOf(part, seed, index);
    const startMs = performance.now();
    const fault = await faultIn(part, input);
    const tookMs = performance.now() - startMs;
    slowestMs = Math.max(slowestMs, tookMs);
    const found = fault ?? (tookMs > hangMs ? `It took ${Math.round(tookMs)} ms` : undefined);
    if (found !== undefined) findings.push({ part: part.name, seed, index, input, fault: found });
  }
  return { runs: index - from, findings, slowestMs };
}

async function faultIn(part: FuzzPart, input: unknown): Promise<string | undefined> {
  try {
    const checked = part.check(input);
    // Most are done at once: a turn of the event loop costs more than they do.
    if (checked instanceof Promise) await checked;
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}
