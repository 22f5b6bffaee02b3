import { expect, test } from 'vitest';
import { listActionOf, logKeyLines } from './logKeys.ts';

const none = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

test('letters, arrows and function keys mean what the list says, with Caps Lock as well', () => {
  expect(listActionOf({ ...none, key: 'c' })).toEqual({ do: 'copy' });
  expect(listActionOf({ ...none, key: 'C' })).toEqual({ do: 'copy' });
  expect(listActionOf({ ...none, key: ' ' })).toEqual({ do: 'quickLook' });
  expect(listActionOf({ ...none, key: 'j' })).toEqual(listActionOf({ ...none, key: 'ArrowDown' }));
  expect(listActionOf({ ...none, key: 'k' })).toEqual(listActionOf({ ...none, key: 'ArrowUp' }));
  expect(listActionOf({ ...none, key: 'F', shiftKey: true })).toEqual({
    do: 'nextFailure',
    step: -1,
  });
  expect(listActionOf({ ...none, key: 'End', shiftKey: true })).toEqual({
    do: 'move',
    by: 'end',
    step: 1,
    extends: true,
  });
  for (const modifier of [{ ctrlKey: true }, { metaKey: true }]) {
    expect(listActionOf({ ...none, ...modifier, key: 'z' })).toEqual({ do: 'undoClear' });
  }
});

test('keys with other modifiers, and keys of the row itself, keep their own meaning', () => {
  expect(listActionOf({ ...none, key: 'Enter' })).toBeUndefined();
  expect(listActionOf({ ...none, key: 'c', ctrlKey: true })).toBeUndefined();
  expect(listActionOf({ ...none, key: 'c', shiftKey: true })).toBeUndefined();
  expect(listActionOf({ ...none, key: 'f', altKey: true })).toBeUndefined();
  expect(listActionOf({ ...none, key: 'a' })).toBeUndefined();
});

test('every key that does something is listed, those that do the same together', () => {
  const lines = logKeyLines();
  const named = (wanted: string) => lines.find(({ does }) => does === wanted);
  expect(named('Next failure')).toMatchObject({ names: ['F', 'F8'], shift: false });
  expect(named('Previous failure')).toMatchObject({ names: ['F', 'F8'], shift: true });
  expect(named('Select all')).toMatchObject({ names: ['A'], mod: true });
  expect(named('Move through the log')).toMatchObject({ names: ['↑', '↓', 'K', 'J'] });
  expect(named('Go to the first or the last row')).toMatchObject({ names: ['Home', 'End'] });
  expect(lines).toHaveLength(17);
});
