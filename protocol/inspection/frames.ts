import type { Codec, Decoded } from '../codec/codec.ts';
import { readInSteps } from '../codec/readInSteps.ts';
import {
  asJsonText,
  jsonNull,
  kindOf,
  membersInSteps,
  membersOf,
  quote,
  type JsonText,
} from '../json/jsonText.ts';
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
  if (!json.ok || kindOf(json.value) !== 'object') return undefined;
  const [type = '', content = jsonNull] = firstOf(membersOf(json.value));
  const codec = codecOf(frames, type);
  return frameOf(type, codec?.read(content));
}

/** As {@link readFrame}, for a long text. */
export function* readFrameInSteps(
  frames: Record<string, Codec<unknown>>,
  text: string,
): Steps<unknown> {
  const json = yield* readJsonInSteps(text);
  yield;
  if (!json.ok || kindOf(json.value) !== 'object') return undefined;
  const [type = '', content = jsonNull] = firstOf(yield* membersInSteps(json.value));
  const codec = codecOf(frames, type);
  return frameOf(type, codec && (yield* readInSteps(codec, content)));
}

function firstOf(members: ReadonlyMap<string, JsonText>): readonly [string?, JsonText?] {
  const [first = []] = members;
  return first;
}

function codecOf(frames: Record<string, Codec<unknown>>, type: string) {
  return Object.hasOwn(frames, type) ? frames[type] : undefined;
}

function frameOf(type: string, content: unknown): unknown {
  return content === undefined ? undefined : { type, ...(content as object) };
}
