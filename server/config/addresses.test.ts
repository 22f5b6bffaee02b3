import { expect, test } from 'vitest';
import { settingRows } from './settings.mjs';

const parse = (setting: string, text: string) =>
  settingRows.find(([name]) => name === setting)?.[1].parse(text, '--option', `"${text}"`);

test.each(['a', 'A.example:65535', '127.0.0.1', '[FD00::5]', '[::1]:80', 'xn--bcher-kva.example'])(
  'a request may be for %s',
  (text) => expect(parse('allowHost', text)).toBe(text),
);

test.each([
  ['', 'must be a host name, with or without port, got ""'],
  ['*', 'got "*"'],
  ['*.example.com', 'got "*.example.com"'],
  ['https://a', 'got "https://a"'],
  ['a/b', 'got "a/b"'],
  ['a:0', 'got "a:0"'],
  ['a:65536', 'got "a:65536"'],
  ['::1', 'got "::1"'],
  ['bücher.example', 'as browsers send it, xn--bcher-kva.example, got "bücher.example"'],
  ['127.1', 'as browsers send it, 127.0.0.1, got "127.1"'],
])('no request is for %j: %s', (text, line) => {
  expect(() => parse('allowHost', text)).toThrow(line);
});

test.each(['https://a.example', 'HTTP://A.example:8443', 'https://[::1]:8443', 'app://x'])(
  'a page may be of %s',
  (text) => expect(parse('allowOrigin', text)).toBe(text),
);

test.each([
  ['*', 'must be like https://example.com, got "*"'],
  ['https://a/b', 'must be like https://example.com, got "https://a/b"'],
  ['https://a:65536', 'must be like https://example.com, got "https://a:65536"'],
  ['https://a:443', 'must be as browsers send it, https://a, got "https://a:443"'],
  ['http://bücher.example', 'http://xn--bcher-kva.example, got "http://bücher.example"'],
])('no page is of %j: %s', (text, line) => {
  expect(() => parse('allowOrigin', text)).toThrow(line);
});
