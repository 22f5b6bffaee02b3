import { expect, test } from 'vitest';
import { catalog, commandNames } from './catalog.ts';
import type { JsonSchema } from '../codec/codec.ts';
import { editorSchema } from './editorSchema.ts';
import { readRequest } from '../wire/request.ts';
import { readJson } from '../json/readJson.ts';
import { canAnswer, expectedReply } from '../wire/pairing.ts';
import { readMessage } from '../wire/namedMessage.ts';
import { statusesOf } from '../wire/reply.ts';
import { templateOf } from '../wire/template.ts';

test.each(commandNames)('the template of %s is a request with its first value selected', (name) => {
  const { text, selection } = templateOf(name);
  expect(readJson(text).ok).toBe(true);
  expect(readRequest(text)).toMatchObject({ ok: true, value: { name } });
  const selected = text.slice(selection.start, selection.start + selection.length);
  const hasParams = Object.values(catalog[name].params).some(({ required }) => required);
  expect(selected !== '').toBe(hasParams);
  expect(selected).not.toContain('"');
});

test('the editor knows every command and its parameters, and asks for the required ones', () => {
  const { properties = {} } = editorSchema();
  expect(Object.keys(properties)).toEqual(commandNames);
  for (const name of commandNames) {
    const { params } = catalog[name];
    expect(Object.keys(properties[name]?.properties ?? {})).toEqual(Object.keys(params));
    const required = Object.keys(params).filter((param) => params[param]?.required);
    expect(properties[name]?.required).toEqual(required);
  }
});

test('the editor asks for one of two parameters where one of them must be there', () => {
  const { properties = {} } = editorSchema();
  expect(properties['KV_CAS']?.anyOf).toEqual([{ required: ['value'] }, { required: ['old'] }]);
  const asking = commandNames.filter((name) => properties[name]?.anyOf);
  expect(asking).toEqual(['KV_CAS']);
});

test('what deletes data, or has another effect when sent late or twice, is dangerous', () => {
  const isMutating = commandNames.filter((name) => catalog[name].isMutating);
  // Every command that changes data is in one of the two lists: a new one has to be decided.
  const dangerous = [
    'SH_END',
    'SH_END_ALL',
    'SH_LOAD',
    'KV_RMV',
    'KV_CLEAR',
    'KV_CLEAR_SET',
    'KV_ARR_APPEND',
    'KV_TAKE',
    'KV_INCR',
    'KV_CAS',
    'KV_UPDATE',
  ];
  const harmless = ['SH_NEW', 'SH_TOUCH', 'KV_SET', 'KV_SETQ', 'KV_ADD', 'KV_ADDQ'];
  expect(commandNames.filter((name) => catalog[name].isDangerous)).toEqual(dangerous);
  expect(isMutating.toSorted()).toEqual([...dangerous, ...harmless].toSorted());
});

test('what a production server asks about reaches more than it names, and does not wait either', () => {
  const asking = commandNames.filter((name) => catalog[name].asksInProduction);
  expect(asking).toEqual(['SH_END', 'SH_END_ALL', 'SH_LOAD', 'KV_CLEAR', 'KV_CLEAR_SET']);
  expect(asking.filter((name) => !catalog[name].isDangerous)).toEqual([]);
});

test.each(commandNames)('what is volatile in the reply of %s is a member of it', (name) => {
  const { volatile = [], reply } = catalog[name];
  for (const path of volatile) {
    let schema: JsonSchema | undefined = reply.schema;
    for (const member of path.split('.')) schema = schema?.properties?.[member];
    expect(schema).toBeDefined();
    expect(path).not.toBe('tkn');
  }
});

test.each([
  ['{"KV_SET_RSP":{"tkn":"7","keys":{"a":20,"b":21,"c":20}}}', ['KeySet', 'KeyUpdated']],
  ['{"KV_RMV_RSP":{"tkn":"7","a":24,"b":22}}', ['KeyRemoved', 'KeyNotExist']],
  ['{"SH_INFO_RSP":{"st":100,"tkn":"7","shared":null,"keyCnt":null}}', ['SessionNotExist']],
  ['{"KV_GET_RSP":{"tkn":"7","keys":{"st":20}}}', []],
  ['{"ERR":{"st":3,"m":""}}', ['JsonInvalid']],
])('the statuses of %s', (text, statuses) => {
  const message = readMessage(text);
  expect(message && statusesOf(message)).toEqual(statuses);
});

test.each([
  ['{"SH_NEW":{}}', { replyName: 'SH_NEW_RSP', isQuiet: false }],
  ['{"KV_ADDQ":{}}', { replyName: 'KV_ADDQ_RSP', isQuiet: true }],
  ['{"NOPE":{}}', { replyName: 'NOPE_RSP', isQuiet: false }],
  ['not JSON', { replyName: 'ERR', isQuiet: false }],
])('%s is answered as the catalog says', (text, expectation) => {
  expect(expectedReply(readMessage(text))).toEqual(expectation);
});

test.each([
  ['{"KV_SETQ":{"keys":[]}}', '{"KV_SETQ_RSP":{"st":41,"tkn":null,"m":"keys"}}', true],
  ['{"KV_SETQ":{"tkn":"7"}}', '{"KV_SETQ_RSP":{"st":41,"tkn":null,"m":"keys"}}', false],
  ['{"KV_SETQ":{"tkn":"7","keys":{}}}', '{"KV_SETQ_RSP":{"st":100,"tkn":"7","m":""}}', true],
  ['{"KV_SETQ":{"tkn":"8","keys":{}}}', '{"KV_SETQ_RSP":{"st":100,"tkn":"7","m":""}}', false],
  ['{"KV_ADDQ":{"tkn":"7","keys":{"a":1}}}', '{"KV_ADDQ_RSP":{"tkn":"7","keys":{"a":23}}}', true],
  ['{"KV_ADDQ":{"tkn":"7","keys":{"b":1}}}', '{"KV_ADDQ_RSP":{"tkn":"7","keys":{"a":23}}}', false],
])('to %s the reply %s fits: %s', (request, reply, fits) => {
  const message = readMessage(reply);
  expect(message && canAnswer(request, message)).toBe(fits);
});

test.each([
  ['901, the store', '{"KV_SETQ_RSP":{"st":901,"tkn":null,"m":""}}', true],
  ['902, read only', '{"KV_SETQ_RSP":{"st":902,"tkn":null,"m":""}}', true],
  ['903, a limit', '{"KV_SETQ_RSP":{"st":903,"tkn":null,"m":"maxKeys"}}', true],
  ['1000, a bug', '{"KV_SETQ_RSP":{"st":1000,"tkn":null,"m":""}}', true],
  ['26, of another request', '{"KV_SETQ_RSP":{"st":26,"tkn":null,"m":"keys"}}', false],
  ['101, of another request', '{"KV_SETQ_RSP":{"st":101,"tkn":null,"m":""}}', false],
  ['901, of another command', '{"KV_ADDQ_RSP":{"st":901,"tkn":null,"m":""}}', false],
])('a quiet command that the store refused is answered: %s', (_, reply, fits) => {
  const message = readMessage(reply);
  expect(message && canAnswer('{"KV_SETQ":{"tkn":"7","keys":{}}}', message)).toBe(fits);
});
