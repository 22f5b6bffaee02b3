import type { JsonFault } from './jsonFault.ts';
import { JsonReader } from './jsonReader.ts';
import { kindOf, type JsonText } from './jsonText.ts';
import { LongJson, Outline } from './longJson.ts';
import { ok, type Result } from '../result.ts';
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

/**
 * Like {@link readJson}, in steps, so that a long text does not hold up others.
 * @param outline Gets the members of the outer objects.
 */
export function* readJsonInSteps(
  text: string,
  outline?: Outline,
): Steps<Result<JsonText, JsonFault>> {
  const reader = new JsonReader(text, { keepsRepeated: false, outline });
  for (;;) {
    const result = reader.read(charactersPerStep);
    if (result) return result;
    yield;
  }
}

/** Reads an object in steps, with what it takes to find its members. @returns For another value: undefined. */
export function* readObjectInSteps(text: string): Steps<Result<LongJson | undefined, JsonFault>> {
  const outline = new Outline();
  const json = yield* readJsonInSteps(text, outline);
  if (!json.ok) return json;
  const { value } = json;
  return ok(kindOf(value) === 'object' ? new LongJson(value, value, outline) : undefined);
}

function readWhole(reader: JsonReader): Result<JsonText, JsonFault> {
  for (;;) {
    const result = reader.read(0x3fff_ffff);
    if (result) return result;
  }
}
