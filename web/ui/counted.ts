// Made once: with each number it would take longer than the number.
const numberFormat = new Intl.NumberFormat('en');

/** `12,345`. */
export function number(value: number): string {
  return numberFormat.format(value);
}

/** `1 reply`, `12,345 replies`. */
export function many(count: number, one: string, more: string): string {
  return `${number(count)} ${count === 1 ? one : more}`;
}
