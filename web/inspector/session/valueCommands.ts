import { asJsonText, plainTextOf, quote, type JsonText } from '../../../protocol/json/jsonText.ts';
import { commandText, withVariable } from '../commandText.ts';
import type { Steps } from '../edit/jsonParts.ts';
import { pathOf } from './pathOf.ts';

/** A value and where it stands in a session. */
export interface PlacedValue {
  readonly key: string;
  /** From the value of the key to it. */
  readonly steps: Steps;
  readonly json: JsonText;
}

/** What of a value can be copied. */
export type CopyKind = 'text' | 'json' | 'path' | 'key' | 'command';

/** The command that stores this value: the whole key, or a part of it. */
function storingCommand({ key, steps, json }: PlacedValue): JsonText {
  if (steps.length === 0) {
    return commandText('KV_SET', { keys: asJsonText(`{${quote(key)}:${json}}`) });
  }
  return commandText('KV_UPDATE', { key: quote(key), path: quote(pathOf(steps)), value: json });
}

/** What is copied of a value: a string without quotes and escapes, digits as they are written. */
export function copyOf(placed: PlacedValue, kind: CopyKind): string {
  switch (kind) {
    case 'text':
      return plainTextOf(placed.json);
    case 'json':
      return placed.json;
    case 'path':
      return pathOf(placed.steps);
    case 'key':
      return placed.key;
    case 'command':
      return withVariable(storingCommand(placed));
  }
}
