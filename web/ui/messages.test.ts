import { expect, test } from 'vitest';
import { defineMessages, pseudoLocalised } from './messages.ts';

const source = { send: 'Send it', sized: (bytes: number) => `${bytes} bytes` };

test('messages are what was written', () => {
  const messages = defineMessages(source);
  expect(messages.send).toBe('Send it');
  expect(messages.sized(61)).toBe('61 bytes');
});

test('in the pseudo-locale every text is marked, and values keep their letters', () => {
  const messages = pseudoLocalised(source);
  expect(messages.send).toBe('⟦Sénd ít⟧');
  expect(messages.sized(61)).toBe('⟦61 bytes⟧');
});
