import { kindOf, membersInSteps, type JsonText } from '../json/jsonText.ts';
import { longTextLength, type Steps } from '../steps.ts';

/** The reading half of a codec. */
interface Reader<T> {
  read(json: JsonText): T | undefined;
  readonly readInSteps?: (json: JsonText) => Steps<T | undefined>;
}

/** A member of an object. */
interface MemberReader {
  readonly name: string;
  readonly codec: Reader<unknown>;
  readonly isOptional: boolean;
}

/** Reads a long text in steps, where the codec can. */
export function* readInSteps<T>(codec: Reader<T>, json: JsonText): Steps<T | undefined> {
  const isLong = json.length >= longTextLength;
  return isLong && codec.readInSteps ? yield* codec.readInSteps(json) : codec.read(json);
}

/** An object with these members; undefined when one is missing or cannot be read. */
export function* readMembersInSteps<T>(
  members: readonly MemberReader[],
  json: JsonText,
): Steps<T | undefined> {
  if (kindOf(json) !== 'object') return undefined;
  const given = yield* membersInSteps(json);
  const result: Record<string, unknown> = {};
  for (const { name, codec, isOptional } of members) {
    const text = given.get(name);
    if (text === undefined && isOptional) continue;
    const read = text === undefined ? undefined : yield* readInSteps(codec, text);
    if (read === undefined) return undefined;
    result[name] = read;
  }
  return result as T;
}
