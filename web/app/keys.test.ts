// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { keysInWord, matchKeys, namesOfKeys, type Keys } from './keys.ts';

const palette: Keys = { codes: ['KeyK'], name: 'K', mod: true };
const tabs: Keys = { codes: ['Digit1', 'Digit2'], name: '1 … 2', alt: true };

function press(code: string, held: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { code, ...held });
  // Here any Alt counts as AltGr.
  event.getModifierState = () => false;
  return event;
}

test('a combination is meant with its modifiers and no others', () => {
  expect(matchKeys(press('KeyK', { ctrlKey: true }), palette, false)).toBe(0);
  expect(matchKeys(press('KeyK'), palette, false)).toBe(-1);
  expect(matchKeys(press('KeyK', { ctrlKey: true, shiftKey: true }), palette, false)).toBe(-1);
  expect(matchKeys(press('KeyJ', { ctrlKey: true }), palette, false)).toBe(-1);
  expect(matchKeys(press('Digit2', { altKey: true }), tabs, false)).toBe(1);
});

test('on a Mac it is the Command key', () => {
  expect(matchKeys(press('KeyK', { metaKey: true }), palette, true)).toBe(0);
  expect(matchKeys(press('KeyK', { ctrlKey: true }), palette, true)).toBe(-1);
  expect(keysInWord(palette, true)).toBe('⌘K');
  expect(keysInWord(palette, false)).toBe('Ctrl+K');
  expect(namesOfKeys(tabs, true)).toEqual(['⌥', '1 … 2']);
});

test('AltGr, which Windows tells as Ctrl and Alt, writes a character', () => {
  expect(matchKeys(press('KeyK', { ctrlKey: true, altKey: true }), palette, false)).toBe(-1);
  expect(matchKeys(press('Digit2', { ctrlKey: true, altKey: true }), tabs, false)).toBe(-1);
  const altGr = press('Digit2', { altKey: true });
  altGr.getModifierState = (name) => name === 'AltGraph';
  expect(matchKeys(altGr, tabs, false)).toBe(-1);
});

test('while an input method composes a word, no key is a shortcut', () => {
  const composing = press('KeyK', { ctrlKey: true, isComposing: true });
  expect(matchKeys(composing, palette, false)).toBe(-1);
});
