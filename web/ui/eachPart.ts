import { PartCursor, type JsonText } from '../../protocol/json/jsonText.ts';

/**
 * Visits the parts of an array or object in order. Only for `array` and `object` texts.
 * @param visit Gets the index or decoded name of the part, and where its text starts and ends;
 * returns whether to continue.
 */
export function eachPart(
  json: JsonText,
  visit: (step: string | number, start: number, end: number) => boolean,
): void {
  const cursor = new PartCursor(json);
  while (cursor.advance(Number.POSITIVE_INFINITY) === 'part') {
    if (!visit(cursor.step, cursor.start, cursor.end)) return;
  }
}
