import type { Actions } from '../ui/action.ts';
import { isMac, keysInWord, keysOf, matchKeys, textOfKeys, type Keys } from '../ui/keys.ts';
import { shortcutTexts as texts } from './shortcutTexts.ts';

/** Whether pressed keys can be the new keys of an action. */
export type KeyVerdict =
  /** Only modifiers so far. */
  | { readonly state: 'waiting' }
  | { readonly state: 'refused'; readonly why: string }
  | { readonly state: 'taken'; readonly keys: string };

const modifiers = new Set(['Control', 'Meta', 'Alt', 'AltGraph', 'Shift', 'CapsLock', 'Fn']);

const letters = (prefix: string, codes: string) =>
  Array.from(codes, (code) => `${prefix}Key${code}`);
const digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => `Mod+Digit${digit}`);

/** Keys that browsers reserve, or that people use for the browser. */
const ofBrowser = new Set([
  ...letters('Mod+', 'NTWQLRPFDHJOSUGM'),
  ...letters('Mod+Shift+', 'NTWQRPIJCOBM'),
  ...digits,
  ...['Minus', 'Equal', 'Tab', 'PageUp', 'PageDown', 'Comma'].map((code) => `Mod+${code}`),
  ...letters('Alt+', 'DEF'),
  ...['F4', 'ArrowLeft', 'ArrowRight', 'Home', 'Space', 'Tab'].map((code) => `Alt+${code}`),
  'F1',
  'F3',
  'F5',
  'F6',
  'F7',
  'F10',
  'F11',
  'F12',
]);

/** Keys of text editing and the clipboard. */
const ofEditing = new Set([
  ...letters('Mod+', 'ACVXZY'),
  ...letters('Mod+Shift+', 'ZV'),
  ...[
    'ArrowLeft',
    'ArrowRight',
    'ArrowUp',
    'ArrowDown',
    'Home',
    'End',
    'Backspace',
    'Delete',
  ].flatMap((code) => [`Mod+${code}`, `Mod+Shift+${code}`]),
]);

interface KeyRequest {
  /** Of the action that is to have the keys. */
  readonly name: string;
  /** With the keys that they have without a choice. */
  readonly usual: Actions;
  /** With the keys that they have now. */
  readonly actions: Actions;
  readonly mac?: boolean;
}

/** Checks keys that a person pressed for an action. */
export function judgeKeys(
  event: KeyboardEvent,
  { name, usual, actions, mac = isMac }: KeyRequest,
): KeyVerdict {
  if (event.isComposing || modifiers.has(event.key)) return { state: 'waiting' };
  const { ctrlKey, metaKey, code } = event;
  const text = textOfKeys(heldIn(event, mac), code);
  const shown = keysInWord(keysOf(text, { codes: [code], name: code }), mac);
  const why =
    faultOf({ text, shown, isForeign: mac ? ctrlKey : metaKey }) ??
    digitFault(usual[name]?.keys, code) ??
    takenBy(event, { name, actions, mac });
  return why === undefined ? { state: 'taken', keys: text } : { state: 'refused', why };
}

function heldIn({ altKey, shiftKey, ctrlKey, metaKey }: KeyboardEvent, mac: boolean) {
  return {
    ...((mac ? metaKey : ctrlKey) && { mod: true as const }),
    ...(altKey && { alt: true as const }),
    ...(shiftKey && { shift: true as const }),
  };
}

interface Pressed {
  readonly text: string;
  readonly shown: string;
  /** With the modifier that the system reserves. */
  readonly isForeign: boolean;
}

function faultOf({ text, shown, isForeign }: Pressed): string | undefined {
  if (isForeign) return texts.keyOfSystem;
  if (text.startsWith('Mod+Alt+')) return texts.keyTypes(shown);
  if (ofBrowser.has(text)) return texts.keyOfBrowser(shown);
  if (ofEditing.has(text)) return texts.keyOfEditing(shown);
  const isAlone = !/(?:Mod|Alt)\+/.test(text);
  return isAlone && !/(?:^|\+)F\d+$/.test(text) ? texts.keyAlone : undefined;
}

function digitFault(usual: Keys | undefined, code: string): string | undefined {
  const isAnyDigit = usual !== undefined && usual.codes.length > 1;
  return isAnyDigit && !usual.codes.includes(code) ? texts.keyDigit : undefined;
}

function takenBy(
  event: KeyboardEvent,
  { name, actions, mac }: { name: string; actions: Actions; mac: boolean },
): string | undefined {
  // In the log it is the next failure.
  if (event.code === 'F8') return texts.keyTaken(texts.ofLog);
  const taker = Object.entries(actions).find(
    ([other, { keys }]) => other !== name && keys && matchKeys(event, keys, mac) >= 0,
  );
  return taker && texts.keyTaken(taker[1].label);
}
