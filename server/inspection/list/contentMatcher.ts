import type { ContentQuestion } from '../../../protocol/inspection/sessionLists.ts';
import type { JsonText } from '../../../protocol/json/jsonText.ts';
import { foldText } from '../../../protocol/text/foldText.ts';
import { visibleText } from '../../../protocol/text/visibleText.ts';
import { compares } from '../../jsonPath/compareValues.ts';
import { parsePath } from '../../../protocol/jsonPath/parsePath.ts';
import { PathSearch } from '../../jsonPath/pathSearch.ts';
import { ValueNode } from '../../jsonPath/valueNode.ts';
import type { Work, WorkBudget } from '../../jsonPath/workBudget.ts';
import type { ListedSession } from '../../store/views.ts';
import { nameText } from './nameText.ts';

/** A long text is looked through in pieces of so many characters. */
const pieceLength = 65_536;

/** Work of looking at one session, and at one key. */
const unitsPerSession = 150;
const unitsPerKey = 60;

/** Work of looking at a character of a text. */
const unitsPerCharacter = 1;

const notPlain = /[^ -~]/;
const escapes = /\\(?:u([\da-fA-F]{4})|(.))/g;
const letters: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Finds what is looked for in the keys and values of sessions. */
export class ContentMatcher {
  readonly #question: ContentQuestion;
  readonly #folded: string;
  readonly #budget: WorkBudget;
  readonly #path: PathSearch | undefined;
  readonly #operand: ValueNode | undefined;

  private constructor(question: ContentQuestion, path: PathSearch | undefined, budget: WorkBudget) {
    this.#question = question;
    this.#budget = budget;
    this.#path = path;
    this.#folded = foldText(question.text ?? '');
    const { condition } = question;
    this.#operand = condition && new ValueNode(condition.value, budget);
  }

  /** @returns undefined when its path is none. */
  static of(question: ContentQuestion, budget: WorkBudget): ContentMatcher | undefined {
    if (question.path === undefined) return new ContentMatcher(question, undefined, budget);
    const query = parsePath(question.path);
    return query && new ContentMatcher(question, new PathSearch(query, budget), budget);
  }

  /**
   * The first key where it is found; undefined: there is none. Throws {@link TooCostly} when that takes too much
   * work.
   */
  *find(session: ListedSession): Work<string | undefined> {
    this.#budget.spend(unitsPerSession);
    for (const [key, value] of session.entries()) {
      this.#budget.spend(unitsPerKey);
      if (yield* this.#holds(key, value)) return key;
      if (this.#budget.isSliceOver()) yield;
    }
    return undefined;
  }

  *#holds(key: string, value: JsonText): Work<boolean> {
    if (this.#question.key !== undefined && this.#question.key !== key) return false;
    const isText = this.#folded === '' || nameText(key).includes(this.#folded);
    if (!isText && !(yield* this.#holdsText(value))) return false;
    return this.#path === undefined || (yield* this.#selects(this.#path, value));
  }

  *#holdsText(value: JsonText): Work<boolean> {
    // What is looked for may begin in one piece and end in the next.
    const overlap = Math.min(this.#folded.length * 6, pieceLength / 2);
    for (let from = 0; from < value.length; from += pieceLength - overlap) {
      const piece = value.length <= pieceLength ? value : value.slice(from, from + pieceLength);
      this.#budget.spend(piece.length * unitsPerCharacter);
      if (formsOf(piece).some((form) => foldText(form).includes(this.#folded))) return true;
      if (from + pieceLength >= value.length) return false;
      if (this.#budget.isSliceOver()) yield;
    }
    return false;
  }

  *#selects(path: PathSearch, value: JsonText): Work<boolean> {
    const nodes = yield* path.nodesOf(value);
    const { condition } = this.#question;
    if (!condition || !this.#operand) return nodes.length > 0;
    for (const node of nodes) {
      if (yield* compares(condition.operator, [node, this.#operand], this.#budget)) return true;
      if (this.#budget.isSliceOver()) yield;
    }
    return false;
  }
}

/** A piece of JSON as it was sent, without its escapes, and as it is shown. */
function formsOf(piece: string): string[] {
  const forms = [piece];
  if (piece.includes('\\')) forms.push(piece.replace(escapes, unescaped));
  // What is printable ASCII is shown as it is.
  if (notPlain.test(piece)) forms.push(visibleText(piece));
  return forms;
}

function unescaped(_: string, unit: string | undefined, letter: string): string {
  if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
  return letters[letter] ?? letter;
}
