import type { KeyEntry } from '../../../protocol/inspection/events.ts';
import { asJsonText, quote } from '../../../protocol/json/jsonText.ts';
import { commandText, withVariable } from '../commandText.ts';

/** A key in two sessions. */
export interface ComparedKey {
  readonly key: string;
  /** Absent: the session does not have it. */
  readonly here: KeyEntry | undefined;
  readonly there: KeyEntry | undefined;
  /** `unknown`: both are too long to be here, and of one length. */
  readonly state: 'same' | 'different' | 'onlyHere' | 'onlyThere' | 'unknown';
}

/** One key side by side; undefined: a session does not have it. */
export function compareKey(
  key: string,
  here: KeyEntry | undefined,
  there: KeyEntry | undefined,
): ComparedKey {
  return { key, here, there, state: stateOf(here, there) };
}

function stateOf(here: KeyEntry | undefined, there: KeyEntry | undefined): ComparedKey['state'] {
  if (!here) return 'onlyThere';
  if (!there) return 'onlyHere';
  if (here.length !== there.length) return 'different';
  if (here.value === undefined || there.value === undefined) return 'unknown';
  return here.value === there.value ? 'same' : 'different';
}

/**
 * Commands that give the first session the keys and values of the second; values that are not loaded are left
 * out.
 * @param maxLength UTF-16 units of keys and values in one command, unless a single one has more.
 */
export function differenceCommands(keys: readonly ComparedKey[], maxLength: number): string[] {
  const stored = keys.flatMap(({ key, there, state }) => {
    const isWanted = state === 'different' || state === 'onlyThere';
    return isWanted && there?.value !== undefined ? [`${quote(key)}:${there.value}`] : [];
  });
  const removed = keys.filter(({ state }) => state === 'onlyHere').map(({ key }) => quote(key));
  const commands = [
    ...joined(stored, maxLength).map((part) =>
      commandText('KV_SET', { keys: asJsonText(`{${part}}`) }),
    ),
    ...joined(removed, maxLength).map((part) =>
      commandText('KV_RMV', { keys: asJsonText(`[${part}]`) }),
    ),
  ];
  return commands.map(withVariable);
}

/** With commas, so many at a time as there is room for. */
function joined(texts: readonly string[], maxLength: number): string[] {
  const parts: string[][] = [];
  let length = 0;
  for (const text of texts) {
    const part = parts.at(-1);
    length += text.length + 1;
    if (part && length <= maxLength) part.push(text);
    else {
      parts.push([text]);
      length = text.length + 1;
    }
  }
  return parts.map((part) => part.join(','));
}
