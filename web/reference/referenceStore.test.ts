import { expect, test } from 'vitest';
import { createReferenceStore, shownCommand } from './referenceStore.ts';

function start() {
  const reference = createReferenceStore();
  return {
    reference,
    shown: (atCursor?: 'SH_NEW' | 'KV_SET') => shownCommand(reference.store.getState(), atCursor),
  };
}

test('at first it goes along with the cursor, and lists all where there is no command', () => {
  const { shown } = start();
  expect(shown('SH_NEW')).toBe('SH_NEW');
  expect(shown('KV_SET')).toBe('KV_SET');
  expect(shown()).toBeUndefined();
});

test('what was chosen stays, wherever the cursor goes, until it is to be followed again', () => {
  const { reference, shown } = start();
  reference.choose('SH_END');
  expect(shown('SH_NEW')).toBe('SH_END');
  reference.follow();
  expect(shown('SH_NEW')).toBe('SH_NEW');
});

test('what is shown can be kept, a command or the list', () => {
  const { reference, shown } = start();
  reference.pin('KV_SET');
  expect(shown('SH_NEW')).toBe('KV_SET');
  reference.showAll();
  expect(shown('SH_NEW')).toBeUndefined();
});

test('a search lists what it finds; without it the command is back', () => {
  const { reference, shown } = start();
  reference.find('append');
  expect(shown('SH_NEW')).toBeUndefined();
  reference.find(' ');
  expect(shown('SH_NEW')).toBe('SH_NEW');
  reference.find('append');
  reference.choose('KV_ARR_APPEND');
  expect(reference.store.getState().search).toBe('');
  expect(shown('SH_NEW')).toBe('KV_ARR_APPEND');
});
