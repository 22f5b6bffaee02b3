import { expect, test } from 'vitest';
import type { ActOutcome } from './acts.ts';
import { faultOf } from './actWords.ts';

const answered = (reply: string | undefined): ActOutcome => ({
  state: 'answered',
  reply,
  session: undefined,
});

test.each([
  '{"SH_END_RSP":{"st":1,"tkn":"··"}}',
  '{"KV_CAS_RSP":{"tkn":"··","st":24,"key":"a"}}',
  '{"KV_SET_RSP":{"tkn":"··","keys":{"a":20,"b":21}}}',
  '{"SH_INFO_ALL_RSP":{"totalSessions":1,"totalKeys":2}}',
  undefined,
])('%s is no fault', (reply) => {
  expect(faultOf(answered(reply), '')).toBeUndefined();
});

test.each<[ActOutcome, RegExp]>([
  [answered('{"SH_END_RSP":{"st":100,"tkn":null,"m":""}}'), /session/],
  [answered('{"SH_END_RSP":{"st":902,"tkn":null,"m":""}}'), /may only read/],
  [answered('{"ERR":{"st":3,"m":""}}'), /JSON/],
  [{ state: 'lost' }, /result is unknown/],
  [{ state: 'refused', right: 'end' }, /lacks the right to end/],
  [{ state: 'refused', right: undefined }, /begin with “shop”/],
])('%o is said in words', (outcome, words) => {
  expect(faultOf(outcome, 'shop')).toMatch(words);
});
