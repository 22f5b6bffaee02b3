/** A key combination: a place on the keyboard with exactly these modifiers. */
export interface Keys {
  /** `KeyboardEvent.code`. With several, any of them; the action gets which one. */
  readonly codes: readonly string[];
  /** What the key is called, or the keys. */
  readonly name: string;
  /** Ctrl, on a Mac the Command key. */
  readonly mod?: true;
  readonly alt?: true;
  readonly shift?: true;
}

/** Whether the shortcuts of this computer use the Command key. */
export const isMac = typeof navigator !== 'undefined' && navigator.platform.startsWith('Mac');

const fields =
  'input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable], [role=textbox]';

/**
 * Whether a key writes a character into the field that has the focus. On a Mac, Alt with a letter or
 * digit does; elsewhere AltGr does, which Windows reports as Ctrl and Alt.
 */
function isTyping(event: KeyboardEvent, mac = isMac): boolean {
  const { target, key, metaKey, ctrlKey, altKey } = event;
  if (!(target instanceof Element) || !target.closest(fields) || metaKey) return false;
  if (/^[\w-]{2,}$/.test(key)) return key === 'Dead' || key === 'Process';
  if (ctrlKey) return altKey;
  // A sign that no plain key has was made by Alt; a letter of another script is on its own key.
  return !altKey || mac || !/^(?:[a-z\d]|(?=\P{Script=Latin})[\p{L}\p{N}])$/iu.test(key);
}

/**
 * Which of the codes was pressed. Keys are known by their place, since Alt changes the letter on a
 * Mac. Keys that write a character where the focus is are never a shortcut.
 * @returns -1 for none.
 */
export function matchKeys(event: KeyboardEvent, keys: Keys, mac = isMac): number {
  if (event.isComposing || event.getModifierState('AltGraph') || isTyping(event, mac)) return -1;
  return isHeld(event, keys, mac) ? keys.codes.indexOf(event.code) : -1;
}

/** Whether exactly these modifiers are held. */
function isHeld(event: KeyboardEvent, keys: Keys, mac: boolean): boolean {
  const mod = keys.mod ?? false;
  const wanted = [mod && !mac, mod && mac, keys.alt ?? false, keys.shift ?? false];
  const held = [event.ctrlKey, event.metaKey, event.altKey, event.shiftKey];
  return held.every((each, at) => each === wanted[at]);
}

/** A combination as it is kept: `Mod+Shift+KeyK`. */
export function textOfKeys(
  { mod, alt, shift }: Omit<Keys, 'codes' | 'name'>,
  code: string,
): string {
  const modifiers = [mod && 'Mod', alt && 'Alt', shift && 'Shift'];
  return [...modifiers.filter((each) => each !== undefined), code].join('+');
}

/**
 * Reads what {@link textOfKeys} wrote.
 * @param usual The keys without a person's choice; of several only the modifiers can be chosen.
 */
export function keysOf(text: string, usual: Keys): Keys {
  const parts = text.split('+');
  const code = parts.pop() ?? '';
  if (code === '') return usual;
  const { codes, name } = usual;
  return {
    ...(codes.length > 1 ? { codes, name } : { codes: [code], name: nameOfCode(code) }),
    ...(parts.includes('Mod') && { mod: true }),
    ...(parts.includes('Alt') && { alt: true }),
    ...(parts.includes('Shift') && { shift: true }),
  };
}

const signs: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Comma: ',',
  Period: '.',
  Slash: '/',
  Semicolon: ';',
  Minus: '-',
  Equal: '=',
};

function nameOfCode(code: string): string {
  return signs[code] ?? code.replace(/^(?:Key|Digit)/, '');
}

/** The keys one by one, as this computer's keyboard names them. */
export function namesOfKeys({ mod, alt, shift, name }: Keys, mac = isMac): readonly string[] {
  const modifiers = [
    mod && (mac ? '⌘' : 'Ctrl'),
    alt && (mac ? '⌥' : 'Alt'),
    shift && (mac ? '⇧' : 'Shift'),
  ];
  return [...modifiers.filter((each) => each !== undefined), name];
}

/** The same in one word: `Ctrl+K`, on a Mac `⌘K`. */
export function keysInWord(keys: Keys, mac = isMac): string {
  return namesOfKeys(keys, mac).join(mac ? '' : '+');
}
