/** A part of a file: both ends belong to it. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Reads a `Range` header (RFC 9110 §14).
 * @returns `whole` where the header is to be ignored: another unit, or several ranges, which a server
 *   need not serve; `unsatisfiable` for what lies outside the file or is no range.
 */
export function readRange(header: string, size: number): ByteRange | 'whole' | 'unsatisfiable' {
  const [, ranges] = /^\s*bytes\s*=(.*)$/is.exec(header) ?? [];
  if (ranges === undefined || ranges.includes(',')) return 'whole';
  // At least one of the two numbers.
  const [, from = '', to = ''] = /^\s*(?=\d|-\d)(\d*)-(\d*)\s*$/.exec(ranges) ?? [];
  const range = from === '' ? lastBytes(Number(to), size) : between(from, to, size);
  return range.first <= range.last ? range : 'unsatisfiable';
}

function lastBytes(count: number, size: number): ByteRange {
  return { first: Math.max(size - count, 0), last: count === 0 ? -1 : size - 1 };
}

function between(from: string, to: string, size: number): ByteRange {
  const first = Number(from);
  const asked = to === '' ? Infinity : Number(to);
  // An end before the start stays one; an end behind the file is the file's.
  return { first, last: Math.min(asked, size - 1) };
}
