import { stringOf } from '../../protocol/json/jsonText.ts';
import { compareNumbers } from '../../protocol/json/numbers.ts';
import type { Comparison } from '../../protocol/jsonPath/pathQuery.ts';
import type { ValueNode } from './valueNode.ts';
import type { Work, WorkBudget } from './workBudget.ts';

type Sides = readonly [ValueNode | undefined, ValueNode | undefined];

/** Two values, or nothing at all, in a comparison of RFC 9535. */
export function* compares(
  operator: Comparison['operator'],
  [left, right]: Sides,
  budget: WorkBudget,
): Work<boolean> {
  switch (operator) {
    case '==':
      return yield* isEqual(left, right, budget);
    case '!=':
      return !(yield* isEqual(left, right, budget));
    case '<':
      return isLess(left, right, budget);
    case '>':
      return isLess(right, left, budget);
    case '<=':
      return isLess(left, right, budget) || (yield* isEqual(left, right, budget));
    case '>=':
      return isLess(right, left, budget) || (yield* isEqual(left, right, budget));
  }
}

function* isEqual(
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
      return compareNumbers(left.json, right.json) === 0;
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
function isLess(
  left: ValueNode | undefined,
  right: ValueNode | undefined,
  budget: WorkBudget,
): boolean {
  if (left === undefined || right === undefined || left.kind !== right.kind) return false;
  budget.spend(left.json.length + right.json.length);
  if (left.kind === 'number') return compareNumbers(left.json, right.json) < 0;
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
