import {
  PartCursor,
  kindOf,
  asJsonText,
  quote,
  type JsonText,
} from '../../protocol/json/jsonText.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import { shortened } from '../ui/shortened.ts';

/** The part of a message that makes it big. */
export interface HeavyBranch {
  /** Names and indexes from the command's parameters down, such as `keys.profile.photos[3]`. */
  readonly path: string;
  /** UTF-8 bytes. */
  readonly bytes: number;
}

/** Share of the limit from which the heaviest branch is worth a word. */
export const heavyShare = 0.8;
/** Most characters of a name in a path. */
const maxNameLength = 40;
/** Levels below the command that a path names at most. */
const maxSteps = 6;

const utf8 = new TextEncoder();

/** UTF-8 bytes of a text. */
export function byteLength(text: string): number {
  return utf8.encode(text).length;
}

/**
 * Follows the biggest member down for as long as it is most of what it is in.
 * @returns undefined when the text is no message with parameters.
 */
export function heaviestBranch(text: string): HeavyBranch | undefined {
  const json = readJson(text);
  if (!json.ok || kindOf(json.value) !== 'object') return undefined;
  const body = biggestPart(json.value);
  let heaviest = body && biggestPart(body.json);
  if (!heaviest) return undefined;
  let path = stepOf(heaviest.step).replace(/^\./, '');
  for (let steps = 1; steps < maxSteps; steps += 1) {
    const below = biggestPart(heaviest.json);
    if (!below || below.json.length * 2 < heaviest.json.length) break;
    path += stepOf(below.step);
    heaviest = below;
  }
  return { path, bytes: byteLength(heaviest.json) };
}

interface Part {
  readonly step: string | number;
  readonly json: JsonText;
}

function biggestPart(json: JsonText): Part | undefined {
  if (kindOf(json) !== 'object' && kindOf(json) !== 'array') return undefined;
  let biggest: { step: string | number; start: number; end: number } | undefined;
  const parts = new PartCursor(json);
  while (parts.advance(json.length) === 'part') {
    const { step, start, end } = parts;
    if (!biggest || end - start > biggest.end - biggest.start) biggest = { step, start, end };
  }
  return (
    biggest && { step: biggest.step, json: asJsonText(json.slice(biggest.start, biggest.end)) }
  );
}

function stepOf(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`;
  const shown = shortened(step, maxNameLength);
  return /^[\p{L}\p{N}_$-]+$/u.test(step) ? `.${shown}` : `[${quote(shown)}]`;
}
