import { namesOfKeys, type Keys } from '../../ui/keys.ts';
import { defineTexts } from '../../ui/texts.ts';
import { texts as sessionTexts } from '../texts.ts';

/** What keys do in a session. */
export const keyTexts = defineTexts({
  edit: 'Edit the value',
  rename: 'Rename the key',
  addPart: 'Add a part',
  remove: 'Remove the key or part',
  copyJson: 'Copy the value as JSON',
  copyText: 'Copy the value as text',
  save: 'Save all changes',
});

/** Saves the edits of a session, from wherever the focus is among its keys. */
export const saveKeys: Keys = { codes: ['Enter'], name: 'Enter', mod: true };

/** The keys of a session as they are listed for people. */
export function sessionKeyLines() {
  const lines: readonly (readonly [does: string, keys: readonly string[]])[] = [
    [keyTexts.edit, ['E']],
    [keyTexts.rename, ['F2']],
    [keyTexts.addPart, ['Insert']],
    [keyTexts.remove, ['Delete']],
    [keyTexts.copyJson, ['C']],
    [keyTexts.copyText, namesOfKeys({ codes: [], name: 'C', shift: true })],
    [keyTexts.save, namesOfKeys(saveKeys)],
  ];
  return lines.map(([does, keys]) => ({ group: sessionTexts.session, keys, does }));
}
