import { readMessage } from '../../protocol/wire/namedMessage.ts';
import { expect, test } from 'vitest';
import { judge, readReply } from './judge.ts';
import { readCheck, toMessage } from './readCheck.ts';

const ownMessage = toMessage('{"KV_GET":{"tkn":"{{tkn}}","keys":["a"]}}');

function judged(checkText: string, replyText: string, requestText?: string) {
  const check = readCheck(checkText, ownMessage);
  if (!check.ok) throw new Error(check.refusal);
  return judge(
    check.value,
    readReply(requestText === undefined ? undefined : readMessage(requestText), replyText),
  );
}

const simple = `{
  "reply": "KV_GET_RSP", "match": {"keys":{"a":{"$not":null}}}, "done": "a is {keys.a}, {{tkn}} and {nothing} stay",
  "hints": [{"when":{"keys":{"a":null}},"say":"a is {keys.a}","offer":{"label":"Again"}}],
  "notes": [{"when":{"keys":{"a":1}},"say":"one"},{"when":{},"say":"always"}]
}`;

test('a reply that matches passes, with the words and notes that apply', () => {
  expect(judged(simple, '{"KV_GET_RSP":{"tkn":"5","keys":{"a":1}}}')).toEqual({
    state: 'passed',
    say: 'a is 1, {{tkn}} and {nothing} stay',
    notes: ['one', 'always'],
  });
});

test('what a reply puts into the words is cut short', () => {
  const reply = `{"KV_GET_RSP":{"keys":{"a":"${'x'.repeat(100)}"}}}`;
  expect(judged(simple, reply)).toMatchObject({
    say: expect.stringContaining(`${'x'.repeat(40)}…,`),
  });
  // Never within a character of two units.
  const emoji = `{"KV_GET_RSP":{"keys":{"a":"${'x'.repeat(39)}😀y"}}}`;
  expect(judged(simple, emoji)).toMatchObject({
    say: expect.stringContaining(`${'x'.repeat(39)}…,`),
  });
});

test('a known other reply gets its hint and its offer', () => {
  expect(judged(simple, '{"KV_GET_RSP":{"keys":{"a":null}}}')).toEqual({
    state: 'other',
    say: 'a is null',
    offer: { label: 'Again', does: 'insert', message: ownMessage },
    waitSec: undefined,
    isHint: true,
  });
});

test('a refusal without a hint shows the cause of its status', () => {
  const verdict = judged(simple, '{"KV_GET_RSP":{"st":26,"tkn":null,"m":"keys"}}');
  expect(verdict).toMatchObject({
    state: 'other',
    say: expect.stringMatching(/26, ParamMissing: /),
  });
});

test('a reply about something else says what is missing in it', () => {
  expect(judged(simple, '{"KV_GET_RSP":{"keys":{"b":1}}}')).toMatchObject({
    say: expect.stringContaining('needs `keys.a`, which the reply does not have'),
  });
  expect(judged(simple, '{"KV_GET_RSP":7}')).toMatchObject({
    say: expect.stringContaining('the reply is 7, not an object'),
  });
});

test('replies of other names, and text that is no reply, are none of its business', () => {
  expect(judged(simple, '{"KV_SET_RSP":{"keys":{"a":20}}}')).toBeUndefined();
  expect(judged(simple, 'hello')).toBeUndefined();
});

test('a check may ask for a request; other exchanges are passed over', () => {
  const asking = '{"reply":"KV_GET_RSP","request":{"keys":["a"]},"match":{},"done":"yes"}';
  const reply = '{"KV_GET_RSP":{"keys":{}}}';
  expect(judged(asking, reply, '{"KV_GET":{"tkn":"5","keys":["a"]}}')).toMatchObject({
    state: 'passed',
  });
  expect(judged(asking, reply, '{"KV_GET":{"tkn":"5","keys":["b"]}}')).toBeUndefined();
  expect(judged(asking, reply)).toBeUndefined();
});

test('a hint can take from the reply how long to wait: its whole seconds, and the one begun', () => {
  const waiting = simple.replace('"offer":{"label":"Again"}', '"wait":"left.sec"');
  const reply = (left: string) => `{"KV_GET_RSP":{"keys":{"a":null},"left":${left}}}`;
  expect(judged(waiting, reply('{"sec":9}'))).toMatchObject({ state: 'other', waitSec: 10 });
  expect(judged(waiting, reply('{"sec":"soon"}'))).toMatchObject({ waitSec: undefined });
  expect(judged(waiting, reply('null'))).toMatchObject({ waitSec: undefined });
});
