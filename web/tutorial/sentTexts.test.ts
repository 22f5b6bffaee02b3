import { expect, test } from 'vitest';
import { createSentTexts, maxSentLength, maxSentTexts } from './sentTexts.ts';

test('a text is given once', () => {
  const sent = createSentTexts();
  sent.keep(1, 'a');
  expect([sent.take(1), sent.take(1)]).toEqual(['a', undefined]);
});

test('the oldest go at the limit, and long ones are not kept at all', () => {
  const sent = createSentTexts();
  for (let id = 0; id <= maxSentTexts; id += 1) sent.keep(id, `${id}`);
  expect([sent.take(0), sent.take(1)]).toEqual([undefined, '1']);
  sent.keep(1000, 'x'.repeat(maxSentLength + 1));
  expect(sent.take(1000)).toBeUndefined();
});
