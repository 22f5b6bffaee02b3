import {
  asJsonText,
  kindOf,
  eachPart,
  quote,
  type JsonKind,
  type JsonText,
} from '../../protocol/json/jsonText.ts';
import type { WorkBudget } from './workBudget.ts';

/** Work of making one node. */
const unitsPerNode = 280;

/** Work of finding where parts begin and end. */
const unitsPerCharacter = 1;

/** So many members are found by looking through the text; for more, all are made at once. */
const maxScans = 8;

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
  /** Members that were made before all of them were. */
  #found = noneFound;
  #children: ValueNode[] | undefined;
  #byName: Map<string | number, ValueNode> | undefined;

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
    return this.kind === 'array' ? this.children : [];
  }

  /** Elements of an array or members of an object, in order. */
  get children(): readonly ValueNode[] {
    this.#children ??= this.#cutOut();
    return this.#children;
  }

  /**
   * The member of an object; undefined when there is none. Makes no nodes of the other members, as
   * long as only a few are asked for.
   */
  member(name: string): ValueNode | undefined {
    if (this.kind !== 'object') return undefined;
    if (!this.#children && this.#found.length < maxScans) return this.#scanFor(name);
    this.#byName ??= new Map(this.children.map((child) => [child.step, child]));
    return this.#byName.get(name);
  }

  /** The normalised path: `$['a'][0]`. */
  get path(): string {
    const steps = [stepText(this.step)];
    for (let node = this.parent; node; node = node.parent) steps.push(stepText(node.step));
    steps[steps.length - 1] = '$';
    return steps.reverse().join('');
  }

  #scanFor(name: string): ValueNode | undefined {
    const known = this.#found.find(({ step }) => step === name);
    if (known) return known;
    let member: ValueNode | undefined;
    this.#budget.spend(this.json.length * unitsPerCharacter);
    eachPart(this.json, (step, start, end) => {
      if (step === name) member = this.#part(step, start, end);
      return member === undefined;
    });
    if (member) this.#found = [...this.#found, member];
    return member;
  }

  #cutOut(): ValueNode[] {
    const parts: ValueNode[] = [];
    if (this.kind !== 'array' && this.kind !== 'object') return parts;
    this.#budget.spend(this.json.length * unitsPerCharacter);
    eachPart(this.json, (step, start, end) => {
      const known = this.#found.find((member) => member.step === step);
      parts.push(known ?? this.#part(step, start, end));
      return true;
    });
    return parts;
  }

  #part(step: string | number, offset: number, end: number): ValueNode {
    this.#budget.spend(unitsPerNode);
    const json = asJsonText(this.json.slice(offset, end));
    return new ValueNode(json, this.#budget, { parent: this, step, offset });
  }
}

/** Shared by all nodes that have found no member yet. */
const noneFound: readonly ValueNode[] = [];

function stepText(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`;
  const inner = quote(step)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"');
  return `['${inner.replaceAll("'", String.raw`\'`)}']`;
}
