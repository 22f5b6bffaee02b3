import { expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import { withArriving } from './arrivingKeys.ts';
import type { StagedEdit } from './stagedEdits.ts';

const listed = ['a', 'b', 'c'].map((key) => ({ key, value: asJsonText('1'), length: 1 }));

function after(...edits: { key: string; base?: string; value?: string }[]) {
  const json = (text: string | undefined) => (text === undefined ? text : asJsonText(text));
  const arriving = edits.map(({ key, base, value }): [string, StagedEdit] => [
    key,
    { key, base: json(base), value: json(value) },
  ]);
  return withArriving(listed, new Map(arriving)).map(({ key, value }) => [key, value]);
}

test('what is saved is shown as it will be: changed, removed or added', () => {
  expect(after()).toEqual(listed.map(({ key, value }) => [key, value]));
  expect(
    after(
      { key: 'new', value: 'true' },
      { key: 'a', base: '1', value: '22' },
      { key: 'b', base: '1' },
    ),
  ).toEqual([
    ['a', '22'],
    ['c', '1'],
    ['new', 'true'],
  ]);
});

test('a key that was there before, but is not among the listed ones, is not added to them', () => {
  expect(after({ key: 'far away', base: '1', value: '2' })).toHaveLength(3);
});
