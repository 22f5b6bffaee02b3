import { expect, test } from 'vitest';
import { readJsonInSteps } from '../json/readJson.ts';
import type { Steps } from '../steps.ts';
import {
  isUnknownInspectionEvent,
  readInspectionEvent,
  readInspectionEventInSteps,
} from './events.ts';

test('an event of a newer server is unknown, not broken', () => {
  expect(isUnknownInspectionEvent('{"weather":{"sun":true}}')).toBe(true);
  expect(isUnknownInspectionEvent('{"__proto__":{}}')).toBe(true);
});

test.each(['', 'hello', '[]', '{}', '{"a":1,"b":2}', '{"gone":{}}', '{"gone":{"id":"s1"}}'])(
  'what is no event at all, a broken one, and a known one are not unknown: %s',
  (text) => {
    expect(isUnknownInspectionEvent(text)).toBe(false);
  },
);

test('an unknown event reads as nothing', () => {
  expect(readInspectionEvent('{"weather":{}}')).toBeUndefined();
});

/** What the steps come to, and how many there were. */
function gone<T>(steps: Steps<T>): { result: T; count: number } {
  for (let count = 1; ; count += 1) {
    const step = steps.next();
    if (step.done) return { result: step.value, count };
  }
}

const long = `[${Array.from({ length: 700_000 }, (_, at) => at).join(',')}]`;

test('what was checked of a value of 5 MB is gone through in steps too', () => {
  const text = `{"value":{"id":"1","key":"k","value":${long}}}`;
  const { result, count } = gone(readInspectionEventInSteps(text));
  expect(result).toEqual({ type: 'value', id: '1', key: 'k', value: long });
  // Twice, for the frame and for its content: one step for each 1.25 MB, and the last ones.
  expect(count - gone(readJsonInSteps(text)).count).toBeGreaterThanOrEqual(6);
});

test.each([
  `{"value":{"key":"k","value":${long}}}`,
  `{"value":{"id":1,"key":"k","value":${long}}}`,
  `{"value":${long}}`,
  `{"weather":${long}}`,
  long,
  `{"value":{"id":"1","key":"k","more":${long}}}`,
  `{"acted":{"number":1,"reply":"${'r'.repeat(100_000)}"}}`,
  `{"keys":{"id":"1","isReset":true,"totalKeys":1,"removed":[],"changed":[{"key":"k","length":9,"value":${long}}]}}`,
])('read in steps or at once, a long frame is the same: %.40s', (text) => {
  expect(gone(readInspectionEventInSteps(text)).result).toEqual(readInspectionEvent(text));
});
