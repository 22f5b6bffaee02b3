import type { StoreApi } from 'zustand/vanilla';
import { boolean, mapOf, object, string, unsigned } from '../../protocol/codec/codec.ts';
import type { StoredText } from '../ui/stored.ts';
import { createStoredValue, readVersioned } from '../ui/storedValue.ts';
import type { Action } from '../ui/action.ts';
import { keysOf } from '../ui/keys.ts';

const form = object({ version: unsigned, isOff: boolean, keys: mapOf(string) });
const version = 1;

/** What a person has changed about the shortcuts. */
export interface ShortcutChoices {
  /** No shortcut of the page works. */
  readonly isOff: boolean;
  /** By the name of the action, as {@link textOfKeys} writes them; empty: switched off. */
  readonly keys: ReadonlyMap<string, string>;
}

/** The changed shortcuts, kept in this browser. */
export interface Shortcuts {
  readonly store: StoreApi<ShortcutChoices>;
  /** @param keys Empty: switched off. */
  readonly set: (action: string, keys: string) => void;
  readonly reset: (action: string) => void;
  readonly resetAll: () => void;
  readonly switchAll: (isOff: boolean) => void;
}

export function createShortcuts(stored: StoredText): Shortcuts {
  const empty: ShortcutChoices = { isOff: false, keys: new Map() };
  const value = createStoredValue(stored, { read, write, empty });
  const change = (changed: (choices: ShortcutChoices) => ShortcutChoices) => {
    value.change(changed);
    value.keep();
  };
  return {
    store: value.store,
    set: (action, keys) =>
      change((choices) => ({ ...choices, keys: new Map(choices.keys).set(action, keys) })),
    reset: (action) =>
      change((choices) => ({
        ...choices,
        keys: new Map([...choices.keys].filter(([name]) => name !== action)),
      })),
    resetAll: () => change(() => empty),
    switchAll: (isOff) => change((choices) => ({ ...choices, isOff })),
  };
}

/** The actions with the keys that a person has chosen for them. */
export function withChoices<A extends Readonly<Record<string, Action>>>(
  actions: A,
  { isOff, keys }: ShortcutChoices,
): A {
  const chosen = Object.entries(actions).map(([name, action]) => {
    const { keys: usual, ...rest } = action;
    if (!usual || action.isKeyElsewhere) return [name, action];
    const text = keys.get(name);
    if (isOff || text === '') return [name, rest];
    return [name, { ...rest, keys: keysOf(text ?? '', usual) }];
  });
  // The same names, each with an action, which the type of fromEntries does not say.
  return Object.fromEntries(chosen) as A;
}

function write({ isOff, keys }: ShortcutChoices): string {
  return form.write({ version, isOff, keys });
}

function read(text: string): ShortcutChoices | undefined {
  const found = readVersioned(text, form, version);
  return found && { isOff: found.isOff, keys: found.keys };
}
