import { asJsonText, stringOf, type JsonText } from '../../protocol/json/jsonText.ts';
import { compares } from './compareValues.ts';
import { Patterns } from './patterns.ts';
import type {
  Comparable,
  Comparison,
  LogicalTest,
  PathQuery,
  PathSegment,
  PathSelector,
  PatternTest,
} from '../../protocol/jsonPath/pathQuery.ts';
import { chosen, codePointsIn, listOf } from './selectors.ts';
import { later, ValueNode } from './valueNode.ts';
import type { Work, WorkBudget } from './workBudget.ts';

/** Work of looking at one node with one selector. */
const unitsPerLook = 150;

/** Work of writing a normalised path, and each step of it. */
const unitsPerPath = 150;
const unitsPerStep = 40;

/** The reply is written in one go: so dear a character keeps it to some 15 million of them. */
const unitsPerPathCharacter = 32;

/** Applies one query to values, within what one command may spend; throws `TooCostly` beyond. */
export class PathSearch {
  readonly #query: PathQuery;
  readonly #budget: WorkBudget;
  readonly #patterns: Patterns;

  constructor(query: PathQuery, budget: WorkBudget) {
    this.#query = query;
    this.#budget = budget;
    this.#patterns = new Patterns(budget);
  }

  /** @returns The nodes selected, each once, in the path's order. */
  *nodesOf(value: JsonText): Work<readonly ValueNode[]> {
    this.#budget.startValue();
    this.#budget.spend(unitsPerLook);
    if (this.#budget.isSliceOver()) yield;
    const root = new ValueNode(value, this.#budget);
    const parts = { root, budget: this.#budget, patterns: this.#patterns };
    return yield* new Evaluation(parts).nodesOf(this.#query);
  }

  /** Adds their normalised paths to those there are. */
  *pathsOf(nodes: readonly ValueNode[], paths: string[]): Work<void> {
    for (const node of nodes) {
      this.#budget.spend(unitsPerPath + unitsPerStep * node.depth);
      const { path } = node;
      this.#budget.spend(path.length * unitsPerPathCharacter);
      paths.push(path);
      if (this.#budget.isSliceOver()) yield;
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
  *nodesOf({ segments }: PathQuery): Work<readonly ValueNode[]> {
    let nodes: readonly ValueNode[] = [this.#root];
    for (const segment of segments) {
      const found = yield* this.#step(nodes, segment);
      const mayRepeat = segment.selectors.length > 1 || (segment.descends && nodes.length > 1);
      nodes = mayRepeat ? yield* this.#eachOnce(found) : found;
    }
    return nodes;
  }

  *#eachOnce(nodes: readonly ValueNode[]): Work<ValueNode[]> {
    const seen = new Set<ValueNode>();
    for (const node of nodes) {
      this.#budget.spend(unitsPerLook);
      seen.add(node);
      if (this.#budget.isSliceOver()) yield;
    }
    return [...seen];
  }

  /** Nodes of a query inside a filter. */
  *#select(query: PathQuery, current: ValueNode): Work<readonly ValueNode[]> {
    this.#budget.spend(unitsPerLook);
    let nodes: readonly ValueNode[] = [query.isFromRoot ? this.#root : current];
    for (const segment of query.segments) nodes = yield* this.#step(nodes, segment);
    return query.tellsLength ? yield* this.#lengthMembers(nodes) : nodes;
  }

  *#step(
    nodes: readonly ValueNode[],
    { descends, selectors }: PathSegment,
  ): Work<readonly ValueNode[]> {
    const [node, selector] = [nodes[0], selectors[0]];
    if (!descends && nodes.length === 1 && selectors.length === 1 && node && selector) {
      this.#budget.spend(unitsPerLook);
      const now = this.#selectedNow(node, selector);
      if (now !== later) return now;
    }
    const found: ValueNode[] = [];
    for (const each of nodes) {
      if (descends) yield* this.#descend(each, selectors, found);
      else yield* this.#look(each, selectors, found);
    }
    return found;
  }

  /** A node comes before its children (decision D46). */
  *#descend(
    start: ValueNode,
    selectors: readonly PathSelector[],
    found: ValueNode[],
  ): Work<undefined> {
    const waiting = [start];
    for (let node = waiting.pop(); node; node = waiting.pop()) {
      yield* this.#look(node, selectors, found);
      const children = yield* node.children();
      for (let at = children.length - 1; at >= 0; at -= 1) {
        const child = children[at];
        if (child) waiting.push(child);
      }
    }
  }

  *#look(node: ValueNode, selectors: readonly PathSelector[], found: ValueNode[]): Work<undefined> {
    for (const selector of selectors) {
      const now = this.#selectedNow(node, selector);
      const selected = now === later ? yield* this.#selected(node, selector) : now;
      this.#budget.spend(unitsPerLook * (1 + selected.length));
      for (const child of selected) found.push(child);
      if (this.#budget.isSliceOver()) yield;
    }
  }

  /** What a selector selects, if that is quick to find. */
  #selectedNow(node: ValueNode, selector: PathSelector): readonly ValueNode[] | typeof later {
    if (selector.kind === 'name') {
      const member = node.memberNow(selector.name);
      return member === later ? later : listOf(member);
    }
    const children = node.childrenNow();
    return children === later ? later : chosen(node, children, selector);
  }

  *#selected(node: ValueNode, selector: PathSelector): Work<readonly ValueNode[]> {
    if (selector.kind === 'name') return listOf(yield* node.member(selector.name));
    const children = yield* node.children();
    if (selector.kind === 'filter') return yield* this.#filtered(children, selector.test);
    const parts = chosen(node, children, selector);
    return parts === later ? [] : parts;
  }

  *#filtered(children: readonly ValueNode[], test: LogicalTest): Work<ValueNode[]> {
    const kept: ValueNode[] = [];
    for (const child of children) {
      if (yield* this.#holds(test, child)) kept.push(child);
      if (this.#budget.isSliceOver()) yield;
    }
    return kept;
  }

  *#holds(test: LogicalTest, current: ValueNode): Work<boolean> {
    this.#budget.spend(unitsPerLook);
    switch (test.kind) {
      case 'or':
        for (const part of test.parts) if (yield* this.#holds(part, current)) return true;
        return false;
      case 'and':
        for (const part of test.parts) if (!(yield* this.#holds(part, current))) return false;
        return true;
      case 'not':
        return !(yield* this.#holds(test.part, current));
      case 'exists':
        return (yield* this.#select(test.query, current)).length > 0;
      case 'compare':
        return yield* this.#compares(test, current);
      case 'pattern':
        return yield* this.#matches(test, current);
    }
  }

  *#compares({ operator, ...sides }: Comparison, current: ValueNode): Work<boolean> {
    const left = yield* this.#valueOf(sides.left, current);
    const right = yield* this.#valueOf(sides.right, current);
    return yield* compares(operator, [left, right], this.#budget);
  }

  *#matches({ text, pattern, isWhole }: PatternTest, current: ValueNode): Work<boolean> {
    const searched = yield* this.#valueOf(text, current);
    const wanted = yield* this.#valueOf(pattern, current);
    if (searched?.kind !== 'string' || wanted?.kind !== 'string') return false;
    this.#budget.spend(searched.json.length + wanted.json.length);
    return this.#patterns.test(stringOf(wanted.json), stringOf(searched.json), { isWhole });
  }

  /** A value; undefined is RFC 9535's Nothing. */
  *#valueOf(comparable: Comparable, current: ValueNode): Work<ValueNode | undefined> {
    switch (comparable.kind) {
      case 'literal':
        return this.#constant(comparable.json);
      case 'query':
        return (yield* this.#select(comparable.query, current))[0];
      case 'count':
        return this.#number((yield* this.#select(comparable.query, current)).length);
      case 'value': {
        const nodes = yield* this.#select(comparable.query, current);
        return nodes.length === 1 ? nodes[0] : undefined;
      }
      case 'length': {
        const value = yield* this.#valueOf(comparable.of, current);
        if (value?.kind === 'object') return this.#number((yield* value.children()).length);
        return value && (yield* this.#lengthOf(value));
      }
    }
  }

  /** What `.length` is of values in a filter. */
  *#lengthMembers(nodes: readonly ValueNode[]): Work<ValueNode[]> {
    const lengths: ValueNode[] = [];
    for (const node of nodes) {
      const length = (yield* node.member('length')) ?? (yield* this.#lengthOf(node));
      if (length) lengths.push(length);
      if (this.#budget.isSliceOver()) yield;
    }
    return lengths;
  }

  /** How many elements, or code points; undefined for what has neither. */
  *#lengthOf(node: ValueNode): Work<ValueNode | undefined> {
    if (node.kind === 'array') return this.#number((yield* node.children()).length);
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
