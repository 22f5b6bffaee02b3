/** Parts that the command line names. */
export const chosenParts = process.argv.slice(2).filter((word) => !word.startsWith('--'));

const isShort = chosenParts.length === 0 || process.argv.includes('--short');

/** A part that is named takes its time, unless with `--short`; all parts together take under five minutes. */
export function paced<T>(atLength: T, inShort: T): T {
  return isShort ? inShort : atLength;
}
