import { expect, test } from 'vitest';
import type { Entry } from '../connection/page/exchange.ts';
import { seenKeys } from './seenKeys.ts';

let lastId = 0;
function entry(kind: 'sent' | 'received', text: string): Entry {
  lastId += 1;
  const base = { id: lastId, atMs: 0, text, name: '', bytes: 0 };
  if (kind === 'sent') return { ...base, kind, isQuiet: false, outcome: { state: 'waiting' } };
  return { ...base, kind, statuses: [], requestId: undefined, latencyMs: undefined, learned: [] };
}

test('keys come from what was stored and from what replies list, each once, newest value', () => {
  const entries = [
    entry('sent', '{"KV_SET":{"tkn":"77","keys":{"a":1,"b":{"x":[1, 2]}}}}'),
    entry('received', '{"KV_SET_RSP":{"tkn":"77","keys":{"a":20,"b":20}}}'),
    entry('received', '{"KV_KEYS_RSP":{"st":1,"tkn":"77","keys":["a","c"]}}'),
    entry('received', '{"KV_GET_RSP":{"tkn":"77","keys":{"a":"two"}}}'),
  ];
  expect(seenKeys(entries, '77')).toEqual([
    { key: 'a', type: 'string', preview: '"two"' },
    { key: 'b', type: 'object', preview: '{"x":[1,2]}' },
    { key: 'c', type: 'null', preview: '' },
  ]);
});

test('keys of other sessions, and keys that were only asked for, are none', () => {
  const entries = [
    entry('sent', '{"KV_SET":{"tkn":"777","keys":{"other":1}}}'),
    entry('sent', '{"KV_GET":{"tkn":"77","keys":["asked"]}}'),
    entry('received', 'no JSON 77'),
  ];
  expect(seenKeys(entries, '77')).toEqual([]);
});
