import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  elementsOf,
  kindOf,
  membersOf,
  stringOf,
  type JsonText,
} from '../../protocol/json/jsonText.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import type { Entry, ReceivedEntry, SentEntry } from '../connection/page/exchange.ts';
import { exportFile, formatIds, type FormatId } from './formats.ts';

const token = '14247375118774737462';
const facts = {
  url: 'ws://127.0.0.1:1987/?a=b%20c',
  pageUrl: 'http://127.0.0.1:1987',
  version: '1.2.3',
  variables: new Map([['tkn', token]]),
};

function sent(id: number, text: string): SentEntry {
  const outcome = { state: 'lost' } as const;
  return { kind: 'sent', id, atMs: 1000 * id, text, name: '', bytes: 0, isQuiet: false, outcome };
}

function received(id: number, text: string, binary?: Uint8Array): ReceivedEntry {
  const facts = {
    name: '',
    bytes: binary?.length ?? text.length,
    statuses: [],
    requestId: undefined,
    latencyMs: 0.25,
    learned: [],
  };
  return { kind: 'received', id, atMs: 1000 * id + 0.5, text, ...facts, binary };
}

const opened = (id: number): Entry => ({
  kind: 'connection',
  id,
  atMs: 1000 * id,
  event: { event: 'connected', host: 'h:1' },
});
const lost = (id: number): Entry => ({
  ...opened(id),
  kind: 'connection',
  event: { event: 'gaveUp', attempts: 1 },
});

function written(format: FormatId, entries: readonly Entry[], includesTokens = true): string {
  return exportFile({ entries, known: entries, facts, format, includesTokens }).text;
}

/** Reads exported JSON without losing anything. */
function read(text: string): JsonText {
  const json = readJson(text);
  if (!json.ok) throw new Error(`${json.refusal.message} at ${json.refusal.at}`);
  return json.value;
}

function at(json: JsonText, ...path: (string | number)[]): JsonText {
  return path.reduce<JsonText>((inner, step) => {
    const part = typeof step === 'number' ? elementsOf(inner)[step] : membersOf(inner).get(step);
    if (part === undefined) throw new Error(`There is no ${step} in ${inner}`);
    return part;
  }, json);
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.json(),
  fc.constantFrom(`{"a":${token},"b":1.0,"b":-0}`, '\ud800', '"\u2028"', '{\r\n}', '\0'),
);

test('JSON and NDJSON give every text back exactly, in the order of the messages', () => {
  fc.assert(
    fc.property(fc.array(anyText, { maxLength: 5 }), (texts) => {
      const entries = texts.map((text, index) => received(index + 1, text)).toReversed();
      const document = at(read(written('json', entries)), 'entries');
      const lines = written('ndjson', entries).split('\n').slice(0, -1);
      const textOf = (json: JsonText) => stringOf(at(json, 'text'));
      // Half surrogates do not pass the wire.
      const onTheWire = texts.map((text) => Buffer.from(text).toString());
      expect(elementsOf(document).map(textOf)).toEqual(onTheWire);
      expect(lines.map((line) => textOf(read(line)))).toEqual(onTheWire);
    }),
  );
});

test('a row in NDJSON has what is known of it, binary data in base64', () => {
  const entries = [sent(1, '{'), received(2, '', Uint8Array.of(0, 255, 16)), lost(3)];
  expect(written('ndjson', entries).split('\n').slice(0, -1)).toEqual([
    '{"id":1,"at":"1970-01-01T00:00:01.000Z","kind":"sent","name":"","frame":"Not JSON","text":"{","outcome":"lost"}',
    '{"id":2,"at":"1970-01-01T00:00:02.000Z","kind":"received","name":"","frame":"Binary 3 B","text":"(binary message of 3 bytes)","binary":"AP8Q","latencyMs":0.25,"statuses":[]}',
    '{"id":3,"at":"1970-01-01T00:00:03.000Z","kind":"connection","name":"","text":"Gave up after 1 attempt."}',
  ]);
});

test.each(['json', 'ndjson', 'har', 'playwright', 'vitest', 'wscat', 'node'] as const)(
  'no token is in %s unless it was asked for',
  (format) => {
    const request = sent(1, `{"KV_COUNT":{"tkn":"${token}"}}`);
    const reply = received(2, `{"KV_COUNT_RSP":{"st":1,"cnt":0,"tkn":"${token}"}}`);
    const entries = [request, { ...reply, name: 'KV_COUNT_RSP', requestId: 1 }];
    expect(written(format, entries, false)).not.toContain(token.slice(0, 8));
    expect(written(format, entries, false)).not.toBe('');
    expect(written(format, entries, true)).toContain(token);
  },
);

test.each(formatIds)('%s of some rows holds no token that another row has shown', (format) => {
  const other = '12345678901234567890';
  const created = received(1, `{"SH_NEW_RSP":{"st":1,"name":"a","tkn":"${other}"}}`);
  const rows: Entry[] = [
    sent(2, `{"KV_SET":{"tkn":"7","keys":{"note":"see ${other}"}}}`),
    { ...received(3, `{"KV_SET_RSP":{"tkn":"7","keys":{"note":"${other}"}}}`), requestId: 2 },
  ];
  const known = [created, ...rows];
  const { text } = exportFile({ entries: rows, known, facts, format, includesTokens: false });
  expect(text).toContain('note');
  expect(text).not.toContain(other);
});

