import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

async function messagesAt(search: string) {
  vi.resetModules();
  vi.stubGlobal('location', { search });
  return (await import('./messages.ts')).messages;
}

test('the words stand as they were written', async () => {
  const messages = await messagesAt('?x=1');
  expect(messages.startOver).toBe('Start over');
  expect(messages.place(2, 9)).toBe('Step 2 of 9');
});

test('in the pseudo-locale every text is marked, with accents, and what is put in stays', async () => {
  const messages = await messagesAt('?locale=pseudo');
  expect(messages.startOver).toBe('⟦Stárt óvér⟧');
  expect(messages.place(2, 9)).toBe('⟦Step 2 of 9⟧');
  const texts = Object.values(messages).filter((message) => typeof message === 'string');
  expect(texts.filter((text) => !/^⟦.*⟧$/.test(text))).toEqual([]);
});
