import { expect, test } from 'vitest';
import { isSuccess, statusCode, statusCodes, type StatusName } from '../../../protocol/status.ts';
import { statusTexts } from '../../../protocol/statusTexts.ts';
import { explainReply } from './explainReply.ts';

/** The request with the cause in ⟦ ⟧, or undefined. */
function markedBy(status: StatusName, request: string, reply = '{"X_RSP":{"m":""}}') {
  const [explanation] = explainReply({ text: reply, statuses: [status] }, request);
  const fault = explanation?.fault;
  if (!fault) return undefined;
  const marked = fault.ranges.reduceRight(
    (text, { start, end }) =>
      `${text.slice(0, start)}⟦${text.slice(start, end)}⟧${text.slice(end)}`,
    fault.text,
  );
  return fault.note ? `${marked} ${Object.values(fault.note).join(' ')}` : marked;
}

const replyWithParam = (m: string) => `{"X_RSP":{"st":0,"tkn":null,"m":"${m}"}}`;

test('every status that is no success has its code, its name and a cause', () => {
  const names = Object.keys(statusCodes) as StatusName[];
  for (const status of names) {
    const explained = explainReply({ text: '{}', statuses: [status] }, '{"SH_NEW":{}}');
    if (isSuccess(status)) expect(explained).toEqual([]);
    else expect(explained).toMatchObject([{ status, code: statusCode(status) }]);
    expect(statusTexts[status].cause).toMatch(/^[A-Z].+\.$/);
  }
});

test('every status of the catalog is explained with a place, or has none to show', () => {
  const request = '{"KV_FIND":{"tkn":"7","path":"$.","name":"n","key":"k","keys":["k"],"value":1}}';
  const withoutPlace = (Object.keys(statusCodes) as StatusName[])
    .filter((status) => !isSuccess(status))
    .filter((status) => {
      const reply = `{"KV_FIND_RSP":{"keys":{"k":${statusCode(status)}}}}`;
      return markedBy(status, request, reply) === undefined;
    });
  expect(withoutPlace).toEqual(['PayLoadInvalid', 'JsonInvalid', 'Unknown']);
});

