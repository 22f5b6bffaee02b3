import { expect, test } from 'vitest';
import { commandNames } from '../../protocol/commands/catalog.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import { readRequest } from '../../protocol/wire/request.ts';
import { cursorPlace } from './cursorPlace.ts';
import { schemaSuggestions } from './schemaSuggestions.ts';

/** What is offered at the mark `|`. */
function offersAt(marked: string) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const place = cursorPlace(text, offset);
  return place ? schemaSuggestions(place, { text, offset }) : [];
}

const labelsAt = (marked: string) => offersAt(marked).map(({ label }) => label);
const insertOf = (marked: string, name: string) =>
  offersAt(marked).find(({ label }) => label === name)?.insert;

/** A snippet as text: each stop holds what it proposes. */
function filled(snippet: string): string {
  const proposed = snippet.replace(/\$\{\d+:((?:\\.|[^\\}])*)\}/g, '$1');
  return proposed.replace('$0', '').replace(/\\(.)/g, '$1');
}

test('commands come in the usual order, each once, with their summaries', () => {
  const offers = offersAt('{|}');
  expect(offers.slice(0, 3).map(({ label, detail }) => [label, detail])).toEqual([
    ['SH_NEW', 'Create a session'],
    ['KV_SET', 'Store keys'],
    ['KV_GET', 'Read keys'],
  ]);
  expect(offers.map(({ label }) => label).toSorted()).toEqual(commandNames.toSorted());
});

test.each(commandNames)('%s is written whole in an empty text, ready to send', (name) => {
  const text = filled(insertOf('|', name) ?? '');
  expect(readJson(text).ok).toBe(true);
  expect(readRequest(text)).toMatchObject({ ok: true, value: { name } });
});

test('a command that has its parameters gets another name and nothing else', () => {
  expect(insertOf('{"SH_|":{"tkn":"7"}}', 'SH_END')).toBe('"SH_END"');
});

test('what a person would change is a stop: values, and names of keys', () => {
  expect(insertOf('{|}', 'KV_SET')).toBe(
    '"KV_SET": {"tkn": "{{tkn\\}\\}", "keys": {"${1:key}": ${2:"value"}\\}$0\\}',
  );
});

test.each(['KV_SET', 'KV_ADD', 'KV_UPDATE', 'KV_ARR_APPEND'])(
  'any value can take the place of the one that %s proposes',
  (name) => {
    const snippet = insertOf('|', name) ?? '';
    const last = [...snippet.matchAll(/\$\{\d+:((?:\\.|[^\\}])*)\}/g)].at(-1)?.[0] ?? '';
    for (const value of ['"text"', '12', '[1]', 'null']) {
      const text = filled(snippet.replace(last, value));
      expect(readRequest(text)).toMatchObject({ ok: true, value: { name } });
    }
  },
);

test('expiry brings its members with stops; further members are offered in it', () => {
  expect(labelsAt('{"SH_NEW":{"name":"a",|}}')).toEqual(['expiry', 'shared']);
  expect(insertOf('{"SH_NEW":{"name":"a","|"}}', 'expiry')).toBe(
    '"expiry": {"duration": ${1:900}, "deleteSession": ${2:true}\\}',
  );
  expect(labelsAt('{"SH_NEW":{"expiry":{"duration":900,|}}}')).toEqual([
    'deleteSession',
    'extendOnSetAdd',
    'extendOnGet',
  ]);
  expect(insertOf('{"SH_NEW":{"expiry":{|}}}', 'extendOnGet')).toBe('"extendOnGet": ${1:true}');
});

test('before another member it brings the comma', () => {
  expect(insertOf('{"SH_NEW":{| "name":"a"}}', 'shared')).toBe('"shared": ${1:true},');
});

test.each([
  ['{"SH_NEW":{"shared":|}}', ['true', 'false']],
  ['{"SH_NEW":{"expiry":{"deleteSession":|}}}', ['true', 'false']],
  ['{"KV_FIND":{"rsp":"|"}}', ['"keys"', '"kv"', '"paths"']],
  ['{"SH_NEW":{"expiry":|}}', ['{"duration":900,"deleteSession":true}']],
  // Data of a person, and commands that nobody knows.
  ['{"KV_SET":{"keys":{|}}}', []],
  ['{"KV_SET":{"keys":{"a":|}}}', []],
  ['{"NOPE":{|}}', []],
])('at %s fits %j', (marked, labels) => {
  expect(labelsAt(marked).toSorted()).toEqual(labels.toSorted());
});
