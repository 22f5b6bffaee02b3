import type { Pair } from './pairs.ts';

/** One finding: what we do beside what the nearest plain thing does, in the same run. */
export interface Row {
  readonly what: string;
  readonly unit: string;
  readonly ours: number;
  readonly plain: number;
  readonly plainIs: string;
  readonly goal?: Goal;
  /** Of each pair of slices; absent: measured once, or not in pairs. */
  readonly ratios?: readonly number[];
  /** What else is worth a look. */
  readonly note?: string;
}

/** What our figure, or its ratio to the plain one, should be. */
type Goal = { readonly of: 'ours' | 'ratio' } & (
  | { readonly atMost: number }
  | { readonly atLeast: number }
);

/** Ratios of an earlier run, by {@link nameOf} their rows. */
export type Ratios = Readonly<Record<string, number>>;

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * part + 0.5)] ?? Number.NaN;
}

/** The medians of pairs, and their ratios. */
export function figuresOf<T>(
  pairs: readonly Pair<T>[],
  figure: (slice: T) => number,
): Pick<Row, 'ours' | 'plain'> & { readonly ratios: readonly number[] } {
  return {
    ours: median(pairs.map(({ ours }) => figure(ours))),
    plain: median(pairs.map(({ plain }) => figure(plain))),
    ratios: pairs.map(({ ours, plain }) => figure(ours) / figure(plain)),
  };
}

/** Identifies a row in every run. */
export function nameOf({ what, plainIs }: Row): string {
  return `${what} : ${plainIs}`;
}

/** With two digits, as it is shown and saved; undefined where there is none. */
export function ratioOf({ ours, plain, ratios }: Row): number | undefined {
  const ratio = ratios ? median(ratios) : ours / plain;
  return Number.isFinite(ratio) ? Number(ratio.toFixed(2)) : undefined;
}

/** Whether a row reaches its goal; undefined where there is none. */
export function isMet(row: Row): boolean | undefined {
  const { goal, ours } = row;
  if (!goal) return undefined;
  const figure = goal.of === 'ours' ? ours : (ratioOf(row) ?? Number.NaN);
  return 'atMost' in goal ? figure <= goal.atMost : figure >= goal.atLeast;
}

export function printHead(): void {
  const heads = ['', 'ours', 'plain', 'unit', 'ratio', 'quartiles', 'saved', 'goal', 'plain is'];
  printLine(heads);
}

/** @param saved Ratios to compare with. */
export function print(rows: readonly Row[], saved: Ratios): void {
  for (const row of rows) {
    const { what, unit, ours, plain, plainIs, note } = row;
    printLine([
      what,
      inWords(ours),
      inWords(plain),
      unit,
      ratioOf(row)?.toFixed(2) ?? '–',
      spreadOf(row),
      saved[nameOf(row)]?.toFixed(2) ?? '–',
      goalInWords(row),
      note === undefined ? plainIs : `${plainIs}; ${note}`,
    ]);
  }
}

/** Room for the longest of each column; the names stand at the left, figures at the right. */
const widths = [76, -9, -9, 11, -6, -11, -6, 16, 0];

function printLine(cells: readonly string[]): void {
  const padded = cells.map((cell, index) => {
    const width = widths[index] ?? 0;
    return width < 0 ? cell.padStart(-width) : cell.padEnd(width);
  });
  process.stdout.write(`${padded.join('  ').trimEnd()}\n`);
}

/** Where the middle half of the ratios is. */
function spreadOf({ ratios }: Row): string {
  if (!ratios) return '';
  return `${quantile(ratios, 0.25).toFixed(2)}–${quantile(ratios, 0.75).toFixed(2)}`;
}

function goalInWords(row: Row): string {
  const { goal } = row;
  if (!goal) return '';
  const limit = 'atMost' in goal ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`;
  return `${limit}${goal.of === 'ratio' ? ' ×' : ''} ${isMet(row) ? 'met' : 'MISSED'}`;
}

/** Small figures keep a decimal. */
function inWords(value: number): string {
  const digits = Math.abs(value) < 1 ? 3 : Number(Math.abs(value) < 100);
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}
