import { expect, test } from 'vitest';
import { defineTexts, pseudoLocalised } from './texts.ts';

const source = { send: 'Send it', sized: (bytes: number) => `${bytes} bytes` };

test('texts are what was written', () => {
  const texts = defineTexts(source);
  expect(texts.send).toBe('Send it');
  expect(texts.sized(61)).toBe('61 bytes');
});

test('in the pseudo-locale every text is marked, and values keep their letters', () => {
  const texts = pseudoLocalised(source);
  expect(texts.send).toBe('⟦Sénd ít⟧');
  expect(texts.sized(61)).toBe('⟦61 bytes⟧');
});
