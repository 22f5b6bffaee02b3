import type { Codec, Decoded } from '../codec/codec.ts';
import { asJsonText, kindOf, membersOf, quote, type JsonText } from '../json/jsonText.ts';
import { readJson, readJsonInSteps } from '../json/readJson.ts';
import type { Steps } from '../steps.ts';

/** Union of the frames of one direction, from their codecs by type. */
export type FrameOf<T extends Record<string, Codec<unknown>>> = {
  [K in keyof T]: { readonly type: K } & Decoded<T[K]>;
}[keyof T];

/** Writes `{"<type>":{…}}`. */
export function writeFrame(codec: Codec<unknown>, frame: { readonly type: string }): JsonText {
  return asJsonText(`{${quote(frame.type)}:${codec.write(frame)}}`);
}

/** @returns undefined when the text is none of these frames. */
export function readFrame(frames: Record<string, Codec<unknown>>, text: string): unknown {
  const json = readJson(text);
  return json.ok ? frameOf(frames, json.value) : undefined;
}

/** As {@link readFrame}, for a long text. */
export function* readFrameInSteps(
  frames: Record<string, Codec<unknown>>,
  text: string,
): Steps<unknown> {
  const json = yield* readJsonInSteps(text);
  yield;
  return json.ok ? frameOf(frames, json.value) : undefined;
}

function frameOf(frames: Record<string, Codec<unknown>>, json: JsonText): unknown {
  if (kindOf(json) !== 'object') return undefined;
  const [first] = membersOf(json);
  if (!first || !Object.hasOwn(frames, first[0])) return undefined;
  const frame = frames[first[0]]?.read(first[1]);
  return frame === undefined ? undefined : { type: first[0], ...(frame as object) };
}
