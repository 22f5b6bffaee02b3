import { expect, test } from 'vitest';
import type { WholeChange } from '../../../protocol/inspection/timeline.ts';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import { commandsFor } from './reproduce.ts';

const author = { by: 'client', connection: 1, command: 'KV_SET', atMs: 1 } as const;

function change(
  kind: WholeChange['kind'],
  keys: Record<string, [string | undefined, string | undefined]>,
): WholeChange {
  const json = (text: string | undefined) => (text === undefined ? undefined : asJsonText(text));
  const steps = Object.entries(keys).map(([key, [before, after]]) => ({
    key,
    before: json(before),
    after: json(after),
  }));
  return { kind, author, keys: steps };
}

test('each change is a command that makes it again', () => {
  const changes = [
    change('created', {}),
    change('stored', { a: [undefined, '1'], '"': ['2', '{"b":1.50}'] }),
    change('extended', {}),
    change('removed', { a: ['1', undefined] }),
    change('replaced', { '"': ['1', undefined], c: [undefined, '3'] }),
    change('replaced', { c: ['3', undefined] }),
    change('cleared', { c: ['3', undefined] }),
    change('touched', {}),
    change('ended', {}),
  ];
  expect(commandsFor(changes)).toEqual([
    '{"KV_SET":{"tkn":"{{tkn}}","keys":{"a":1,"\\"":{"b":1.50}}}}',
    '{"KV_RMV":{"tkn":"{{tkn}}","keys":["a"]}}',
    '{"KV_CLEAR_SET":{"tkn":"{{tkn}}","keys":{"c":3}}}',
    '{"KV_CLEAR":{"tkn":"{{tkn}}"}}',
    '{"KV_CLEAR":{"tkn":"{{tkn}}"}}',
    '{"SH_END":{"tkn":"{{tkn}}"}}',
  ]);
});
