import type {
  Counted,
  KeyFate,
  ResultFact,
  SessionEvent,
} from '../../protocol/wire/resultFacts.ts';
import { texts } from './texts.ts';

/** Names that are written out; of more only the number is given. */
const maxNames = 3;
/** Characters of a name or value that are written out. */
const maxNameLength = 40;

/** What an exchange brought, in a few words: `2 stored, 1 replaced`. Empty: nothing to say. */
export function resultWords(facts: readonly ResultFact[]): string {
  return facts.map(wordsOf).join(', ');
}

function wordsOf(fact: ResultFact): string {
  switch (fact.fact) {
    case 'keys':
      return keyWords[fact.fate](fact.names);
    case 'count':
      return countWords[fact.of](Number(fact.count));
    case 'session':
      return sessionWords[fact.event](short(fact.name));
    case 'value':
      return texts.keyValue(short(fact.key), short(fact.value));
    case 'seconds':
      return texts.expirySeconds(fact.seconds);
    case 'noMatch':
      return texts.noMatch(short(fact.path));
    case 'version':
      return texts.version(short(fact.version));
    case 'param':
      return texts.parameter(short(fact.name));
  }
}

type NamesInWords = (names: readonly string[]) => string;

const keyWords: Readonly<Record<KeyFate, NamesInWords>> = {
  stored: ({ length }) => texts.stored(length),
  replaced: ({ length }) => texts.replaced(length),
  removed: ({ length }) => texts.removedKeys(length),
  found: ({ length }) => texts.keyCount(length),
  changed: (names) => texts.changedKeys(listed(names)),
  existing: (names) => texts.existing(listed(names)),
  missing: (names) => texts.notFound(listed(names)),
};

const countWords: Readonly<Record<Counted, (count: number) => string>> = {
  keys: texts.keyCount,
  keysRemoved: texts.removedKeys,
  itemsAppended: texts.itemsAppended,
  placesFound: texts.places,
  placesChanged: texts.placesChanged,
  sessions: texts.sessions,
  sessionsEnded: texts.sessionsEnded,
  sessionsLoaded: texts.sessionsLoaded,
};

const sessionWords: Readonly<Record<SessionEvent, (name: string) => string>> = {
  created: texts.sessionCreated,
  existing: texts.sessionExists,
  opened: texts.sessionOpened,
  ended: () => texts.sessionEnded,
  extended: () => texts.sessionExtended,
  saved: texts.sessionsSaved,
};

function listed(names: readonly string[]): string {
  const shown = names.slice(0, maxNames).map(short).join(', ');
  const more = names.length - maxNames;
  return more > 0 ? texts.moreNames(shown, more) : shown;
}

/** On one line and not long. */
function short(name: string): string {
  const line = name.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, (found) => glyphs.get(found) ?? '␦');
  return line.length > maxNameLength ? `${line.slice(0, maxNameLength)}…` : line;
}

const glyphs: ReadonlyMap<string, string> = new Map([
  ['\t', '␉'],
  ['\n', '␊'],
  ['\r', '␍'],
]);
