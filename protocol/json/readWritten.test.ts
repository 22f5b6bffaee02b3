import { expect, test } from 'vitest';
import { quote } from './jsonText.ts';
import { readWritten } from './readWritten.ts';

test('text of JSON stays as it was written, without the white space between tokens', () => {
  const compact = String.raw`{"b":[1.50,14247375118774737462,-0],"1":" a\" \\ ","\u0041":null}`;
  expect(readWritten(compact)).toBe(compact);
  expect(readWritten(' { "b" :\t[ 1.0 ,\n2 ] , " c " : " d\\" e " }\r\n')).toBe(
    '{"b":[1.0,2]," c ":" d\\" e "}',
  );
});

test('half a surrogate pair, which is written as an escape, comes back', () => {
  expect(readWritten(quote('\ud800'))).toBe(String.raw`"\ud800"`);
});

test('what is no JSON is undefined', () => {
  const tooDeep = '['.repeat(1_000_000);
  for (const text of ['', '{', '{a:1}', "'a'", '[1,]', '1 2', 'undefined', tooDeep]) {
    expect(readWritten(text)).toBeUndefined();
  }
});

test('a long string is read at once', () => {
  const long = quote('\\" '.repeat(2_000_000));
  expect(readWritten(long)).toBe(long);
});
