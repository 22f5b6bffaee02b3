import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

async function textsAt(search: string) {
  vi.resetModules();
  vi.stubGlobal('location', { search });
  return (await import('./texts.ts')).texts;
}

test('the words stand as they were written', async () => {
  const texts = await textsAt('?x=1');
  expect(texts.startOver).toBe('Start over');
  expect(texts.place(2, 9)).toBe('Step 2 of 9');
});

test('in the pseudo-locale every text is marked, with accents, and what is put in stays', async () => {
  const texts = await textsAt('?locale=pseudo');
  expect(texts.startOver).toBe('⟦Stárt óvér⟧');
  expect(texts.place(2, 9)).toBe('⟦Step 2 of 9⟧');
  const plain = Object.values(texts).filter((text) => typeof text === 'string');
  expect(plain.filter((text) => !/^⟦.*⟧$/.test(text))).toEqual([]);
});
