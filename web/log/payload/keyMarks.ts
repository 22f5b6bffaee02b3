import type { KeyFate, ResultFact } from '../../../protocol/wire/resultFacts.ts';
import { placesOfKeys } from './explainReply.ts';
import { mapRanges } from './mapRanges.ts';
import type { TextRange } from '../search/textRanges.ts';

/** The name of a key in a payload, and what became of the key. */
export interface KeyMark extends TextRange {
  readonly fate: KeyFate;
}

/** Keys whose fate is worth a mark, by fate. */
export type KeyFates = ReadonlyMap<KeyFate, readonly string[]>;

export const noFates: KeyFates = new Map();

/** More keys than this are not marked one by one. */
const maxMarked = 200;

/** What became of the keys of an exchange. What was only read has not changed. */
export function keyFates(facts: readonly ResultFact[]): KeyFates {
  return new Map(
    facts.flatMap((fact): [KeyFate, readonly string[]][] => {
      if (fact.fact === 'value') return [['changed', [fact.key]]];
      return fact.fact === 'keys' && fact.fate !== 'found' ? [[fact.fate, fact.names]] : [];
    }),
  );
}

/**
 * Where the names of the keys stand in a payload as it is shown, in order.
 * @param message The payload as it came.
 * @param shown The same JSON, perhaps in another format.
 */
export function keyMarks(message: string, shown: string, fates: KeyFates): readonly KeyMark[] {
  const marks = [...fates].flatMap(([fate, names]) => {
    const places = names.length > maxMarked ? undefined : placesOfKeys(message, names);
    if (!places) return [];
    return mapRanges(places.text, shown, places.ranges).map((range) => ({ ...range, fate }));
  });
  return marks.toSorted((one, other) => one.start - other.start);
}
