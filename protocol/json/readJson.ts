import type { JsonFault } from './jsonFault.ts';
import { JsonReader } from './jsonReader.ts';
import type { JsonText } from './jsonText.ts';
import type { Result } from '../result.ts';
import type { Steps } from '../steps.ts';

/**
 * Reads text by the strict rules of the protocol (RFC 8259, D5–D8): no comments, no half
 * surrogate escapes, at most {@link maxJsonDepth} levels, the first of repeated members counts.
 * @returns The same value as compact text; every number, string and order as written.
 */
export function readJson(text: string): Result<JsonText, JsonFault> {
  return readWhole(new JsonReader(text, { keepsRepeated: false }));
}

/**
 * Reads text for people who want to see what is there: like {@link readJson}, but repeated members
 * stay. Go through the result with `PartCursor`; `membersOf` gives one of each name.
 */
export function readJsonAsWritten(text: string): Result<JsonText, JsonFault> {
  return readWhole(new JsonReader(text, { keepsRepeated: true }));
}

/** Characters that are read in one step: a millisecond or two. */
export const charactersPerStep = 32 * 1024;

/** Like {@link readJson}, in steps, so that a long text does not hold up others. */
export function* readJsonInSteps(text: string): Steps<Result<JsonText, JsonFault>> {
  const reader = new JsonReader(text, { keepsRepeated: false });
  for (;;) {
    const result = reader.read(charactersPerStep);
    if (result) return result;
    yield;
  }
}

function readWhole(reader: JsonReader): Result<JsonText, JsonFault> {
  for (;;) {
    const result = reader.read(0x3fff_ffff);
    if (result) return result;
  }
}
