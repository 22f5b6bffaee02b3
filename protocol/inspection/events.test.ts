import { expect, test } from 'vitest';
import { isUnknownInspectionEvent, readInspectionEvent } from './events.ts';

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
