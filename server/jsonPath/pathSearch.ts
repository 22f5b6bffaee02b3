import { asJsonText, stringOf, type JsonText } from '../../protocol/json/jsonText.ts';
import { isEqual, isLess } from './compareValues.ts';
import { Patterns } from './patterns.ts';
import type {
  Comparable,
  Comparison,
  LogicalTest,
  PathQuery,
  PathSegment,
  PathSelector,
  PatternTest,
  SliceSelector,
} from './pathQuery.ts';
import { ValueNode } from './valueNode.ts';
import { TooCostly, WorkBudget } from './workBudget.ts';

/** Work of looking at one node with one selector. */
const unitsPerLook = 30;

/** Work of writing a normalised path, and each step of it. */
const unitsPerPath = 300;
const unitsPerStep = 40;

/** Applies one query to values, within what one command may spend. */
export class PathSearch {
  readonly #query: PathQuery;
  readonly #budget = new WorkBudget();
  readonly #patterns = new Patterns(this.#budget);

  constructor(query: PathQuery) {
    this.#query = query;
  }

  /** @returns The nodes selected, each once, in the path's order; undefined: too costly. */
  nodesOf(value: JsonText): ValueNode[] | undefined {
    return this.#affordable(() => {
      this.#budget.spend(unitsPerLook);
      const root = new ValueNode(value, this.#budget);
      const parts = { root, budget: this.#budget, patterns: this.#patterns };
      return new Evaluation(parts).nodesOf(this.#query);
    });
  }

  /** @returns Their normalised paths; undefined: too costly. */
  pathsOf(nodes: readonly ValueNode[]): string[] | undefined {
    return this.#affordable(() =>
      nodes.map((node) => {
        this.#budget.spend(unitsPerPath + unitsPerStep * node.depth);
        const { path } = node;
        this.#budget.spend(path.length);
        return path;
      }),
    );
  }

  #affordable<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (error instanceof TooCostly) return undefined;
      throw error;
    }
  }
}

interface EvaluationParts {
  readonly root: ValueNode;
  readonly budget: WorkBudget;
  readonly patterns: Patterns;
}

/** One query at work on one value. */
class Evaluation {
  readonly #root: ValueNode;
  readonly #budget: WorkBudget;
  readonly #patterns: Patterns;
  readonly #constants = new Map<JsonText, ValueNode>();

  constructor({ root, budget, patterns }: EvaluationParts) {
    this.#root = root;
    this.#budget = budget;
    this.#patterns = patterns;
  }

  /** Nodes of the outermost query. Each is kept once after every segment: the rest is the same. */
  nodesOf({ segments }: PathQuery): ValueNode[] {
    let nodes = [this.#root];
    for (const segment of segments) nodes = [...new Set(this.#step(nodes, segment))];
    return nodes;
  }

  /** Nodes of a query inside a filter. */
  #select(query: PathQuery, current: ValueNode): ValueNode[] {
    this.#budget.spend(unitsPerLook);
    let nodes = [query.isFromRoot ? this.#root : current];
    for (const segment of query.segments) nodes = this.#step(nodes, segment);
    return query.tellsLength ? nodes.flatMap((node) => this.#lengthMember(node) ?? []) : nodes;
  }

  #step(nodes: readonly ValueNode[], { descends, selectors }: PathSegment): ValueNode[] {
    const found: ValueNode[] = [];
    for (const node of nodes) {
      if (descends) this.#descend(node, selectors, found);
      else this.#look(node, selectors, found);
    }
    return found;
  }

  #descend(node: ValueNode, selectors: readonly PathSelector[], found: ValueNode[]): void {
    this.#look(node, selectors, found);
    for (const child of node.children) this.#descend(child, selectors, found);
  }

  #look(node: ValueNode, selectors: readonly PathSelector[], found: ValueNode[]): void {
    for (const selector of selectors) {
      this.#budget.spend(unitsPerLook);
      for (const child of this.#selected(node, selector)) {
        this.#budget.spend(unitsPerLook);
        found.push(child);
      }
    }
  }

  #selected(node: ValueNode, selector: PathSelector): Iterable<ValueNode> {
    switch (selector.kind) {
      case 'name':
        return listOf(node.member(selector.name));
      case 'wildcard':
        return node.children;
      case 'index':
        return listOf(node.elements.at(selector.index));
      case 'slice':
        return slice(node.elements, selector);
      case 'filter':
        return this.#filtered(node, selector.test);
    }
  }

