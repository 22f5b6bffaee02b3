import type { PathSelector, SliceSelector } from '../../protocol/jsonPath/pathQuery.ts';
import { later, type ValueNode } from './valueNode.ts';

/** Length of a string as people count it. */
export function codePointsIn(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0xdc00 || unit > 0xdfff) count += 1; // The second half of a pair counts no more.
  }
  return count;
}

/** One node, or none. */
export function listOf(node: ValueNode | undefined): ValueNode[] {
  return node ? [node] : [];
}

/** What a selector takes of all children; a filter takes longer, unless there are none. */
export function chosen(
  node: ValueNode,
  children: readonly ValueNode[],
  selector: Exclude<PathSelector, { kind: 'name' }>,
): readonly ValueNode[] | typeof later {
  const elements = node.kind === 'array' ? children : [];
  switch (selector.kind) {
    case 'wildcard':
      return children;
    case 'index':
      return listOf(elements.at(selector.index));
    case 'slice':
      return [...slice(elements, selector)];
    case 'filter':
      return children.length === 0 ? children : later;
  }
}

/** The elements of a slice (RFC 9535, 2.3.4.2). */
function* slice(
  elements: readonly ValueNode[],
  { start, end, step }: SliceSelector,
): Iterable<ValueNode> {
  const { length } = elements;
  if (step === 0) return;
  const [lowest, highest] = step > 0 ? [0, length] : [-1, length - 1];
  const place = (index: number) =>
    Math.min(Math.max(index < 0 ? index + length : index, lowest), highest);
  const first = start === undefined ? (step > 0 ? 0 : length - 1) : place(start);
  const last = end === undefined ? (step > 0 ? length : -1) : place(end);
  for (let at = first; step > 0 ? at < last : at > last; at += step) {
    const element = elements[at];
    if (element) yield element;
  }
}
