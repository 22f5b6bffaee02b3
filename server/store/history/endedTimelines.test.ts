import { expect, test } from 'vitest';
import type { Token } from '../../../protocol/token.ts';
import { EndedTimelines } from './endedTimelines.ts';

const known = (timeline: number) => ({
  token: '1' as Token,
  name: `timeline ${timeline}`,
  createdAtMs: 0,
  timeline,
});

test('of two that ended with one id the newer is kept, and the timeline of the other is given back once', () => {
  const ended = new EndedTimelines();
  expect([ended.add('a', known(1)), ended.add('b', known(2)), ended.add('a', known(3))]).toEqual([
    0, 0, 1,
  ]);
  expect([ended.delete(1), ended.get('a')?.timeline]).toEqual([false, 3]);
  expect([ended.delete(3), ended.delete(3), ended.get('a')]).toEqual([true, false, undefined]);
  expect(ended.get('b')?.timeline).toBe(2);
});
