import { texts } from '../texts.ts';

/** What a key means in the list of messages. */
export type ListAction =
  | {
      readonly do: 'move';
      readonly by: 'row' | 'page' | 'end';
      readonly step: -1 | 1;
      readonly extends: boolean;
    }
  | { readonly do: 'select' | 'selectAll' | 'escape' | 'quickLook' }
  | { readonly do: 'copy' | 'edit' | 'resend' | 'save' | 'goToRequest' }
  | { readonly do: 'nextFailure'; readonly step: -1 | 1 }
  | { readonly do: 'undoClear' };

/** A key of the list of messages. */
interface LogKey {
  /** `KeyboardEvent.key`, a letter in lower case. */
  readonly key: string;
  readonly shift?: true;
  /** Ctrl or the Command key. */
  readonly mod?: true;
  /** Absent: the row handles the key itself. */
  readonly action?: ListAction;
  /** For people. */
  readonly does: string;
}

const moves = [
  { key: 'ArrowUp', by: 'row', step: -1, does: texts.keyMove },
  { key: 'ArrowDown', by: 'row', step: 1, does: texts.keyMove },
  { key: 'k', by: 'row', step: -1, does: texts.keyMove },
  { key: 'j', by: 'row', step: 1, does: texts.keyMove },
  { key: 'PageUp', by: 'page', step: -1, does: texts.keyPage },
  { key: 'PageDown', by: 'page', step: 1, does: texts.keyPage },
  { key: 'Home', by: 'end', step: -1, does: texts.keyEnds },
  { key: 'End', by: 'end', step: 1, does: texts.keyEnds },
] as const;

/** All keys of the list, for the key handler and for the list of shortcuts. */
const logKeys: readonly LogKey[] = [
  ...moves.map(({ key, by, step, does }): LogKey => {
    return { key, action: { do: 'move', by, step, extends: false }, does };
  }),
  ...moves.map(({ key, by, step }): LogKey => {
    const does = texts.keyExtend;
    return { key, shift: true, action: { do: 'move', by, step, extends: true }, does };
  }),
  { key: 'Enter', does: texts.keyUnfold },
  { key: ' ', action: { do: 'quickLook' }, does: texts.quickLook },
  { key: 'x', action: { do: 'select' }, does: texts.select },
  { key: 'a', mod: true, action: { do: 'selectAll' }, does: texts.selectAll },
  { key: 'Escape', action: { do: 'escape' }, does: texts.keyEscape },
  { key: 'c', action: { do: 'copy' }, does: texts.copyMessage },
  { key: 'e', action: { do: 'edit' }, does: texts.edit },
  { key: 'r', action: { do: 'resend' }, does: texts.resend },
  { key: 's', action: { do: 'save' }, does: texts.save },
  { key: 'g', action: { do: 'goToRequest' }, does: texts.goToRequest },
  ...['f', 'F8'].flatMap((key): LogKey[] => [
    { key, action: { do: 'nextFailure', step: 1 }, does: texts.nextFailure },
    {
      key,
      shift: true,
      action: { do: 'nextFailure', step: -1 },
      does: texts.previousFailure,
    },
  ]),
  { key: 'z', mod: true, action: { do: 'undoClear' }, does: texts.keyUndo },
];

interface Pressed {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** @returns undefined for keys that mean nothing here and keep their own meaning. */
export function listActionOf(pressed: Pressed): ListAction | undefined {
  if (pressed.altKey) return undefined;
  // With Shift, or Caps Lock, a letter comes as a capital one.
  const key = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key;
  const isMod = pressed.ctrlKey || pressed.metaKey;
  return logKeys.find(
    ({ key: wanted, mod = false, shift = false }) =>
      key === wanted && isMod === mod && pressed.shiftKey === shift,
  )?.action;
}

/** A line of a list of keys: any of the keys, with the modifiers. */
export interface LogKeyLine {
  readonly names: readonly string[];
  readonly shift: boolean;
  readonly mod: boolean;
  readonly does: string;
}

const keyNames: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
  Escape: 'Esc',
  ' ': 'Space',
};

/** The keys as they are listed for people, those that do the same in one line. */
export function logKeyLines(): LogKeyLine[] {
  const words = [...new Set(logKeys.map(({ does }) => does))];
  return words.map((does) => {
    const same = logKeys.filter((each) => each.does === does);
    return {
      names: same.map(({ key }) => keyNames[key] ?? (key.length === 1 ? key.toUpperCase() : key)),
      shift: same.some(({ shift }) => shift),
      mod: same.some(({ mod }) => mod),
      does,
    };
  });
}
