import {
  elementsOf,
  kindOf,
  membersOf,
  type JsonKind,
  type JsonText,
} from '../../protocol/json/jsonText.ts';
import { visibleText } from './visibleText.ts';

/** A value on one line. */
export interface ValuePreview {
  readonly kind: JsonKind;
  /** The type in words, with the number of what it holds: `object, 4 members`. */
  readonly type: string;
  /** The same in little: `{4}`, `[3]`; empty for plain values, which speak for themselves. */
  readonly badge: string;
  /** The start of the text, digit for digit. */
  readonly text: string;
}

const maxPreviewLength = 200;
/** Counting what is inside means reading all of it; beyond this length the count is left out. */
const maxCountedLength = 70_000;

export function previewValue(json: JsonText): ValuePreview {
  const kind = kindOf(json);
  const text = visibleText(json.slice(0, maxPreviewLength));
  const isBranch = kind === 'object' || kind === 'array';
  if (!isBranch) return { kind, type: kind, badge: '', text };
  const isObject = kind === 'object';
  const wrap = (inside: string) => (isObject ? `{${inside}}` : `[${inside}]`);
  if (json.length > maxCountedLength) return { kind, type: kind, badge: wrap('…'), text };
  const count = isObject ? membersOf(json).size : elementsOf(json).length;
  const noun = `${isObject ? 'member' : 'item'}${count === 1 ? '' : 's'}`;
  return { kind, type: `${kind}, ${count} ${noun}`, badge: wrap(String(count)), text };
}
