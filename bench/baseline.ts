import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { nameOf, ratioOf, type Ratios, type Row } from './rows.ts';

// Ratios only: times belong to the machine that they were measured on.
const file = new URL('baseline.json', import.meta.url);

/** The ratios that were saved last; none where nobody has saved any. */
export function savedRatios(): Ratios {
  // Written below, and reviewed as code is.
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Ratios) : {};
}

/** Saves the ratios of these rows; those of other rows stay. */
export function saveRatios(rows: readonly Row[]): void {
  const measured = rows.flatMap((row) => {
    const ratio = ratioOf(row);
    return ratio === undefined ? [] : [[nameOf(row), ratio] as const];
  });
  const ratios = { ...savedRatios(), ...Object.fromEntries(measured) };
  writeFileSync(file, `${JSON.stringify(ratios, undefined, 2)}\n`);
}
