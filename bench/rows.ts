/** One finding: what we do beside what the nearest plain thing does, in the same run. */
export interface Row {
  readonly what: string;
  readonly unit: string;
  readonly ours: number;
  readonly plain: number;
  readonly plainIs: string;
}

/** Room for the longest name of a row. */
const nameWidth = 62;

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export function printHead(): void {
  process.stdout.write(`${''.padEnd(nameWidth)}${'ours'.padStart(11)}${'plain'.padStart(11)}\n`);
}

export function print(rows: readonly Row[]): void {
  for (const { what, unit, ours, plain, plainIs } of rows) {
    const ratio = (ours / plain).toFixed(2).padStart(6);
    process.stdout.write(
      `${what.padEnd(nameWidth)}${inWords(ours)}${inWords(plain)}  ${unit.padEnd(10)}${ratio} × ${plainIs}\n`,
    );
  }
}

/** Small figures keep a decimal. */
function inWords(value: number): string {
  const digits = Math.abs(value) < 100 && !Number.isInteger(value) ? 1 : 0;
  return value.toLocaleString('en', { maximumFractionDigits: digits }).padStart(11);
}
