import { expect, test } from 'vitest';
import type { WholeChange } from '../../../protocol/inspection/timeline.ts';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import { testFor } from './testFor.ts';

const author = { by: 'client', connection: 1, command: 'KV_SET', atMs: 1 } as const;

function stored(key: string, before: string | undefined, after: string): WholeChange {
  const json = (text: string | undefined) => (text === undefined ? undefined : asJsonText(text));
  return { kind: 'stored', author, keys: [{ key, before: json(before), after: json(after) }] };
}

test('a test stores what was before, makes the changes, and expects what they left', () => {
  const text = testFor([stored('a', '1', '2'), stored('b', undefined, '"{{tkn}}"')], 'ws://host');
  const commands = /const commands = \[([^]*?)\n\];/.exec(text)?.[1]?.trim().split('\n');
  expect(commands).toEqual([
    String.raw`"{\"KV_SET\":{\"tkn\":\"{{tkn}}\",\"keys\":{\"a\":1}}}",`,
    String.raw`  "{\"KV_SET\":{\"tkn\":\"{{tkn}}\",\"keys\":{\"a\":2}}}",`,
    String.raw`  "{\"KV_SET\":{\"tkn\":\"{{tkn}}\",\"keys\":{\"b\":\"{{tkn}}\"}}}",`,
  ]);
  expect(text).toContain(
    String.raw`toBe(inSession("{\"KV_GET_RSP\":{\"tkn\":\"{{tkn}}\",\"keys\":{\"a\":2,\"b\":\"{{tkn}}\"}}}"))`,
  );
  expect(text).toContain('process.env.SESHDECK_URL ?? "ws://host"');
});

test('after the end of a session the test expects that it is not there', () => {
  const ended: WholeChange = { kind: 'ended', author, keys: [] };
  expect(testFor([stored('a', undefined, '1'), ended], 'ws://host')).toContain(
    `toContain('"st":100')`,
  );
});
