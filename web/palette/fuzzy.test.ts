import { expect, test } from 'vitest';
import { fuzzyScore } from './fuzzy.ts';

function best(typed: string, texts: readonly string[]): string | undefined {
  const scored = texts.flatMap((text) => {
    const score = fuzzyScore(text, typed);
    return score === undefined ? [] : [{ text, score }];
  });
  return scored.sort((a, b) => b.score - a.score)[0]?.text;
}

test('letters in their order are enough, first letters count most', () => {
  expect(fuzzyScore('New tab', 'nt')).toBeDefined();
  expect(fuzzyScore('New tab', 'tn')).toBeUndefined();
  expect(best('nt', ['Inspect', 'Insert KV_CONTAINS', 'New tab'])).toBe('New tab');
  expect(best('ct', ['Disconnect', 'Close tab'])).toBe('Close tab');
});

test('a whole word beats scattered letters, and every word must be found', () => {
  expect(best('tab', ['Two-pane view on or off, about', 'Close tab'])).toBe('Close tab');
  expect(fuzzyScore('Insert KV_SET', 'insert set')).toBeDefined();
  expect(fuzzyScore('Insert KV_SET', 'insert get')).toBeUndefined();
  expect(best('kv_set', ['Insert KV_SETQ', 'Insert KV_SET'])).toBe('Insert KV_SET');
});