const faults: readonly (readonly [StatusName, string, string, string])[] = [
  [
    'ValueTypeInvalid',
    '{"KV_GET": {"tkn":"7", "keys":5}}',
    replyWithParam('keys'),
    '{"KV_GET":{"tkn":"7","keys":⟦5⟧}}',
  ],
  ['ValueSize', '{"SH_NEW":{"name":""}}', replyWithParam('name'), '{"SH_NEW":{"name":⟦""⟧}}'],
  [
    'ParamMissing',
    '{"KV_GET":{"tkn":"7"}}',
    replyWithParam('keys'),
    '{"KV_GET":{"tkn":"7"⟦}⟧} missing keys',
  ],
  ['ValueMissing', '{"SH_NEW":{}}', replyWithParam('name'), '{"SH_NEW":{⟦}⟧} missing name'],
  [
    'SessionNotExist',
    '{"KV_GET":{"tkn":"7","keys":[]}}',
    replyWithParam(''),
    '{"KV_GET":{"tkn":⟦"7"⟧,"keys":[]}}',
  ],
  [
    'SessionTokenInvalid',
    '{"KV_GET":{"tkn":7,"keys":[]}}',
    replyWithParam(''),
    '{"KV_GET":{"tkn":⟦7⟧,"keys":[]}}',
  ],
  ['SessionTokenInvalid', '{"SH_INFO":{}}', replyWithParam(''), '{"SH_INFO":{⟦}⟧} missing tkn'],
  [
    'ValueSize',
    '{"KV_INCR":{"tkn":"7","key":"n"}}',
    replyWithParam('by'),
    '{"KV_INCR":{"tkn":"7","key":⟦"n"⟧}}',
  ],
  [
    'ValueTypeInvalid',
    '{"KV_INCR":{"tkn":"7","key":"n","by":1.0}}',
    replyWithParam('by'),
    '{"KV_INCR":{"tkn":"7","key":"n","by":⟦1.0⟧}}',
  ],
  [
    'ParamMissing',
    '{"KV_CAS":{"tkn":"7","key":"k"}}',
    replyWithParam('value'),
    '{"KV_CAS":{"tkn":"7","key":"k"⟦}⟧} missing value',
  ],
  [
    'ValueChanged',
    '{"KV_CAS":{"tkn":"7","key":"k","old":4,"value":3}}',
    '{"KV_CAS_RSP":{"tkn":"7","st":28,"key":"k","value":3}}',
    '{"KV_CAS":{"tkn":"7","key":"k","old":⟦4⟧,"value":3}}',
  ],
  [
    'ValueChanged',
    '{"KV_CAS":{"tkn":"7","key":"k","value":3}}',
    '{"KV_CAS_RSP":{"tkn":"7","st":28,"key":"k","value":3}}',
    '{"KV_CAS":{"tkn":"7","key":⟦"k"⟧,"value":3}}',
  ],
  [
    'CommandSyntax',
    '{"SH_TOUCH":{"tkn":"7","time":5}}',
    replyWithParam(''),
    '{"SH_TOUCH":{"tkn":"7",⟦"time":5⟧}}',
  ],
  [
    'LimitReached',
    '{"KV_SETQ":{"tkn":"7"}}',
    replyWithParam('maxKeys'),
    '{⟦"KV_SETQ"⟧:{"tkn":"7"}}',
  ],
  ['SessionOpenFail', '{"SH_OPEN":{"name":"a"}}', replyWithParam(''), '{"SH_OPEN":{"name":⟦"a"⟧}}'],
  ['SessionNewFail', '{"SH_NEW":{"name":"a"}}', replyWithParam(''), '{"SH_NEW":{"name":⟦"a"⟧}}'],
  ['CommandNotExist', '{"sh_new":{}}', replyWithParam(''), '{⟦"sh_new"⟧:{}}'],
  ['CommandDisabled', '{"SH_END_ALL":{}}', replyWithParam(''), '{⟦"SH_END_ALL"⟧:{}}'],
  ['CommandType', '{"SH_NEW":[1]}', replyWithParam(''), '{"SH_NEW":⟦[1]⟧}'],
  ['CommandMultiple', '{"A":{},"B":{},"C":1}', '{"ERR":{}}', '{"A":{},⟦"B":{}⟧,⟦"C":1⟧}'],
  ['CommandSyntax', '[1, 2]', '{"ERR":{}}', '⟦[1,2]⟧'],
  [
    'CommandSyntax',
    '{"SH_INFO":{"tkn":"7","more":[1]}}',
    replyWithParam(''),
    '{"SH_INFO":{"tkn":"7",⟦"more":[1]⟧}}',
  ],
  [
    'CommandSyntax',
    '{"SH_NEW":{"name":"a","expiry":{}}}',
    replyWithParam('expiry'),
    '{"SH_NEW":{"name":"a","expiry":⟦{}⟧}}',
  ],
  [
    'PathInvalid',
    '{"KV_FIND":{"tkn":"7","path":"$.["}}',
    replyWithParam('path'),
    '{"KV_FIND":{"tkn":"7","path":⟦"$.["⟧}}',
  ],
  [
    'NoPath',
    '{"KV_FIND":{"tkn":"7"}}',
    replyWithParam('path'),
    '{"KV_FIND":{"tkn":"7"⟦}⟧} missing path',
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
    '{"SH_NEW":{⟦,⟧}} notJson Expected a member name in double quotes',
  ],
];

test.each(faults)('%s in %s underlines the fault', (...row) => {
  const [status, request, reply, expected] = row;
  expect(markedBy(status, request, reply)).toBe(expected);
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
])('%s: repeated members stay, and the first is marked', (status, { request, marked, reply }) => {
  expect(markedBy(status, request, reply)).toBe(marked);
});

test('without its request a reply is explained without a place', () => {
  const [explained] = explainReply({ text: '{}', statuses: ['SessionNotExist'] }, undefined);
  expect(explained).toMatchObject({ code: 100, fault: undefined });
});

test('a text that breaks off is marked at its end', () => {
  expect(markedBy('JsonInvalid', '{"a":', '{"ERR":{}}')).toMatch(/^\{"a"⟦:⟧ /);
  expect(markedBy('JsonInvalid', '', '{"ERR":{}}')).toBeDefined();
});
