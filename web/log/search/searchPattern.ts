import { textOf } from '../../connection/texts/describeEvent.ts';
import type { Entry, ReceivedEntry, SentEntry } from '../../connection/page/exchange.ts';
import { nameOf } from '../../connection/texts/frameName.ts';
import { foldText } from '../../../protocol/text/foldText.ts';
import type { Search } from './logFilter.ts';
import { statusesIn } from './passes.ts';

/** Why a search does not work. */
export type SearchFault =
  /** `reason` is what the browser says. */
  | { readonly kind: 'badExpression'; readonly reason: string }
  | { readonly kind: 'tooSlow' }
  | { readonly kind: 'notLoaded' };

/** A search, ready to run; it must not be shared between texts in a row (`g` keeps a place). */
export type CompiledSearch =
  | { readonly kind: 'none' }
  /** A literal: linear in the text, so it may run on the page. */
  | { readonly kind: 'plain'; readonly pattern: RegExp; readonly folded: string | undefined }
  /** Anything a user wrote: it may never end, so only a worker may run it. */
  | { readonly kind: 'regExp'; readonly pattern: RegExp }
  | { readonly kind: 'bad'; readonly fault: SearchFault };

const special = /[\\^$.*+?()[\]{}|/]/g;

/** Makes a pattern of what was typed. Never throws: a bad expression is a value. */
export function compileSearch({ text, isRegExp, isCaseSensitive }: Search): CompiledSearch {
  if (text === '') return { kind: 'none' };
  const flags = isCaseSensitive ? 'g' : 'gi';
  if (!isRegExp) {
    // An accent alone is meant as it is.
    const isFolded = !isCaseSensitive && !/^\p{M}/u.test(text);
    const folded = isFolded ? foldText(text) : undefined;
    const literal = (folded ?? text).replace(special, String.raw`\$&`);
    return { kind: 'plain', pattern: new RegExp(literal, flags), folded };
  }
  try {
    return { kind: 'regExp', pattern: new RegExp(text, flags) };
  } catch (error) {
    return { kind: 'bad', fault: { kind: 'badExpression', reason: reasonOf(error) } };
  }
}

/** `Invalid regular expression: /(/: Unterminated group` → `Unterminated group`. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : '';
  return text.slice(text.lastIndexOf(': ') + 1).trim();
}

/** The texts of an entry that a search looks through: its whole payload, its statuses, its name. */
export function searchedTexts(entry: Entry): readonly string[] {
  const foreignName = hasForeignName(entry) ? [nameOf(entry)] : [];
  return [textOf(entry), ...statusesIn(entry), ...foreignName];
}

/** Whether the name says what the payload does not: a name of the protocol stands in there. */
export function hasForeignName(entry: Entry): entry is SentEntry | ReceivedEntry {
  return entry.kind !== 'connection' && entry.name === '';
}

/** Whether the text of a message is known to be ASCII: as many bytes as characters. */
export function hasAsciiText(entry: Entry): boolean {
  return entry.kind !== 'connection' && !entry.binary && entry.bytes === entry.text.length;
}