  *#filtered(node: ValueNode, test: LogicalTest): Iterable<ValueNode> {
    for (const child of node.children) if (this.#holds(test, child)) yield child;
  }

  #holds(test: LogicalTest, current: ValueNode): boolean {
    this.#budget.spend(unitsPerLook);
    switch (test.kind) {
      case 'or':
        return test.parts.some((part) => this.#holds(part, current));
      case 'and':
        return test.parts.every((part) => this.#holds(part, current));
      case 'not':
        return !this.#holds(test.part, current);
      case 'exists':
        return this.#select(test.query, current).length > 0;
      case 'compare':
        return this.#compares(test, current);
      case 'pattern':
        return this.#matches(test, current);
    }
  }

  #compares(test: Comparison, current: ValueNode): boolean {
    const left = this.#valueOf(test.left, current);
    const right = this.#valueOf(test.right, current);
    switch (test.operator) {
      case '==':
        return isEqual(left, right, this.#budget);
      case '!=':
        return !isEqual(left, right, this.#budget);
      case '<':
        return isLess(left, right, this.#budget);
      case '>':
        return isLess(right, left, this.#budget);
      case '<=':
        return isLess(left, right, this.#budget) || isEqual(left, right, this.#budget);
      case '>=':
        return isLess(right, left, this.#budget) || isEqual(left, right, this.#budget);
    }
  }

  #matches({ text, pattern, isWhole }: PatternTest, current: ValueNode): boolean {
    const searched = this.#valueOf(text, current);
    const wanted = this.#valueOf(pattern, current);
    if (searched?.kind !== 'string' || wanted?.kind !== 'string') return false;
    this.#budget.spend(searched.json.length + wanted.json.length);
    return this.#patterns.test(stringOf(wanted.json), stringOf(searched.json), { isWhole });
  }

  /** A value; undefined is RFC 9535's Nothing. */
  #valueOf(comparable: Comparable, current: ValueNode): ValueNode | undefined {
    switch (comparable.kind) {
      case 'literal':
        return this.#constant(comparable.json);
      case 'query':
        return this.#select(comparable.query, current)[0];
      case 'count':
        return this.#number(this.#select(comparable.query, current).length);
      case 'value': {
        const nodes = this.#select(comparable.query, current);
        return nodes.length === 1 ? nodes[0] : undefined;
      }
      case 'length': {
        const value = this.#valueOf(comparable.of, current);
        if (value?.kind === 'object') return this.#number(value.children.length);
        return value && this.#lengthOf(value);
      }
    }
  }

  /** What `.length` is of a value in a filter. */
  #lengthMember(node: ValueNode): ValueNode | undefined {
    return node.member('length') ?? this.#lengthOf(node);
  }

  /** How many elements, or code points; undefined for what has neither. */
  #lengthOf(node: ValueNode): ValueNode | undefined {
    if (node.kind === 'array') return this.#number(node.elements.length);
    if (node.kind !== 'string') return undefined;
    this.#budget.spend(node.json.length * 2);
    return this.#number(codePointsIn(stringOf(node.json)));
  }

  #number(value: number): ValueNode {
    return this.#constant(asJsonText(String(value)));
  }

  /** A literal or a count, made once. */
  #constant(json: JsonText): ValueNode {
    const known = this.#constants.get(json);
    if (known) return known;
    const made = new ValueNode(json, this.#budget);
    this.#constants.set(json, made);
    return made;
  }
}

function codePointsIn(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0xdc00 || unit > 0xdfff) count += 1; // The second half of a pair counts no more.
  }
  return count;
}

function listOf(node: ValueNode | undefined): ValueNode[] {
  return node ? [node] : [];
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
