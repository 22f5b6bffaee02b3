import { expect, test } from 'vitest';
import type { Entry, Outcome, ReceivedEntry, SentEntry } from '../connection/page/exchange.ts';
import { playwrightTest } from './playwrightTest.ts';
import { scenarioOf, type Part, type Scenario } from './scenario.ts';
import { wscatLines } from './wscatLines.ts';

const token = '14247375118774737462';
const otherToken = '9007199254740993';

function sent(id: number, text: string, state: Outcome['state'] = 'answered'): SentEntry {
  const name = /^{\s*"(\w+)"/.exec(text)?.[1] ?? '';
  // Of an outcome only its state matters here.
  const outcome = { state } as Outcome;
  const isQuiet = name.endsWith('Q');
  return { kind: 'sent', id, atMs: 0, text, name, bytes: 0, isQuiet, outcome };
}

function received(id: number, requestId: number | undefined, text: string): ReceivedEntry {
  const name = /^{\s*"(\w+)"/.exec(text)?.[1] ?? '';
  const facts = { bytes: 0, statuses: [], latencyMs: 1, learned: [] };
  return { kind: 'received', id, atMs: 0, text, name, requestId, ...facts };
}

/** Requests and replies one after the other, as a scenario. */
function scenario(...texts: string[]): Scenario {
  const entries = texts.map((text, at) =>
    at % 2 === 0 ? sent(at + 1, text) : received(at + 1, at, text),
  );
  return scenarioOf(entries, new Map());
}

/** Parts in one line, holes in angle brackets. */
function shown(parts: readonly Part[] | undefined): string | undefined {
  return parts
    ?.map((part) => {
      if (typeof part === 'string') return part;
      return part.kind === 'any' ? `<${part.type}>` : `<${part.kind} ${part.variable.name}>`;
    })
    .join('');
}

function lines({ steps }: Scenario): (string | undefined)[] {
  return steps.flatMap(({ request, reply }) => [shown(request), shown(reply?.text)]);
}

test('the first reply that gives a token defines it, also as a number and inside a value', () => {
  const played = scenario(
    '{"SH_NEW":{"name":"a"}}',
    `{"SH_NEW_RSP":{"st":1,"name":"a","tkn":"${token}"}}`,
    `{"KV_SET":{"tkn":${token},"keys":{"me":"I am ${token}"}}}`,
    `{ "KV_SET_RSP" : {"tkn":"${token}", "keys":{"me":20}}}`,
  );
  expect(lines(played)).toEqual([
    '{"SH_NEW":{"name":"a"}}',
    '{"SH_NEW_RSP":{"st":1,"name":"a","tkn":"<given token1>"}}',
    '{"KV_SET":{"tkn":<token token1>,"keys":{"me":"I am <token token1>"}}}',
    '{"KV_SET_RSP":{"tkn":"<token token1>","keys":{"me":20}}}',
  ]);
  expect(played.inputs).toEqual([]);
});

test('a token that no reply gives is an input, one made up by hand stays', () => {
  const played = scenario(
    `{"SH_EXISTS":{"tkns":["${otherToken}",7]}}`,
    `{"SH_EXISTS_RSP":{"st":1,"exist":["${otherToken}"]}}`,
    '{"KV_COUNT":{"tkn":"7"}}',
    '{"KV_COUNT_RSP":{"st":100,"tkn":"7","m":""}}',
    '{"SH_OPEN":{"name":"shared"}}',
    '{"SH_OPEN_RSP":{"st":1,"name":"shared","tkn":"42"}}',
  );
  expect(lines(played)).toEqual([
    '{"SH_EXISTS":{"tkns":["<token token1>",7]}}',
    '{"SH_EXISTS_RSP":{"st":1,"exist":["<token token1>"]}}',
    '{"KV_COUNT":{"tkn":"7"}}',
    '{"KV_COUNT_RSP":{"st":100,"tkn":"7","m":""}}',
    '{"SH_OPEN":{"name":"shared"}}',
    '{"SH_OPEN_RSP":{"st":1,"name":"shared","tkn":"<given token2>"}}',
  ]);
  expect(played.inputs).toEqual([{ name: 'token1', recorded: otherToken, source: 'input' }]);
});

test('what the catalog calls volatile may differ, everything else keeps its digits', () => {
  const played = scenario(
    '{"SH_INFO":{"tkn":"7"}}',
    '{"SH_INFO_RSP":{"st":1,"tkn":"7","keyCnt":2,"expiry":{"time":1700000060,"duration":60,"remaining":41}}}',
    '{"SV_INFO":{}}',
    '{"SV_INFO_RSP":{"st":1,"serverVersion":"1.2.3","persistEnabled":false}}',
    '{"SH_TOUCH":{"tkn":"7","duration":60}}',
    '{"SH_TOUCH_RSP":{"st":1,"tkn":"7","expiry":{"time":1700000060,"duration":60,"remaining":60}}}',
    '{"KV_CAS":{"tkn":"7","key":"a","old":{"time":1},"value":2}}',
    '{"KV_CAS_RSP":{"tkn":"7","st":28,"key":"a","value":{"time":1700000060}}}',
    '{"KV_GET":{"tkn":"7","keys":["totalKeys"]}}',
    '{"KV_GET_RSP":{"tkn":"7","keys":{"totalKeys":1.0,"time":9007199254740993}}}',
  );
  expect(lines(played).filter((_, at) => at % 2 === 1)).toEqual([
    '{"SH_INFO_RSP":{"st":1,"tkn":"7","keyCnt":2,"expiry":{"time":<number>,"duration":60,"remaining":<number>}}}',
    '{"SV_INFO_RSP":{"st":1,"serverVersion":<text>,"persistEnabled":false}}',
    '{"SH_TOUCH_RSP":{"st":1,"tkn":"7","expiry":{"time":<number>,"duration":60,"remaining":<number>}}}',
    '{"KV_CAS_RSP":{"tkn":"7","st":28,"key":"a","value":{"time":1700000060}}}',
    '{"KV_GET_RSP":{"tkn":"7","keys":{"totalKeys":1.0,"time":9007199254740993}}}',
  ]);
});

test('a row whose other half is not there is left out and counted, a quiet one stands alone', () => {
  const quiet = '{"KV_SETQ":{"tkn":"7","keys":{}}}';
  const entries: Entry[] = [
    sent(1, quiet, 'silent'),
    sent(2, quiet, 'lost'),
    sent(3, '{"SV_INFO":{}}', 'lost'),
    received(4, undefined, '{"news":1}'),
    received(5, 99, '{"SV_INFO_RSP":{}}'),
    { kind: 'connection', id: 6, atMs: 0, event: { event: 'gaveUp', attempts: 1 } },
    sent(7, quiet, 'waiting'),
  ];
  const { steps, leftOut } = scenarioOf(entries, new Map());
  expect(steps.map(({ name, reply }) => [name, reply])).toEqual([
    ['KV_SETQ', undefined],
    ['KV_SETQ', undefined],
  ]);
  expect(leftOut).toBe(4);
});

test('words of a message never get into a comment or a name of a generated file', () => {
  const name = 'NOPE\n*/ process.exit()';
  const entries = [
    { ...sent(1, '{}'), name },
    { ...received(2, 1, '{}'), name: `${name}_RSP` },
  ];
  const { steps } = scenarioOf(entries, new Map());
  expect(steps.map((step) => step.name)).toEqual(['message']);
});

const plain = { pageUrl: 'http://a:1', url: 'ws://a:1/', includesTokens: false };

test('a Playwright test goes to another server when the messages went there', () => {
  const played = scenario('{"SV_INFO":{}}', '{"SV_INFO_RSP":{"st":1}}');
  expect(playwrightTest({ ...plain, scenario: played })).not.toContain('Server URL');
  const elsewhere = playwrightTest({ ...plain, scenario: played, url: 'ws://b:2' });
  expect(elsewhere).toContain("'Server URL' }).fill('ws://b:2')");
});

test('a Playwright test sends braces that the console would take for a variable', () => {
  const played = scenario('{"A":"{{tkn}}"}', '{"A_RSP":1}', '{{', '{"ERR":1}');
  const text = playwrightTest({ ...plain, scenario: played });
  expect(text).toContain(String.raw`'{"A":"{\\u007btkn}}"}'`);
  expect(text).toContain('\'{{\', reply`{"ERR":1}`, { isHeldBack: true }');
});

test('a message that no shell can pass on is left out of the wscat lines, and said so', () => {
  const played = scenario('{"A":\0}', '{"ERR":1}');
  const text = wscatLines({ ...plain, scenario: played });
  expect(text).toContain('# message is left out: it holds U+0000');
  expect(text).not.toContain('\0');
});
