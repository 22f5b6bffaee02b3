/** One finding: what we do beside what the nearest plain thing does, in the same run. */
export interface Row {
  readonly what: string;
  readonly unit: string;
  readonly ours: number;
  readonly plain: number;
  readonly plainIs: string;
  readonly goal?: Goal;
}

/** What our figure, or its ratio to the plain one, should be. */
type Goal = { readonly of: 'ours' | 'ratio' } & (
  | { readonly atMost: number }
  | { readonly atLeast: number }
);

/** Ratios of an earlier run, by {@link nameOf} their rows. */
export type Ratios = Readonly<Record<string, number>>;

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Identifies a row in every run. */
export function nameOf({ what, plainIs }: Row): string {
  return `${what} : ${plainIs}`;
}

/** With two digits, as it is shown and saved; undefined where there is none. */
export function ratioOf({ ours, plain }: Row): number | undefined {
  const ratio = ours / plain;
  return Number.isFinite(ratio) ? Number(ratio.toFixed(2)) : undefined;
}

export function printHead(): void {
  printLine(['', 'ours', 'plain', 'unit', 'ratio', 'saved', 'goal', 'plain is']);
}

/** @param saved Ratios to compare with. */
export function print(rows: readonly Row[], saved: Ratios): void {
  for (const row of rows) {
    const { what, unit, ours, plain, plainIs } = row;
    const ratios = [ratioOf(row), saved[nameOf(row)]].map((ratio) => ratio?.toFixed(2) ?? '–');
    printLine([what, inWords(ours), inWords(plain), unit, ...ratios, goalInWords(row), plainIs]);
  }
}

/** Room for the longest of each column; the names stand at the left, figures at the right. */
const widths = [58, -9, -9, 11, -6, -6, 16, 0];

function printLine(cells: readonly string[]): void {
  const padded = cells.map((cell, index) => {
    const width = widths[index] ?? 0;
    return width < 0 ? cell.padStart(-width) : cell.padEnd(width);
  });
  process.stdout.write(`${padded.join('  ').trimEnd()}\n`);
}

function goalInWords({ ours, plain, goal }: Row): string {
  if (!goal) return '';
  const figure = goal.of === 'ours' ? ours : ours / plain;
  const isMet = 'atMost' in goal ? figure <= goal.atMost : figure >= goal.atLeast;
  const limit = 'atMost' in goal ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`;
  return `${limit}${goal.of === 'ratio' ? ' ×' : ''} ${isMet ? 'met' : 'MISSED'}`;
}

/** Small figures keep a decimal. */
function inWords(value: number): string {
  const digits = Math.abs(value) < 100 && !Number.isInteger(value) ? 1 : 0;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}