/** Required members of HAR 1.2 and of Chrome's importer, with the kind of each. */
const harShape = {
  '': { version: 'string', creator: 'object', pages: 'array', entries: 'array' },
  creator: { name: 'string', version: 'string' },
  entry: {
    startedDateTime: 'string',
    time: 'number',
    request: 'object',
    response: 'object',
    cache: 'object',
    timings: 'object',
    _resourceType: 'string',
    _webSocketMessages: 'array',
  },
  request: {
    method: 'string',
    url: 'string',
    httpVersion: 'string',
    cookies: 'array',
    headers: 'array',
    queryString: 'array',
    headersSize: 'number',
    bodySize: 'number',
  },
  response: {
    status: 'number',
    statusText: 'string',
    httpVersion: 'string',
    cookies: 'array',
    headers: 'array',
    content: 'object',
    redirectURL: 'string',
    headersSize: 'number',
    bodySize: 'number',
  },
  content: { size: 'number', mimeType: 'string' },
  timings: { send: 'number', wait: 'number', receive: 'number' },
  pair: { name: 'string', value: 'string' },
  message: { type: 'string', time: 'number', opcode: 'number', data: 'string' },
} as const;

function expectShape(json: JsonText, shape: Readonly<Record<string, string>>): void {
  const members = membersOf(json);
  const kinds = Object.keys(shape).map((name) => {
    const member = members.get(name);
    return [name, member && kindOf(member)];
  });
  expect(Object.fromEntries(kinds)).toEqual(shape);
}

test('a HAR has all that the format and the network panel require', () => {
  const entries = [opened(1), sent(2, '{"a":1.0}'), received(3, '(binary)', Uint8Array.of(0, 255))];
  const log = at(read(written('har', entries)), 'log');
  expectShape(log, harShape['']);
  expect(at(log, 'version')).toBe('"1.2"');
  expectShape(at(log, 'creator'), harShape.creator);
  const entry = at(log, 'entries', 0);
  expectShape(entry, harShape.entry);
  expect(at(entry, '_resourceType')).toBe('"websocket"');
  expect(stringOf(at(entry, 'startedDateTime'))).toBe('1970-01-01T00:00:01.000Z');
  expect(at(entry, 'time')).toBe('2000.5');
  for (const part of ['request', 'response', 'timings'] as const) {
    expectShape(at(entry, part), harShape[part]);
  }
  expectShape(at(entry, 'response', 'content'), harShape.content);
  for (const pair of [
    ...elementsOf(at(entry, 'request', 'headers')),
    ...elementsOf(at(entry, 'request', 'queryString')),
    ...elementsOf(at(entry, 'response', 'headers')),
  ]) {
    expectShape(pair, harShape.pair);
  }
  expect(at(entry, 'request', 'method')).toBe('"GET"');
  expect(stringOf(at(entry, 'request', 'url'))).toBe(facts.url);
  expect(at(entry, 'request', 'queryString')).toBe('[{"name":"a","value":"b c"}]');
  expect(at(entry, 'response', 'status')).toBe('101');
  const messages = elementsOf(at(entry, '_webSocketMessages'));
  for (const message of messages) expectShape(message, harShape.message);
  expect(messages).toEqual([
    '{"type":"send","time":2,"opcode":1,"data":"{\\"a\\":1.0}"}',
    '{"type":"receive","time":3.0005,"opcode":2,"data":"AP8="}',
  ]);
});

test('a HAR has an entry for every connection, and none for attempts that came to nothing', () => {
  const countsOf = (entries: readonly Entry[]) =>
    elementsOf(at(read(written('har', entries)), 'log', 'entries')).map(
      (entry) => elementsOf(at(entry, '_webSocketMessages')).length,
    );
  expect(countsOf([])).toEqual([]);
  expect(countsOf([lost(1)])).toEqual([]);
  const first = [opened(1), sent(2, ''), received(3, ''), lost(4)];
  expect(countsOf([...first, opened(5), sent(6, '')])).toEqual([2, 1]);
  expect(countsOf([sent(2, ''), received(3, ''), lost(4), opened(5)])).toEqual([2, 0]);
});

test('a Playwright test switches the probe of the round trip off before its first message', () => {
  const entries: Entry[] = [
    sent(1, '{"SV_INFO":{}}'),
    { ...received(2, '{"SV_INFO_RSP":{"st":1}}'), name: 'SV_INFO_RSP', requestId: 1 },
  ];
  const { text } = exportFile({
    entries,
    known: entries,
    facts,
    format: 'playwright',
    includesTokens: false,
  });
  expect(text.indexOf("name: 'Measure latency'")).toBeGreaterThan(0);
  expect(text.indexOf("name: 'Measure latency'")).toBeLessThan(text.indexOf("ask('Received"));
});
