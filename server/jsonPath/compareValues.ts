import { stringOf } from '../../protocol/json/jsonText.ts';
import type { ValueNode } from './valueNode.ts';
import type { Work, WorkBudget } from './workBudget.ts';

/** Two values, or nothing at all, in a comparison of RFC 9535. */
export function* isEqual(
  left: ValueNode | undefined,
  right: ValueNode | undefined,
  budget: WorkBudget,
): Work<boolean> {
  if (left === undefined || right === undefined) return left === right;
  const { kind } = left;
  if (kind !== right.kind) return false;
  budget.spend(left.json.length + right.json.length);
  if (budget.isSliceOver()) yield;
  if (left.json === right.json) return true;
  switch (kind) {
    case 'number':
      return orderOfNumbers(left.json, right.json) === 0;
    case 'string':
      return stringOf(left.json) === stringOf(right.json);
    case 'array':
    case 'object':
      return yield* arePartsEqual(left, right, budget);
    case 'boolean':
    case 'null':
      return false; // Their texts differ.
  }
}

function* arePartsEqual(left: ValueNode, right: ValueNode, budget: WorkBudget): Work<boolean> {
  const [parts, others] = [yield* left.children(), yield* right.children()];
  if (parts.length !== others.length) return false;
  for (const [index, part] of parts.entries()) {
    const isElement = left.kind === 'array';
    const other = isElement ? others[index] : yield* right.member(String(part.step));
    if (other === undefined || !(yield* isEqual(part, other, budget))) return false;
  }
  return true;
}

/** Only numbers, and only strings, have an order among themselves. */
export function isLess(
  left: ValueNode | undefined,
  right: ValueNode | undefined,
  budget: WorkBudget,
): boolean {
  if (left === undefined || right === undefined || left.kind !== right.kind) return false;
  budget.spend(left.json.length + right.json.length);
  if (left.kind === 'number') return orderOfNumbers(left.json, right.json) < 0;
  if (left.kind !== 'string') return false;
  return isTextBefore(stringOf(left.json), stringOf(right.json));
}

/** By code points: a surrogate pair comes after every character without one. */
function isTextBefore(left: string, right: string): boolean {
  const length = Math.min(left.length, right.length);
  let at = 0;
  while (at < length && left.charCodeAt(at) === right.charCodeAt(at)) at += 1;
  if (at === length) return left.length < right.length;
  return rankOf(left.charCodeAt(at)) < rankOf(right.charCodeAt(at));
}

function rankOf(unit: number): number {
  const isSurrogate = unit >= 0xd800 && unit <= 0xdfff;
  return isSurrogate ? unit + 0x10000 : unit;
}

/** A number as 0.DIGITS × 10^exponent, with neither zeros before nor after the digits. */
interface Decimal {
  /** −1, 0 or 1. */
  readonly sign: number;
  readonly digits: string;
  readonly exponent: bigint;
}

/** Exponents with more digits than this are all the same to a comparison: nobody writes them. */
const maxExponentDigits = 1000;

const decimalParts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?)0*(\d*))?$/;

/** Order of two numbers by their exact value: negative, 0 or positive. */
function orderOfNumbers(left: string, right: string): number {
  const [a, b] = [decimalOf(left), decimalOf(right)];
  if (a.sign !== b.sign) return a.sign - b.sign;
  if (a.exponent !== b.exponent) return a.exponent < b.exponent ? -a.sign : a.sign;
  if (a.digits === b.digits) return 0;
  return a.digits < b.digits ? -a.sign : a.sign;
}

function decimalOf(json: string): Decimal {
  const [, minus, whole = '', fraction = '', exponentSign, power = ''] =
    decimalParts.exec(json) ?? [];
  const all = whole + fraction;
  const significant = withoutZerosBefore(all);
  if (significant === '') return { sign: 0, digits: '', exponent: 0n };
  const magnitude = BigInt(power.slice(0, maxExponentDigits));
  const exponent =
    (exponentSign === '-' ? -magnitude : magnitude) +
    BigInt(whole.length - (all.length - significant.length));
  return { sign: minus === '-' ? -1 : 1, digits: withoutZerosAfter(significant), exponent };
}

function withoutZerosBefore(digits: string): string {
  let start = 0;
  while (digits.charCodeAt(start) === 0x30) start += 1;
  return digits.slice(start);
}

function withoutZerosAfter(digits: string): string {
  let end = digits.length;
  while (digits.charCodeAt(end - 1) === 0x30) end -= 1;
  return digits.slice(0, end);
}
