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

/** The keys of two sessions side by side: those of the first in its order, then the others. */
export function compareKeys(here: readonly KeyEntry[], there: readonly KeyEntry[]): ComparedKey[] {
  const others = new Map(there.map((entry) => [entry.key, entry]));
  const own = new Set(here.map(({ key }) => key));
  const first = here.map((entry): ComparedKey => {
    const other = others.get(entry.key);
    return { key: entry.key, here: entry, there: other, state: stateOf(entry, other) };
  });
  const rest = there.filter(({ key }) => !own.has(key));
  return [
    ...first,
    ...rest.map((entry): ComparedKey => {
      return { key: entry.key, here: undefined, there: entry, state: 'onlyThere' };
    }),
  ];
}

function stateOf(here: KeyEntry, there: KeyEntry | undefined): ComparedKey['state'] {
  if (!there) return 'onlyHere';
  if (here.length !== there.length) return 'different';
  if (here.value === undefined || there.value === undefined) return 'unknown';
  return here.value === there.value ? 'same' : 'different';
}

/**
 * Commands that give the first session the keys and values of the second; values that are not loaded are left
 * out.
 */
export function differenceCommands(keys: readonly ComparedKey[]): string[] {
  const stored = keys.flatMap(({ key, there, state }) => {
    const isWanted = state === 'different' || state === 'onlyThere';
    return isWanted && there?.value !== undefined ? [`${quote(key)}:${there.value}`] : [];
  });
  const removed = keys.filter(({ state }) => state === 'onlyHere').map(({ key }) => quote(key));
  const commands: string[] = [];
  if (stored.length > 0) {
    commands.push(commandText('KV_SET', { keys: asJsonText(`{${stored.join(',')}}`) }));
  }
  if (removed.length > 0) {
    commands.push(commandText('KV_RMV', { keys: asJsonText(`[${removed.join(',')}]`) }));
  }
  return commands.map(withVariable);
}
