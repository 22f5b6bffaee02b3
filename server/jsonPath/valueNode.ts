import {
  asJsonText,
  kindOf,
  PartCursor,
  quote,
  type JsonKind,
  type JsonText,
} from '../../protocol/json/jsonText.ts';
import type { Work, WorkBudget } from './workBudget.ts';

/** Work of making one node. */
const unitsPerNode = 280;

/** Work of finding where parts begin and end. */
const unitsPerCharacter = 1;

/** Characters that are read in one go. */
const maxReadLength = 1_000_000;

/** Shorter texts are cut up without looking at the time. */
const maxQuickLength = 4096;

/** Says that something takes longer: it is to be had as work that can be put aside. */
export const later = Symbol('later');

const always = () => true;
const noNodes: readonly ValueNode[] = [];

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
  #found = noNodes;
  #children: readonly ValueNode[] | undefined;
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

  /** Elements of an array or members of an object, in order. */
  *children(): Work<readonly ValueNode[]> {
    const now = this.childrenNow();
    if (now !== later) return now;
    const cursor = new PartCursor(this.json);
    const parts: ValueNode[] = [];
    while (!this.#cut(cursor, parts, () => !this.#budget.isSliceOver())) yield;
    this.#children = parts;
    return parts;
  }

  /** The children if that is quickly done. */
  childrenNow(): readonly ValueNode[] | typeof later {
    if (this.#children) return this.#children;
    const { kind } = this;
    if (kind !== 'array' && kind !== 'object') return noNodes;
    if (this.json.length > maxQuickLength) return later;
    const parts: ValueNode[] = [];
    this.#cut(new PartCursor(this.json), parts, always);
    this.#children = parts;
    return parts;
  }

  /**
   * The member of an object; undefined when there is none. Makes no nodes of the other members, as
   * long as only a few are asked for.
   */
  *member(name: string): Work<ValueNode | undefined> {
    const now = this.memberNow(name);
    if (now !== later) return now;
    if (this.#found.length >= maxScans) {
      yield* this.children();
      return yield* this.member(name);
    }
    const cursor = new PartCursor(this.json);
    const before = this.#found;
    while (!this.#scan(cursor, name, () => !this.#budget.isSliceOver())) yield;
    return this.#found === before ? undefined : this.#found.at(-1);
  }

  /** The member if that is quick to find. */
  memberNow(name: string): ValueNode | undefined | typeof later {
    if (this.kind !== 'object') return undefined;
    if (this.#children) {
      this.#byName ??= new Map(this.#children.map((child) => [child.step, child]));
      return this.#byName.get(name);
    }
    const known = this.#found.find(({ step }) => step === name);
    if (known) return known;
    if (this.json.length > maxQuickLength) return later;
    if (this.#found.length >= maxScans) {
      this.childrenNow();
      return this.memberNow(name);
    }
    const before = this.#found;
    this.#scan(new PartCursor(this.json), name, always);
    return this.#found === before ? undefined : this.#found.at(-1);
  }

  /** The normalised path: `$['a'][0]`. */
  get path(): string {
    const steps = [stepText(this.step)];
    for (let node = this.parent; node; node = node.parent) steps.push(stepText(node.step));
    steps[steps.length - 1] = '$';
    return steps.reverse().join('');
  }

  /** Makes nodes of the parts. @returns false when it is to continue later. */
  #cut(cursor: PartCursor, parts: ValueNode[], mayContinue: () => boolean): boolean {
    for (let state = this.#read(cursor); state !== 'end'; state = this.#read(cursor)) {
      if (state === 'part') {
        const known = this.#found.find((member) => member.step === cursor.step);
        parts.push(known ?? this.#part(cursor));
      }
      if (!mayContinue()) return false;
    }
    return true;
  }

  /** Looks for a member and makes it a node. @returns false when it is to continue later. */
  #scan(cursor: PartCursor, name: string, mayContinue: () => boolean): boolean {
    for (let state = this.#read(cursor); state !== 'end'; state = this.#read(cursor)) {
      if (state === 'part' && cursor.step === name) {
        this.#found = [...this.#found, this.#part(cursor)];
        return true;
      }
      if (!mayContinue()) return false;
    }
    return true;
  }

  #read(cursor: PartCursor): 'part' | 'within' | 'end' {
    const from = cursor.at;
    const state = cursor.advance(maxReadLength);
    this.#budget.spend((cursor.at - from) * unitsPerCharacter);
    return state;
  }

  #part({ step, start, end }: PartCursor): ValueNode {
    this.#budget.spendNode(unitsPerNode);
    const json = asJsonText(this.json.slice(start, end));
    return new ValueNode(json, this.#budget, { parent: this, step, offset: start });
  }
}

function stepText(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`;
  const inner = quote(step)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"');
  return `['${inner.replaceAll("'", String.raw`\'`)}']`;
}
