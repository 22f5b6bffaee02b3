import {
  asJsonText,
  kindOf,
  partsOf,
  quote,
  type JsonKind,
  type JsonText,
} from '../../protocol/json/jsonText.ts';
import type { WorkBudget } from './workBudget.ts';

/** Work of making one node. */
const unitsPerNode = 150;

interface PlaceInParent {
  readonly parent: ValueNode;
  readonly step: string | number;
  readonly offset: number;
}

/**
 * A value inside a stored one. Its parts are cut out when somebody asks for them, and once only:
 * two nodes are one exactly when they are the same place.
 */
export class ValueNode {
  readonly json: JsonText;
  readonly parent: ValueNode | undefined;
  /** Member name or index in the parent. */
  readonly step: string | number;
  /** Where its text begins in that of the whole value. */
  readonly start: number;
  /** How many arrays and objects it stands in. */
  readonly depth: number;
  readonly #budget: WorkBudget;
  #elements: ValueNode[] | undefined;
  #members: Map<string, ValueNode> | undefined;

  constructor(json: JsonText, budget: WorkBudget, place?: PlaceInParent) {
    this.json = json;
    this.#budget = budget;
    this.parent = place?.parent;
    this.step = place?.step ?? '$';
    this.start = place ? place.parent.start + place.offset : 0;
    this.depth = place ? place.parent.depth + 1 : 0;
  }

  get kind(): JsonKind {
    return kindOf(this.json);
  }

  /** Elements of an array, else none. */
  get elements(): readonly ValueNode[] {
    this.#elements ??= this.kind === 'array' ? [...this.#parts()] : [];
    return this.#elements;
  }

  /** Members of an object by name, else none. */
  get members(): ReadonlyMap<string, ValueNode> {
    this.#members ??= new Map();
    if (this.#members.size === 0 && this.kind === 'object') {
      for (const part of this.#parts()) this.#members.set(String(part.step), part);
    }
    return this.#members;
  }

  /** Elements or members, in order. */
  get children(): Iterable<ValueNode> {
    return this.kind === 'array' ? this.elements : this.members.values();
  }

  /** The normalised path: `$['a'][0]`. */
  get path(): string {
    const steps = [stepText(this.step)];
    for (let node = this.parent; node; node = node.parent) steps.push(stepText(node.step));
    steps[steps.length - 1] = '$';
    return steps.reverse().join('');
  }

  *#parts(): Iterable<ValueNode> {
    this.#budget.spend(this.json.length);
    for (const { step, start, end } of partsOf(this.json)) {
      this.#budget.spend(unitsPerNode);
      const json = asJsonText(this.json.slice(start, end));
      yield new ValueNode(json, this.#budget, { parent: this, step, offset: start });
    }
  }
}

function stepText(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`;
  const inner = quote(step)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"');
  return `['${inner.replaceAll("'", String.raw`\'`)}']`;
}
