import { expect, test } from 'vitest';
import { shortName, visibleJson, visibleName, visibleText } from './visibleText.ts';

test.each([
  ['admin\u202e123', String.raw`admin\u202e123`],
  ['a\u0000b\tc\nd\u007f', String.raw`a\u0000b\u0009c\u000ad\u007f`],
  ['zero\u200bwidth', String.raw`zero\u200bwidth`],
  ['hard\u00a0space', String.raw`hard\u00a0space`],
  ['half\ud83d', String.raw`half\ud83d`],
  ['tag\u{e0041}', String.raw`tag\udb40\udc41`],
])('what cannot be seen is shown as an escape (%#)', (text, shown) => {
  expect(visibleText(text)).toBe(shown);
});

test.each(['user 1', '  inside  '.trim(), 'é 中文 שלום', '😀', '<b>'])(
  'text that can be seen stays as it is: %s',
  (text) => {
    expect(visibleName(text)).toBe(text);
  },
);

test('tabs and line ends in a name are pictures of them', () => {
  expect(visibleName('tab\tand\r\nline')).toBe('tab␉and␍␊line');
});

test('spaces at the ends of a name show, and so does a name without characters', () => {
  expect(visibleName(' admin  ')).toBe('␣admin␣␣');
  expect(visibleName('   ')).toBe('␣␣␣');
  expect(visibleName('')).toBe('(no name)');
});

test('a long name is cut to be laid out', () => {
  expect(shortName('x'.repeat(200))).toHaveLength(200);
  expect(shortName('x'.repeat(201))).toBe(`${'x'.repeat(200)}…`);
});

test('pretty JSON keeps its lines and its value', () => {
  expect(visibleJson('{\n  "a": "\u202e"\n}')).toBe('{\n  "a": "\\u202e"\n}');
});
