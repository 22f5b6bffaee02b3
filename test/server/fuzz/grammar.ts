import { oneOf, type Random } from '../crash/random.ts';

/** A whole number from 0 up to but not including the limit. */
export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

/** One of the items, of which there is one at least. */
export function pick<T>(random: Random, items: readonly [T, ...T[]]): T {
  return oneOf(random, items) ?? items[0];
}

/** Up to so many, each made alone. */
export function several<T>(random: Random, most: number, make: () => T): T[] {
  return Array.from({ length: below(random, most + 1) }, make);
}

const scraps = [
  '', ' ', '"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', '.', 'e', 'null', '\u0000', '\u00e9', '😀',
  '\ud800', '\udc00', '\\u', '\\ud800', '\\udfff', '\ufeff', '\n', '__proto__', '{{tkn}}', '1e400', '\u2028',
] as const; // prettier-ignore

const numbers = [
  '0', '-0', '1', '-1', '1.0', '1e0', '1e400', '-1E-400', '9007199254740993', '14247375118774737462', '0.1',
  '1'.repeat(101), '60', '1800', '9007199254740991', '9007199254740992',
] as const; // prettier-ignore

const words = [
  'a', 'b', 'tkn', 'st', 'm', '', '__proto__', 'constructor', 'keys', ' ', '\u0000', 'é', '😀', 'length', 'x'.repeat(300),
] as const; // prettier-ignore

/** A string as JSON, now and then in escapes. */
export function stringText(random: Random): string {
  const text =
    random() < 0.9 ? pick(random, words) : several(random, 4, () => pick(random, scraps)).join('');
  if (random() < 0.9) return JSON.stringify(asUtf8(text));
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(16));
  return `"${units.map((unit) => `\\u${unit.padStart(4, '0')}`).join('')}"`;
}

/** White space, most often none. */
function gap(random: Random): string {
  return random() < 0.9 ? '' : pick(random, [' ', '\n', '\t', '\r\n', '  ']);
}

/** JSON of any kind. */
export function jsonText(random: Random, depth = 3): string {
  const kind = below(random, depth > 0 ? 7 : 5);
  if (kind < 2) return pick(random, numbers);
  if (kind < 4) return stringText(random);
  if (kind === 4) return pick(random, ['null', 'true', 'false']);
  const [space, deeper] = [gap(random), depth - 1];
  if (kind === 5)
    return `[${space}${several(random, 4, () => jsonText(random, deeper)).join(`,${space}`)}]`;
  const members = several(
    random,
    4,
    () => `${stringText(random)}${space}:${jsonText(random, deeper)}`,
  );
  return `{${members.join(`${space},`)}${space}}`;
}

/** A text with a few places that are wrong. */
export function mutated(random: Random, text: string): string {
  let result = text;
  for (let count = 1 + below(random, 3); count > 0; count -= 1) {
    const at = below(random, result.length + 1);
    const end = Math.min(result.length, at + below(random, 8));
    const part = pick(random, [...scraps, result.slice(at, end), result.slice(0, at)]);
    result = result.slice(0, at) + (random() < 0.3 ? '' : part) + result.slice(end);
    result = result.slice(0, 4_096);
  }
  return asUtf8(result);
}

/** Text as it can come over a socket: without halves of surrogate pairs. */
function asUtf8(text: string): string {
  return Buffer.from(text).toString();
}

/** Bytes with a few places that are wrong: changed, cut out, doubled, put in, cut off. */
export function mutatedBytes(random: Random, bytes: Buffer): Buffer {
  let result = Buffer.from(bytes);
  for (let count = 1 + below(random, 3); count > 0 && result.length > 0; count -= 1) {
    const at = below(random, result.length);
    const end = Math.min(result.length, at + 1 + below(random, 40));
    const parts = {
      change: () => [
        result.subarray(0, at),
        Buffer.from([below(random, 256)]),
        result.subarray(at + 1),
      ],
      cut: () => [result.subarray(0, at), result.subarray(end)],
      double: () => [result.subarray(0, end), result.subarray(at)],
      insert: () => [
        result.subarray(0, at),
        Buffer.alloc(below(random, 9), below(random, 256)),
        result.subarray(at),
      ],
      end: () => [result.subarray(0, at)],
    };
    const kind = pick(random, ['change', 'change', 'cut', 'double', 'insert', 'end'] as const);
    result = Buffer.concat(parts[kind]());
  }
  return result;
}
