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

test('AltGr, which Windows reports as Ctrl and Alt, writes a character', () => {
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

/** Pressed while an element has the focus. */
function pressIn(element: HTMLElement, code: string, held: KeyboardEventInit): KeyboardEvent {
  const event = press(code, { ...held, bubbles: true });
  document.body.replaceChildren(element);
  element.dispatchEvent(event);
  return event;
}

const closeTab: Keys = { codes: ['KeyW'], name: 'W', alt: true };
const composer: Keys = { codes: ['KeyC'], name: 'C', alt: true };
const goToTab: Keys = {
  codes: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => `Digit${digit}`),
  name: '1 … 9',
  alt: true,
};

/** The places where a person writes, the editor's own included. */
function fields(): HTMLElement[] {
  const editable = document.createElement('div');
  editable.setAttribute('contenteditable', 'true');
  const editContext = document.createElement('div');
  editContext.setAttribute('role', 'textbox');
  const elements = ['input', 'textarea', 'select'].map((name) => document.createElement(name));
  return [...elements, editable, editContext];
}

test('what Option writes on a Mac is never a shortcut in a field', () => {
  const written: [Keys, string, string][] = [
    [goToTab, 'Digit8', '{'],
    [goToTab, 'Digit9', '}'],
    [goToTab, 'Digit5', '['],
    [goToTab, 'Digit6', ']'],
    [goToTab, 'Digit7', '|'],
    [closeTab, 'KeyW', '∑'],
    [composer, 'KeyC', 'ç'],
    [composer, 'KeyC', 'Dead'],
  ];
  for (const field of fields()) {
    for (const [keys, code, key] of written) {
      const event = pressIn(field, code, { altKey: true, key });
      expect([key, matchKeys(event, keys, true)]).toEqual([key, -1]);
      expect([key, matchKeys(event, keys, false)]).toEqual([key, -1]);
    }
    // A layout on which Option leaves the letter.
    expect(matchKeys(pressIn(field, 'KeyW', { altKey: true, key: 'w' }), closeTab, true)).toBe(-1);
    expect(matchKeys(pressIn(field, 'KeyK', { metaKey: true, key: 'k' }), palette, true)).toBe(0);
  }
});

test('outside of fields the same keys are shortcuts', () => {
  for (const element of [document.createElement('button'), document.createElement('main')]) {
    const event = pressIn(element, 'Digit8', { altKey: true, key: '{' });
    expect(matchKeys(event, goToTab, true)).toBe(7);
  }
  const box = Object.assign(document.createElement('input'), { type: 'checkbox' });
  expect(matchKeys(pressIn(box, 'KeyW', { altKey: true, key: '∑' }), closeTab, true)).toBe(0);
});

test('where Alt does not write, its shortcuts work in fields, whatever the script', () => {
  for (const key of ['w', 'W', 'ц', 'ص', '6']) {
    const event = pressIn(document.createElement('textarea'), 'KeyW', { altKey: true, key });
    expect([key, matchKeys(event, closeTab, false)]).toEqual([key, 0]);
  }
});

test('a key that alone writes is no shortcut in a field, whatever was chosen', () => {
  const plain: Keys = { codes: ['KeyJ'], name: 'J' };
  const ctrlAlt: Keys = { codes: ['Digit8'], name: '8', mod: true, alt: true };
  const field = document.createElement('input');
  expect(matchKeys(pressIn(field, 'KeyJ', { key: 'j' }), plain, false)).toBe(-1);
  const altGr = pressIn(field, 'Digit8', { ctrlKey: true, altKey: true, key: '{' });
  expect(matchKeys(altGr, ctrlAlt, false)).toBe(-1);
  expect(matchKeys(pressIn(field, 'KeyK', { ctrlKey: true, key: 'k' }), palette, false)).toBe(0);
});
