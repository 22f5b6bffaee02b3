import type { WrittenMessage } from '../connection/page/exchange.ts';
import { fill, placeholdersIn } from '../connection/page/substitute.ts';
import { splitTokens, type Secrets } from '../connection/page/tokenPlaces.ts';
import { isTokenVariable } from '../connection/page/variableName.ts';
import type { Variables } from '../connection/page/variables.ts';

/** A value that a program gets from its environment. */
export interface EnvValue {
  /** `SESHDECK_TOKEN`, `SESHDECK_TOKEN2` … */
  readonly env: string;
  /** As a variable of a program: `token`, `token2` … */
  readonly name: string;
}

/** Text of a message, cut where values of the environment stand. */
export type CodePart = string | EnvValue;

/** What is known where the message was written or recorded. */
interface Known {
  readonly variables: Variables;
  /** Tokens that no program may hold. */
  readonly secrets: Secrets;
}

/**
 * A message with its tokens taken out: those of variables, and those that stand in it. Other variables
 * are filled in as far as they have values.
 */
export function codeParts(message: WrittenMessage, { variables, secrets }: Known): CodePart[] {
  const book = new EnvBook();
  const others = new Map([...variables].filter(([name]) => !isTokenVariable(name)));
  const { text } = fill(message, others);
  const parts: CodePart[] = [];
  for (const piece of splitTokens(text, secrets)) {
    if (typeof piece !== 'string') {
      parts.push(piece.where === 'digits' ? piece.raw : book.token(piece.token));
    } else if (message.isLiteral) parts.push(piece);
    else parts.push(...withoutPlaceholders(piece, { variables, book }));
  }
  return merged(parts);
}

interface Places {
  readonly variables: Variables;
  readonly book: EnvBook;
}

function withoutPlaceholders(text: string, { variables, book }: Places): CodePart[] {
  const parts: CodePart[] = [];
  let from = 0;
  for (const { name, start, end } of placeholdersIn(text)) {
    const isToken = isTokenVariable(name);
    // Two variables may hold one token.
    const value = isToken ? book.token(variables.get(name) ?? `{{${name}}}`) : book.value(name);
    parts.push(text.slice(from, start), value);
    from = end;
  }
  return [...parts, text.slice(from)];
}

/** Values of the environment in the order they are met. */
class EnvBook {
  readonly #tokens = new Map<string, EnvValue>();
  readonly #values = new Map<string, EnvValue>();

  token(key: string): EnvValue {
    return take(this.#tokens, key, (count) => ({
      env: `SESHDECK_TOKEN${count}`,
      name: `token${count}`,
    }));
  }

  value(key: string): EnvValue {
    return take(this.#values, key, (count) => ({
      env: `SESHDECK_VALUE${count}`,
      name: `value${count}`,
    }));
  }
}

function take(known: Map<string, EnvValue>, key: string, make: (count: string) => EnvValue) {
  const value = known.get(key) ?? make(known.size === 0 ? '' : `${known.size + 1}`);
  known.set(key, value);
  return value;
}

function merged(parts: readonly CodePart[]): CodePart[] {
  const result: CodePart[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (part === '') continue;
    if (typeof part === 'string' && typeof last === 'string')
      result[result.length - 1] = last + part;
    else result.push(part);
  }
  return result;
}

/** The values that a message needs, each once. */
export function envValuesOf(parts: readonly CodePart[]): readonly EnvValue[] {
  return [...new Set(parts.filter((part) => typeof part !== 'string'))];
}
