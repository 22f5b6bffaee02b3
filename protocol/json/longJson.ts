import { partsPerStep, type Steps } from '../steps.ts';
import { asJsonText, membersInSteps, type JsonText } from './jsonText.ts';

/** Objects within each other whose members are noted: a request, its parameters, and a parameter with keys. */
export const outlinedDepth = 3;

/** Where the members of an object are in a text. */
export class Outline {
  readonly #names: string[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  /** Of values that are objects, by name. */
  readonly #inner = new Map<string, Outline>();

  /** A value begins. */
  begin(name: string, start: number): void {
    this.#names.push(name);
    this.#starts.push(start);
  }

  /** The value that began last is an object. @returns What its members are noted in. */
  enter(): Outline {
    const inner = new Outline();
    this.#inner.set(this.#names.at(-1) ?? '', inner);
    return inner;
  }

  /** The value that began last ends. */
  end(end: number): void {
    this.#ends.push(end);
  }

  inner(name: string): Outline | undefined {
    return this.#inner.get(name);
  }

  /** @param text In which they are. */
  *members(text: string): Steps<Map<string, JsonText>> {
    const members = new Map<string, JsonText>();
    for (const [index, name] of this.#names.entries()) {
      if (index > 0 && index % partsPerStep === 0) yield;
      members.set(name, asJsonText(text.slice(this.#starts[index], this.#ends[index])));
    }
    return members;
  }
}

/**
 * A value out of a long text. Where its members were noted when the text was read, the text is not gone through
 * again to find them.
 */
export class LongJson {
  readonly json: JsonText;
  readonly #whole: string;
  readonly #outline: Outline | undefined;

  /**
   * @param whole The text that the outline is of.
   * @param outline Absent: it is no object, or its members were not noted.
   */
  constructor(json: JsonText, whole: string = json, outline?: Outline) {
    this.json = json;
    this.#whole = whole;
    this.#outline = outline;
  }

  /** Whether {@link members} has nothing to look for. */
  get isOutlined(): boolean {
    return this.#outline !== undefined;
  }

  /** As `membersInSteps`: only for objects. */
  *members(): Steps<Map<string, JsonText>> {
    return yield* this.#outline?.members(this.#whole) ?? membersInSteps(this.json);
  }

  /** One of its members. @param json As {@link members} has it. */
  member(name: string, json: JsonText): LongJson {
    return new LongJson(json, this.#whole, this.#outline?.inner(name));
  }
}
