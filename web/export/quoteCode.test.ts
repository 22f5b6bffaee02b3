import { execFileSync } from 'node:child_process';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitsShell, jsString, jsTemplatePart, shellWord } from './quoteCode.ts';

const hostile = fc.constantFrom(
  "'",
  '"',
  '`',
  '${',
  '$',
  '{',
  '\\',
  '\n',
  '\r',
  '\r\n',
  '*/',
  '//',
  '</script>',
  '<!--',
  '\u2028',
  '\u2029',
  '\ufeff',
  '\u202e',
  '\ud800',
  '\udc00',
  '😀',
  '$(touch /tmp/x)',
  '`id`',
  '!!',
  '%s',
  '-n',
  ';',
  '&',
  '|',
  '*',
  '~',
  '}',
  "'\\''",
);
/** What a message may hold, with what means something to a language put in everywhere. */
const message = fc
  .array(fc.oneof(hostile, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 8 })
  .map((parts) => parts.join(''));

test('a text is the same text as a string of JavaScript and as a template', () => {
  fc.assert(
    fc.property(message, message, (text, other) => {
      expect(runInNewContext(jsString(text))).toBe(text);
      expect(runInNewContext(`\`${jsTemplatePart(text)}\``)).toBe(text);
      // A hole between two parts stays a hole.
      const holed = `\`${jsTemplatePart(text)}\${'hole'}${jsTemplatePart(other)}\``;
      expect(runInNewContext(holed)).toBe(`${text}hole${other}`);
    }),
    { numRuns: 1000 },
  );
});

test('code shows every character that it holds, on one line, and ends no script of a page', () => {
  fc.assert(
    fc.property(message, (text) => {
      for (const code of [jsString(text), jsTemplatePart(text)]) {
        expect(code).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]|<\/|<!/u);
      }
    }),
  );
});

test('a text is the same text as a word of the shell', () => {
  fc.assert(
    fc.property(fc.array(message, { minLength: 20, maxLength: 20 }), (all) => {
      const texts = all.filter(fitsShell);
      // One shell for many texts; each is followed by an end that none of them has.
      const words = texts.map((text) => `printf '%s\\0' ${shellWord(text)}`);
      const script = `set -eu\n${words.join('\n')}\n`;
      const printed = execFileSync('sh', ['-s'], { input: script, encoding: 'utf8' });
      const onTheWire = texts.map((text) => Buffer.from(text, 'utf8').toString());
      expect(printed.split('\0').slice(0, -1)).toEqual(onTheWire);
    }),
    { numRuns: 25 },
  );
});

test('a text with U+0000 is known to fit no argument', () => {
  expect(fitsShell('a\0b')).toBe(false);
});
