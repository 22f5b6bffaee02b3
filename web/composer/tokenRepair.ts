import { decoded, scalarsIn } from '../../protocol/json/scalars.ts';
import { placeholdersIn } from '../connection/page/substitute.ts';
import { isTokenPlace } from '../connection/page/tokenPlaces.ts';
import { isHiddenVariable } from '../connection/page/variableName.ts';
import type { Variables } from '../connection/page/variables.ts';
import type { TextSpan } from '../../protocol/json/jsonTokens.ts';

/** A token that is written out in a message. */
export interface WrittenToken extends TextSpan {
  readonly token: string;
  /** false: a bare number, which many programs cannot read digit by digit. */
  readonly isQuoted: boolean;
}

/** Most tokens looked at: a message names few. */
const maxTokens = 50;
const sixteenDigits = /^[1-9]\d{15,}$/;

/** Every token written out in a token's place. Variables are none. */
export function writtenTokens(text: string): readonly WrittenToken[] {
  const found: WrittenToken[] = [];
  for (const scalar of scalarsIn(text)) {
    const isQuoted = scalar.raw.startsWith('"');
    const token = decoded(scalar.raw);
    if (!isTokenPlace(scalar) || (!isQuoted && !/^\d+$/.test(token))) continue;
    found.push({ token, isQuoted, start: scalar.start, end: scalar.end });
    if (found.length === maxTokens) break;
  }
  return found;
}

/** A token that something can be done about. */
export interface DoubtfulToken {
  readonly token: string;
  /** The server has no session of it. */
  readonly isUnknown: boolean;
  /** It stands as a bare number of so many digits that some programs would change them. */
  readonly isBare: boolean;
}

interface Knowledge {
  readonly variables: Variables;
  readonly kept: ReadonlySet<string>;
  /** @returns undefined when it is not known; then nothing is claimed. */
  readonly isLiving: (token: string) => Promise<boolean | undefined>;
}

/** The tokens of a text that are worth a question, each once. */
export async function doubtfulTokens(
  text: string,
  { variables, kept, isLiving }: Knowledge,
): Promise<readonly DoubtfulToken[]> {
  const known = new Set(variables.values());
  const written = writtenTokens(text).filter(({ token }) => !kept.has(token));
  const bare = new Set(written.filter((each) => isBare(each)).map(({ token }) => token));
  const tokens = [...new Set(written.map(({ token }) => token))];
  const asked = tokens.map(async (token) => {
    const isUnknown = !known.has(token) && (await isLiving(token)) === false;
    return { token, isUnknown, isBare: bare.has(token) };
  });
  const answers = await Promise.all(asked);
  return answers.filter((each) => each.isUnknown || each.isBare);
}

function isBare({ isQuoted, token }: WrittenToken): boolean {
  return !isQuoted && sixteenDigits.test(token);
}

/** Puts the captured token's variable in place of these tokens. */
export function replaceTokens(text: string, tokens: ReadonlySet<string>): string {
  return rewrite(text, (each) => (tokens.has(each.token) ? '"{{tkn}}"' : undefined));
}

/** Puts quotes around bare numbers of many digits. */
export function quoteTokens(text: string): string {
  return rewrite(text, (each) => (isBare(each) ? `"${each.token}"` : undefined));
}

function rewrite(text: string, change: (token: WrittenToken) => string | undefined): string {
  let rewritten = '';
  let from = 0;
  for (const token of writtenTokens(text)) {
    const changed = change(token);
    if (changed === undefined) continue;
    rewritten += text.slice(from, token.start) + changed;
    from = token.end;
  }
  return rewritten + text.slice(from);
}

/**
 * Writes the braces of variables that have no value so that they are sent as they are: as escapes,
 * which mean the same in a JSON string. Outside of strings there is no such way.
 */
export function keepBraces(text: string, variables: Variables): string {
  let rewritten = '';
  let from = 0;
  for (const { name, start, end, isInString } of placeholdersIn(text)) {
    if (variables.has(name) || !isInString || isHiddenVariable(name)) continue;
    rewritten += `${text.slice(from, start)}\\u007b\\u007b${text.slice(start + 2, end)}`;
    from = end;
  }
  return rewritten + text.slice(from);
}
