import { expect, test } from 'vitest';
import { cursorPlace } from './cursorPlace.ts';
import { liveSuggestions } from './liveSuggestions.ts';
import type { LiveSession, LiveSources } from './liveSources.ts';

const token = '14247375118774737462';
const other: LiveSession = { id: 's2', name: 'cart "7"', maskedToken: '··0001', keyCount: 0 };

function sourcesWith(more: Partial<LiveSources> = {}): LiveSources {
  const keys = [
    { key: 'profile', type: 'object', preview: '{"n":1}' },
    { key: 'a "b"', type: 'number', preview: '1' },
  ] as const;
  return {
    keysOf: (asked) => Promise.resolve(asked === token ? keys : []),
    isLiving: () => Promise.resolve(true),
    hasOlder: () => false,
    sessionOf: () => Promise.resolve(undefined),
    sessions: () => [{ id: 's1', name: 'mine', maskedToken: '··7462', keyCount: 0 }, other],
    learnToken: async () => true,
    showSession: () => {},
    entries: () => [],
    ...more,
  };
}

const variables = new Map([
  ['tkn', token],
  ['tkn:mine', token],
  ['greeting', 'hello'],
]);

function suggest(marked: string, sources = sourcesWith()) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const place = cursorPlace(text, offset);
  return place ? liveSuggestions(place, { sources, variables }) : Promise.resolve([]);
}

test('in keys: the keys of the session that tkn names, with type and preview', async () => {
  const offers = await suggest('{"KV_GET":{"tkn":"{{tkn}}","keys":["|"]}}');
  expect(offers.map(({ label, detail, insert }) => [label, detail, insert])).toEqual([
    ['profile', 'object · {"n":1}', '"profile"'],
    ['a "b"', 'number · 1', '"a \\"b\\""'],
  ]);
});

test.each([
  '{"KV_UPDATE":{"tkn":"{{tkn}}","key":"|"}}',
  '{"KV_ARR_APPEND":{"key":|,"tkn":"{{tkn}}"}}',
  `{"KV_RMV":{"tkn":"${token}","keys":[|`,
  `{"KV_RMV":{"tkn":${token},"keys":["x",|`,
])('also at %s', async (marked) => {
  expect((await suggest(marked)).map(({ insert }) => insert)).toContain('"profile"');
});

test('as a name of a member it brings its colon, unless there is one', async () => {
  const [fresh] = await suggest('{"KV_SET":{"tkn":"{{tkn}}","keys":{"|"}}}');
  expect(fresh?.insert).toBe('"profile": ');
  const [renamed] = await suggest('{"KV_SET":{"tkn":"{{tkn}}","keys":{"p|":1}}}');
  expect(renamed?.insert).toBe('"profile"');
});

test('a key that stands there already is not offered again', async () => {
  const offers = await suggest('{"KV_GET":{"tkn":"{{tkn}}","keys":["profile","|"]}}');
  expect(offers.map(({ label }) => label)).toEqual(['a "b"']);
});

test.each([
  '{"KV_GET":{"keys":["|"]}}',
  '{"KV_GET":{"tkn":"{{nobody}}","keys":["|"]}}',
  '{"KV_SET":{"tkn":"{{tkn}}","keys":{"a":"|"}}}',
  '{"KV_SET":{"tkn":"{{tkn}}","keys":{"a":["|"]}}}',
  '{"SH_NEW":{"name":"|"}}',
])('nothing live belongs at %s', async (marked) => {
  expect(await suggest(marked)).toEqual([]);
});

test('when the server cannot be asked, keys seen on this connection are offered', async () => {
  const text = `{"KV_KEYS_RSP":{"st":1,"tkn":"${token}","keys":["seen"]}}`;
  const base = { id: 1, atMs: 0, name: '', bytes: 0, statuses: [], learned: [] };
  const seen = { ...base, kind: 'received', text, requestId: 0, latencyMs: 0 } as const;
  const sources = sourcesWith({ keysOf: () => Promise.resolve(undefined), entries: () => [seen] });
  const offers = await suggest('{"KV_GET":{"tkn":"{{tkn}}","keys":["|"]}}', sources);
  expect(offers.map(({ label }) => label)).toEqual(['seen']);
});

test('at tkn: the current one, then sessions, newest first, by their names; never a token', async () => {
  const chosen: [string, string][] = [];
  const sources = sourcesWith({
    learnToken: async ({ id }, name) => chosen.push([id, name]) > 0,
  });
  const offers = await suggest('{"SH_INFO":{"tkn":"|"}}', sources);
  expect(offers.map(({ label, detail, insert }) => [label, detail, insert])).toEqual([
    ['{{tkn}}', 'mine ··7462', '"{{tkn}}"'],
    ['cart "7"', '{{tkn:cart %227%22}} ··0001', '"{{tkn:cart %227%22}}"'],
    ['mine', '{{tkn:mine}} ··7462', '"{{tkn:mine}}"'],
  ]);
  expect(JSON.stringify(offers)).not.toContain(token);
  expect(offers[2]?.onPick).toBeUndefined();
  offers[1]?.onPick?.();
  expect(chosen).toEqual([['s2', 'tkn:cart %227%22']]);
});

test('two sessions of one name get two variables; a session that has ended comes last', async () => {
  const twin = { id: 's3', name: 'mine', maskedToken: '··9999', keyCount: 0 };
  const offers = await suggest('{"SH_INFO":{"tkn":|}}', sourcesWith({ sessions: () => [twin] }));
  expect(offers.slice(1).map(({ insert }) => insert)).toEqual([
    '"{{tkn:mine ··9999}}"',
    '"{{tkn:mine}}"',
  ]);
});
