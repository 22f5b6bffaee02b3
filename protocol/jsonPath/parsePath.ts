import { asJsonText, quote, type JsonText } from '../json/jsonText.ts';
import { ok, refused, type Result } from '../result.ts';
import {
  comparisonOperators,
  isSingular,
  type Comparable,
  type LogicalTest,
  type PathQuery,
  type PathSegment,
  type PathSelector,
} from './pathQuery.ts';
import { PathFault, PathReader } from './pathReader.ts';

/** Longest path that is read, in UTF-16 units: the normalised path of every node is shorter. */
const maxPathLength = 65_536;

/** Deepest nesting of filters, parentheses and function calls. */
const maxPathDepth = 64;

const functionToken = /([a-z][a-z_0-9]*)\(/y;
const numberToken = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const wordToken = /true|false|null/y;

/** Where a text is no path. */
export interface PathError {
  /** Index of the first character that cannot stand there, in UTF-16 units from 0. */
  readonly at: number;
}

/**
 * Reads a JSON path by the grammar of RFC 9535.
 * @returns A refusal when it is malformed, or beyond the limits above.
 */
export function readPath(text: string): Result<PathQuery, PathError> {
  if (text.length > maxPathLength) return refused({ at: maxPathLength });
  try {
    return ok(new PathParser(text).document());
  } catch (error) {
    if (error instanceof PathFault) return refused({ at: error.at });
    throw error;
  }
}

/** As {@link readPath}; undefined for a text that is no path. */
export function parsePath(text: string): PathQuery | undefined {
  const path = readPath(text);
  return path.ok ? path.value : undefined;
}

/**
 * The names and indices of a path that leads to one place, as replies have them.
 * @returns undefined for a path with anything else in it.
 */
export function stepsOfPath(text: string): (string | number)[] | undefined {
  const steps: (string | number)[] = [];
  for (const { descends, selectors } of parsePath(text)?.segments ?? [unknownSegment]) {
    const [selector] = selectors;
    if (descends || selectors.length !== 1) return undefined;
    if (selector?.kind === 'name') steps.push(selector.name);
    else if (selector?.kind === 'index') steps.push(selector.index);
    else return undefined;
  }
  return steps;
}

const unknownSegment: PathSegment = { descends: true, selectors: [] };

/** What may stand in a filter before it is known whether it is compared. */
type Operand =
  | { readonly kind: 'comparable'; readonly value: Comparable }
  | { readonly kind: 'query'; readonly query: PathQuery }
  | { readonly kind: 'test'; readonly test: LogicalTest };

class PathParser {
  readonly #reader: PathReader;
  #depth = 0;

  constructor(text: string) {
    this.#reader = new PathReader(text);
  }

  document(): PathQuery {
    this.#reader.expect('$');
    const segments = this.#segments();
    if (!this.#reader.isAtEnd) this.#reader.fail();
    return { isFromRoot: true, segments, tellsLength: false };
  }

  #segments(): PathSegment[] {
    const segments: PathSegment[] = [];
    while (this.#reader.skipBlankBefore('.[')) segments.push(this.#segment());
    return segments;
  }

  #segment(): PathSegment {
    const descends = this.#reader.accept('..');
    if (this.#reader.next === '[') return { descends, selectors: this.#bracket() };
    if (!descends) this.#reader.expect('.');
    if (this.#reader.accept('*')) return { descends, selectors: [{ kind: 'wildcard' }] };
    const name = this.#reader.name() ?? this.#reader.fail();
    return { descends, selectors: [{ kind: 'name', name }] };
  }

  #bracket(): PathSelector[] {
    const selectors: PathSelector[] = [];
    this.#reader.expect('[');
    do {
      this.#reader.skipBlank();
      selectors.push(this.#selector());
      this.#reader.skipBlank();
    } while (this.#reader.accept(','));
    this.#reader.expect(']');
    return selectors;
  }

  #selector(): PathSelector {
    if (this.#reader.accept('*')) return { kind: 'wildcard' };
    if (this.#reader.accept('?')) {
      this.#reader.skipBlank();
      return { kind: 'filter', test: this.#nested(() => this.#or()) };
    }
    const name = this.#reader.string();
    if (name !== undefined) return { kind: 'name', name };
    return this.#indexOrSlice();
  }

  #indexOrSlice(): PathSelector {
    const start = this.#reader.integer();
    if (!this.#reader.skipBlankBefore(':')) {
      return { kind: 'index', index: start ?? this.#reader.fail() };
    }
    this.#reader.expect(':');
    this.#reader.skipBlank();
    const end = this.#reader.integer();
    let step: number | undefined;
    if (this.#reader.skipBlankBefore(':')) {
      this.#reader.expect(':');
      this.#reader.skipBlank();
      step = this.#reader.integer();
    }
    return { kind: 'slice', start, end, step: step ?? 1 };
  }

  #or(): LogicalTest {
    const parts = this.#joined('||', () => this.#and());
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'or', parts };
  }

  #and(): LogicalTest {
    const parts = this.#joined('&&', () => this.#basic());
    return parts.length === 1 && parts[0] ? parts[0] : { kind: 'and', parts };
  }

  #joined(operator: string, part: () => LogicalTest): LogicalTest[] {
    const parts = [part()];
    this.#reader.skipBlank();
    while (this.#reader.accept(operator)) {
      this.#reader.skipBlank();
      parts.push(part());
      this.#reader.skipBlank();
    }
    return parts;
  }

  #basic(): LogicalTest {
    if (this.#reader.accept('!')) {
      this.#reader.skipBlank();
      const part = this.#parenthesis() ?? this.#testOf(this.#operand());
      return { kind: 'not', part };
    }
    return this.#parenthesis() ?? this.#comparisonOrTest();
  }

  #parenthesis(): LogicalTest | undefined {
    if (!this.#reader.accept('(')) return undefined;
    this.#reader.skipBlank();
    const test = this.#nested(() => this.#or());
    this.#reader.skipBlank();
    this.#reader.expect(')');
    return test;
  }

  #comparisonOrTest(): LogicalTest {
    const operand = this.#operand();
    this.#reader.skipBlank();
    const operator = comparisonOperators.find((each) => this.#reader.accept(each));
    if (operator === undefined) return this.#testOf(operand);
    this.#reader.skipBlank();
    const left = this.#comparableOf(operand);
    return { kind: 'compare', operator, left, right: this.#comparableOf(this.#operand()) };
  }

  #testOf(operand: Operand): LogicalTest {
    if (operand.kind === 'query') return { kind: 'exists', query: operand.query };
    return operand.kind === 'test' ? operand.test : this.#reader.fail();
  }

  #comparableOf(operand: Operand): Comparable {
    if (operand.kind === 'comparable') return operand.value;
    const isOne = operand.kind === 'query' && isSingular(operand.query);
    return isOne ? { kind: 'query', query: operand.query } : this.#reader.fail();
  }

  #operand(): Operand {
    const query = this.#filterQuery();
    if (query) return { kind: 'query', query };
    const json = this.#literal();
    if (json !== undefined) return { kind: 'comparable', value: { kind: 'literal', json } };
    const name = this.#reader.match(functionToken)?.[1] ?? this.#reader.fail();
    this.#reader.skipBlank();
    const call = this.#nested(() => this.#call(name));
    this.#reader.skipBlank();
    this.#reader.expect(')');
    return call;
  }

  #literal(): JsonText | undefined {
    const text = this.#reader.string();
    if (text !== undefined) return quote(text);
    const token = this.#reader.match(numberToken) ?? this.#reader.match(wordToken);
    return token && asJsonText(token[0]);
  }

  #call(name: string): Operand {
    switch (name) {
      case 'length':
        return { kind: 'comparable', value: { kind: name, of: this.#argument() } };
      case 'count':
      case 'value': {
        const query = this.#filterQuery() ?? this.#reader.fail();
        return { kind: 'comparable', value: { kind: name, query } };
      }
      case 'match':
      case 'search': {
        const text = this.#argument();
        this.#reader.skipBlank();
        this.#reader.expect(',');
        this.#reader.skipBlank();
        const pattern = this.#argument();
        const isWhole = name === 'match';
        return { kind: 'test', test: { kind: 'pattern', isWhole, text, pattern } };
      }
      default:
        return this.#reader.fail();
    }
  }

  #argument(): Comparable {
    return this.#comparableOf(this.#operand());
  }

  #filterQuery(): PathQuery | undefined {
    const isFromRoot = this.#reader.accept('$');
    if (!isFromRoot && !this.#reader.accept('@')) return undefined;
    const segments = this.#segments();
    const tellsLength = isLengthMember(segments.at(-1));
    return { isFromRoot, segments: tellsLength ? segments.slice(0, -1) : segments, tellsLength };
  }

  #nested<T>(read: () => T): T {
    this.#depth += 1;
    if (this.#depth > maxPathDepth) this.#reader.fail();
    const result = read();
    this.#depth -= 1;
    return result;
  }
}

/** `.length` or `['length']`, and nothing else. */
function isLengthMember(segment: PathSegment | undefined): boolean {
  if (!segment || segment.descends || segment.selectors.length !== 1) return false;
  const [selector] = segment.selectors;
  return selector?.kind === 'name' && selector.name === 'length';
}
