import { jsonNull, kindOf, type JsonText } from '../../../protocol/json/jsonText.ts';
import { stepOf } from '../../ui/jsonTree.ts';
import { shortName, visibleName } from '../../../protocol/text/visibleText.ts';
import { partAt, withName, withNewPart, withoutPart, withPart } from '../edit/jsonParts.ts';
import type { SessionEdits } from '../edit/sessionEdits.ts';
import { rowOfKey } from './keyRows.ts';
import type { NameQuestion } from './NameDialog.tsx';
import { texts } from './texts.ts';
import type { PlacedValue } from './valueCommands.ts';

/** What changes the value of a row. All of it is staged; nothing is sent. */
export interface EditingParts {
  readonly edits: SessionEdits;
  readonly sessionId: string;
  readonly ask: (question: NameQuestion) => void;
  /** Chooses a row, and opens what it stands in. */
  readonly show: (rowId: string, how?: 'edit') => void;
}

/** Asks for the name of a new key, which begins as null. */
export function addKey({ edits, sessionId, ask, show }: EditingParts): void {
  ask({
    title: texts.addKeyTitle,
    label: texts.keyName,
    name: '',
    action: texts.add,
    isTaken: (name) => isKeyTaken(edits, sessionId, name),
    onName: (name) => {
      edits.stage(sessionId, name, jsonNull);
      show(rowOfKey(name), 'edit');
    },
  });
}

/** Adds a part to an object or array, which begins as null. */
export function addPart({ key, steps, json }: PlacedValue, parts: EditingParts): void {
  const { edits, sessionId, ask, show } = parts;
  const add = (name: string, step: string | number) => {
    const value = jsonNull;
    edits.change(sessionId, key, (whole) => withNewPart(whole, steps, { name, value }));
    show([rowOfKey(key), ...steps.map((each) => stepOf(each)), stepOf(step)].join('/'), 'edit');
  };
  if (kindOf(json) === 'array') {
    add('', countOf(json));
    return;
  }
  ask({
    title: texts.addPartTitle,
    label: texts.memberName,
    name: '',
    action: texts.add,
    isTaken: (name) => partAt(json, [name]) !== undefined,
    onName: (name) => add(name, name),
  });
}

/** Gives a key or member another name. Elements of arrays have none. */
export function rename({ key, steps }: PlacedValue, parts: EditingParts): void {
  const { edits, sessionId, ask, show } = parts;
  const name = steps.at(-1) ?? key;
  if (typeof name === 'number') return;
  const parent = steps.slice(0, -1);
  const isKey = steps.length === 0;
  ask({
    title: texts.renameTitle(shortName(visibleName(name))),
    label: isKey ? texts.keyName : texts.memberName,
    name,
    action: texts.renameNow,
    isTaken: (to) => {
      if (isKey) return isKeyTaken(edits, sessionId, to);
      const whole = edits.valueOf(sessionId, key);
      return whole !== undefined && partAt(whole, [...parent, to]) !== undefined;
    },
    onName: (to) => {
      if (isKey) {
        edits.rename(sessionId, key, to);
        show(rowOfKey(to));
        return;
      }
      edits.change(sessionId, key, (whole) => withName(whole, steps, to));
      show([rowOfKey(key), ...[...parent, to].map((each) => stepOf(each))].join('/'));
    },
  });
}

/** Takes a key or a part away. */
export function remove(
  { key, steps }: Omit<PlacedValue, 'json'>,
  { edits, sessionId }: EditingParts,
): void {
  if (steps.length === 0) edits.stage(sessionId, key, undefined);
  else edits.change(sessionId, key, (whole) => withoutPart(whole, steps));
}

/** Puts another value in the place of a key or a part. */
export function setValue(
  { key, steps }: Omit<PlacedValue, 'json'>,
  json: JsonText,
  { edits, sessionId }: EditingParts,
): void {
  if (steps.length === 0) edits.stage(sessionId, key, json);
  else edits.change(sessionId, key, (whole) => withPart(whole, steps, json));
}

function isKeyTaken(edits: SessionEdits, sessionId: string, name: string): boolean {
  const edit = edits.of(sessionId).edits.get(name);
  return edit ? edit.value !== undefined : edits.live(sessionId, name)?.isThere === true;
}

function countOf(json: JsonText): number {
  let count = 0;
  while (partAt(json, [count]) !== undefined) count += 1;
  return count;
}
