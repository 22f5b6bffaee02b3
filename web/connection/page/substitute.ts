import { quote } from '../../../protocol/json/jsonText.ts';
import { jsonTokens, type TextSpan } from '../../../protocol/json/jsonTokens.ts';
import type { WrittenMessage } from './exchange.ts';
import { decoded } from '../../../protocol/json/scalars.ts';
import { isHiddenVariable, variableOfSession } from './variableName.ts';
import type { Variables } from './variables.ts';

/** A `{{name}}` in a text: whole inside one JSON string, or outside of all strings. */
export interface Placeholder extends TextSpan {
  readonly name: string;
  readonly isInString: boolean;
}

/** Where the value of a variable stands in a text that was filled in. */
export interface Filling {
  readonly name: string;
  /** Span of the `{{name}}` in the written text. */
  readonly written: TextSpan;
  /** Span of the value in the filled text. */
  readonly filled: TextSpan;
}

/** A text with its variables put in, and the names that have no value. */
export interface Substitution {
  readonly text: string;
  /** Each once, in the order they are written. */
  readonly unresolved: readonly string[];
  /** In the order they are written. */
  readonly fillings: readonly Filling[];
}

// Names have no braces, quotes, backslashes and control characters: see variableName.ts.
const placeholder = /\{\{([^{}"\\\p{Cc}]+)\}\}/gu;

/**
 * The placeholders of a text, in order. `{{` in one string and `}}` in another are plain text, and
 * so are braces around nothing.
 */
export function placeholdersIn(text: string): readonly Placeholder[] {
  if (!text.includes('{{')) return [];
  const found: Placeholder[] = [];
  for (const { kind, start, end } of jsonTokens(text)) {
    if (kind !== 'string' && kind !== 'variable') continue;
    const isInString = kind === 'string';
    const raw = text.slice(start, end);
    const here = namesIn(raw);
    const whole = isInString && here.length === 0 ? unspelledName(raw) : undefined;
    if (whole !== undefined) here.push({ name: whole, start: 1, end: raw.length - 1 });
    for (const each of here) {
      found.push({
        name: each.name,
        start: start + each.start,
        end: start + each.end,
        isInString,
      });
    }
  }
  return found;
}

function namesIn(raw: string): (TextSpan & { readonly name: string })[] {
  return [...raw.matchAll(placeholder)].flatMap(({ 0: whole, 1: inner = '', index: start }) => {
    const name = inner.trim();
    return name === '' ? [] : [{ name, start, end: start + whole.length }];
  });
}

/** A whole string may also give a session's name as it is: `"{{tkn:cart:{42}}}"`. */
function unspelledName(raw: string): string | undefined {
  const session = /^"\{\{tkn:([^]+)\}\}"$/.exec(raw)?.[1];
  return session === undefined ? undefined : variableOfSession(decoded(`"${session}"`));
}

/**
 * Puts values in for every `{{name}}`: a plain lookup, nothing is evaluated, and a value is not
 * looked into again. Inside a string a value is escaped, outside it stands as it is. To send the
 * braces themselves, write one as `\u007b`.
 */
export function substitute(text: string, variables: Variables): Substitution {
  return fillIn(text, variables, () => true);
}

function fillIn(
  text: string,
  variables: Variables,
  isMeant: (name: string) => boolean,
): Substitution {
  const unresolved = new Set<string>();
  const fillings: Filling[] = [];
  let filled = '';
  let from = 0;
  for (const { name, start, end, isInString } of placeholdersIn(text)) {
    if (!isMeant(name)) continue;
    const value = variables.get(name);
    if (value === undefined) {
      unresolved.add(name);
      continue;
    }
    filled += text.slice(from, start);
    from = end;
    const valueStart = filled.length;
    filled += isInString ? escapedInString(value) : value;
    const span = { start: valueStart, end: filled.length };
    fillings.push({ name, written: { start, end }, filled: span });
  }
  return { text: filled + text.slice(from), unresolved: [...unresolved], fillings };
}

/**
 * {@link substitute} for a message that may have its variables turned off. What stands in the place
 * of a hidden token is not part of the text: it is still filled in.
 */
export function fill({ text, isLiteral }: WrittenMessage, variables: Variables): Substitution {
  return fillIn(text, variables, isLiteral ? isHiddenVariable : () => true);
}

/** {@link namesUsed} of a message that may have its variables turned off. */
export function namesMeant({ text, isLiteral }: WrittenMessage): string[] {
  return isLiteral ? namesUsed(text).filter(isHiddenVariable) : namesUsed(text);
}

/** Names of the variables that a text uses, each once. */
export function namesUsed(text: string): string[] {
  return [...new Set(placeholdersIn(text).map(({ name }) => name))];
}

/** A place of the written text. */
export interface WrittenPlace {
  readonly at: number;
  /** The variable whose value holds the place; undefined: it is in the text itself. */
  readonly name: string | undefined;
}

/**
 * Finds the place in the written text for one in the filled text. A place within a value is the
 * start of its `{{name}}`.
 */
export function writtenPlace({ fillings }: Substitution, at: number): WrittenPlace {
  let shift = 0;
  for (const { name, written, filled } of fillings) {
    if (at < filled.start) break;
    // An empty value has no place: what is missing is missing there.
    if (at < filled.end || (at === filled.end && filled.start === filled.end)) {
      return { at: written.start, name };
    }
    shift = written.end - filled.end;
  }
  return { at: at + shift, name: undefined };
}

function escapedInString(value: string): string {
  return quote(value).slice(1, -1);
}
