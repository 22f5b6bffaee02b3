import { expect, test } from 'vitest';
import { layOut } from './layOut.ts';

test('regression 1: laying out keeps each digit of a big number', () => {
  const text = '{"KV_SET":{"tkn":"7","keys":{"id":14247375118774737462,"x":0.10}}}';
  expect(layOut(text)?.replace(/\s/g, '')).toBe(text);
});

test('each of several messages is laid out, variables as they are', () => {
  expect(layOut('{"A":{"tkn":{{tkn}}}} {"B":{"x":"{{ y }}"}}')).toBe(
    '{\n  "A": {\n    "tkn": {{tkn}}\n  }\n}\n\n{\n  "B": {\n    "x": "{{ y }}"\n  }\n}',
  );
});

test('laying out twice changes nothing more', () => {
  const once = layOut('{"A":{}}{"B":{"a":[1,{{c}}]}}') ?? '';
  expect(layOut(once)).toBe(once);
});

test('what is no JSON is left alone', () => {
  expect(layOut('{"A":{}} {"B":{,}}')).toBeUndefined();
});
