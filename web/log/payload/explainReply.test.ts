import { expect, test } from 'vitest';
import { isSuccess, statusCode, statusCodes, type StatusName } from '../../../protocol/status.ts';
import { explainReply } from './explainReply.ts';

/** The request with the cause in ⟦ ⟧, or undefined. */
function blamed(status: StatusName, request: string, reply = '{"X_RSP":{"m":""}}') {
  const [explanation] = explainReply({ text: reply, statuses: [status] }, request);
  const culprit = explanation?.culprit;
  if (!culprit) return undefined;
  const marked = culprit.ranges.reduceRight(
    (text, { start, end }) =>
      `${text.slice(0, start)}⟦${text.slice(start, end)}⟧${text.slice(end)}`,
    culprit.text,
  );
  return culprit.note === undefined ? marked : `${marked} ${culprit.note}`;
}

const blaming = (m: string) => `{"X_RSP":{"st":0,"tkn":null,"m":"${m}"}}`;

test('every status that is no success has its code, its name and a cause', () => {
  const names = Object.keys(statusCodes) as StatusName[];
  for (const status of names) {
    const explained = explainReply({ text: '{}', statuses: [status] }, '{"SH_NEW":{}}');
    if (isSuccess(status)) expect(explained).toEqual([]);
    else expect(explained).toMatchObject([{ status, code: statusCode(status) }]);
    for (const { cause } of explained) expect(cause).toMatch(/^[A-Z].+\.$/);
  }
});

test('every status of the catalog is explained with a place, or has none to show', () => {
  const request = '{"KV_FIND":{"tkn":"7","path":"$.","name":"n","key":"k","keys":["k"],"value":1}}';
  const withoutPlace = (Object.keys(statusCodes) as StatusName[])
    .filter((status) => !isSuccess(status))
    .filter((status) => {
      const reply = `{"KV_FIND_RSP":{"keys":{"k":${statusCode(status)}}}}`;
      return blamed(status, request, reply) === undefined;
    });
  expect(withoutPlace).toEqual(['PayLoadInvalid', 'JsonInvalid', 'Unknown']);
});

const culprits: readonly (readonly [StatusName, string, string, string])[] = [
  [
    'ValueTypeInvalid',
    '{"KV_GET": {"tkn":"7", "keys":5}}',
    blaming('keys'),
    '{"KV_GET":{"tkn":"7","keys":⟦5⟧}}',
  ],
  ['ValueSize', '{"SH_NEW":{"name":""}}', blaming('name'), '{"SH_NEW":{"name":⟦""⟧}}'],
  [
    'ParamMissing',
    '{"KV_GET":{"tkn":"7"}}',
    blaming('keys'),
    '{"KV_GET":{"tkn":"7"⟦}⟧} “keys” is missing here.',
  ],
  ['ValueMissing', '{"SH_NEW":{}}', blaming('name'), '{"SH_NEW":{⟦}⟧} “name” is missing here.'],
  [
    'SessionNotExist',
    '{"KV_GET":{"tkn":"7","keys":[]}}',
    blaming(''),
    '{"KV_GET":{"tkn":⟦"7"⟧,"keys":[]}}',
  ],
  [
    'SessionTokenInvalid',
    '{"KV_GET":{"tkn":7,"keys":[]}}',
    blaming(''),
    '{"KV_GET":{"tkn":⟦7⟧,"keys":[]}}',
  ],
  ['SessionTokenInvalid', '{"SH_INFO":{}}', blaming(''), '{"SH_INFO":{⟦}⟧} “tkn” is missing here.'],
  ['SessionOpenFail', '{"SH_OPEN":{"name":"a"}}', blaming(''), '{"SH_OPEN":{"name":⟦"a"⟧}}'],
  ['SessionNewFail', '{"SH_NEW":{"name":"a"}}', blaming(''), '{"SH_NEW":{"name":⟦"a"⟧}}'],
  ['CommandNotExist', '{"sh_new":{}}', blaming(''), '{⟦"sh_new"⟧:{}}'],
  ['CommandDisabled', '{"SH_END_ALL":{}}', blaming(''), '{⟦"SH_END_ALL"⟧:{}}'],
  ['CommandType', '{"SH_NEW":[1]}', blaming(''), '{"SH_NEW":⟦[1]⟧}'],
  ['CommandMultiple', '{"A":{},"B":{},"C":1}', '{"ERR":{}}', '{"A":{},⟦"B":{}⟧,⟦"C":1⟧}'],
  ['CommandSyntax', '[1, 2]', '{"ERR":{}}', '⟦[1,2]⟧'],
  [
    'CommandSyntax',
    '{"SH_INFO":{"tkn":"7","more":[1]}}',
    blaming(''),
    '{"SH_INFO":{"tkn":"7",⟦"more":[1]⟧}}',
  ],
  [
    'CommandSyntax',
    '{"SH_NEW":{"name":"a","expiry":{}}}',
    blaming('expiry'),
    '{"SH_NEW":{"name":"a","expiry":⟦{}⟧}}',
  ],
  [
    'PathInvalid',
    '{"KV_FIND":{"tkn":"7","path":"$.["}}',
    blaming('path'),
    '{"KV_FIND":{"tkn":"7","path":⟦"$.["⟧}}',
  ],
  [
    'NoPath',
    '{"KV_FIND":{"tkn":"7"}}',
    blaming('path'),
    '{"KV_FIND":{"tkn":"7"⟦}⟧} “path” is missing here.',
  ],
  [
    'KeyExists',
    '{"KV_ADD":{"tkn":"7","keys":{"a":{"b":1},"b":2}}}',
    '{"KV_ADD_RSP":{"tkn":"7","keys":{"a":20,"b":23}}}',
    '{"KV_ADD":{"tkn":"7","keys":{"a":{"b":1},⟦"b"⟧:2}}}',
  ],
  [
    'KeyNotExist',
    '{"KV_RMV":{"tkn":"7","keys":["a","b","c"]}}',
    '{"KV_RMV_RSP":{"tkn":"7","a":22,"b":24,"c":22}}',
    '{"KV_RMV":{"tkn":"7","keys":[⟦"a"⟧,"b",⟦"c"⟧]}}',
  ],
  [
    'KeyNotExist',
    '{"KV_ARR_APPEND":{"tkn":"7","key":"k","items":[1]}}',
    '{"KV_ARR_APPEND_RSP":{"st":22,"tkn":"7"}}',
    '{"KV_ARR_APPEND":{"tkn":"7","key":⟦"k"⟧,"items":[1]}}',
  ],
  [
    'JsonInvalid',
    '{"SH_NEW":{,}}',
    '{"ERR":{"st":3,"m":""}}',
    '{"SH_NEW":{⟦,⟧}} Expected a member name in double quotes.',
  ],
];

test.each(culprits)('%s in %s underlines the culprit', (...culprit) => {
  const [status, request, reply, expected] = culprit;
  expect(blamed(status, request, reply)).toBe(expected);
});

test.each<[StatusName, { request: string; marked: string; reply?: string }]>([
  [
    'SessionNotExist',
    {
      request: '{"KV_GET":{"tkn":"7","tkn":"8","keys":["a"]}}',
      marked: '{"KV_GET":{"tkn":⟦"7"⟧,"tkn":"8","keys":["a"]}}',
    },
  ],
  [
    'KeyExists',
    {
      request: '{"KV_ADD":{"tkn":"7","keys":{"a":1,"\\u0061":2}}}',
      marked: '{"KV_ADD":{"tkn":"7","keys":{⟦"a"⟧:1,"\\u0061":2}}}',
      reply: `{"KV_ADD_RSP":{"keys":{"a":${statusCode('KeyExists')}}}}`,
    },
  ],
  [
    'KeyNotExist',
    {
      request: '{"KV_GET":{"tkn":"7","keys":["a","a"]}}',
      marked: '{"KV_GET":{"tkn":"7","keys":[⟦"a"⟧,⟦"a"⟧]}}',
      reply: `{"KV_GET_RSP":{"keys":{"a":${statusCode('KeyNotExist')}}}}`,
    },
  ],
  [
    'CommandMultiple',
    {
      request: '{"KV_GET":{},"KV_GET":{"a":1},"KV_SET":{}}',
      marked: '{"KV_GET":{},"KV_GET":{"a":1},⟦"KV_SET":{}⟧}',
    },
  ],
  [
    'CommandSyntax',
    {
      request: '{"SV_INFO":{"a":{"b":1,"b":2},"a":3}}',
      marked: '{"SV_INFO":{⟦"a":{"b":1,"b":2}⟧,"a":3}}',
    },
  ],
])('%s: repeated members stay, and the first is to blame', (status, { request, marked, reply }) => {
  expect(blamed(status, request, reply)).toBe(marked);
});

test('without its request a reply is explained without a place', () => {
  const [explained] = explainReply({ text: '{}', statuses: ['SessionNotExist'] }, undefined);
  expect(explained).toMatchObject({ code: 100, culprit: undefined });
});

test('a text that breaks off is blamed at its end', () => {
  expect(blamed('JsonInvalid', '{"a":', '{"ERR":{}}')).toMatch(/^\{"a"⟦:⟧ /);
  expect(blamed('JsonInvalid', '', '{"ERR":{}}')).toBeDefined();
});
