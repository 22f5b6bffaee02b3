import { expect, test } from 'vitest';
import { readingOf } from '../worker/reading.ts';
import { learn, maxVariables } from './variables.ts';

function reply(text: string) {
  return readingOf(text).session;
}

const created = reply('{"SH_NEW_RSP":{"st":1,"name":"user1","tkn":"14247375118774737462"}}');

test('the token of a session that is gone is forgotten under every name', () => {
  const known = learn(new Map(), created);
  const gone = reply('{"KV_GET_RSP":{"st":100,"tkn":"14247375118774737462","m":""}}');
  expect(learn(known, gone).size).toBe(0);
  const ended = reply('{"SH_END_RSP":{"st":1,"tkn":"14247375118774737462"}}');
  expect(learn(known, ended).size).toBe(0);
});

test('a wrong token does not push the good one out', () => {
  const known = learn(new Map(), created);
  const wrong = reply('{"SH_INFO_RSP":{"st":100,"tkn":"999","shared":null,"keyCnt":null}}');
  expect(learn(known, wrong).get('tkn')).toBe('14247375118774737462');
});

test('reading or writing with the token of another session moves nothing', () => {
  const known = learn(new Map(), created);
  for (const read of [
    '{"KV_GET_RSP":{"st":1,"tkn":"5","keys":{"a":1}}}',
    '{"KV_SET_RSP":{"st":1,"tkn":"5"}}',
    '{"SH_INFO_RSP":{"st":1,"tkn":"5","shared":false,"keyCnt":0}}',
  ]) {
    expect(learn(known, reply(read))).toBe(known);
    expect(learn(new Map(), reply(read)).size).toBe(0);
  }
});

test('a name that cannot stand in braces gives a variable that can', () => {
  const learned = learn(new Map(), reply('{"SH_NEW_RSP":{"st":1,"name":"cart:{42}","tkn":"5"}}'));
  expect([...learned.keys()]).toEqual(['tkn', 'tkn:cart:%7B42%7D']);
});

test('a reply that names its session gives that variable its token, and only that', () => {
  const known = learn(new Map(), created);
  const learned = learn(known, reply('{"SH_INFO_RSP":{"st":1,"name":"other","tkn":"5"}}'));
  expect([...learned]).toEqual([...known, ['tkn:other', '5']]);
});

test('a session that is opened, or is there already, becomes the current one', () => {
  const known = learn(new Map(), created);
  const opened = learn(known, reply('{"SH_OPEN_RSP":{"st":1,"name":"shop","tkn":"5"}}'));
  expect(opened.get('tkn')).toBe('5');
  const there = learn(opened, reply('{"SH_NEW_RSP":{"st":103,"name":"shop2","tkn":"6"}}'));
  expect(there.get('tkn')).toBe('6');
  const refused = learn(there, reply('{"SH_OPEN_RSP":{"st":102,"name":"x","tkn":null}}'));
  expect(refused).toBe(there);
});

test('a reply that teaches nothing new leaves the variables as they are', () => {
  const known = learn(new Map(), created);
  expect(learn(known, created)).toBe(known);
  expect(learn(known, reply('{"KV_GET_RSP":{"st":100,"tkn":"5","m":""}}'))).toBe(known);
  expect(learn(known, reply('{"SH_INFO_ALL_RSP":{"sessions":[]}}'))).toBe(known);
});

test('at the limit the variable of the session named longest ago goes', () => {
  let variables = learn(new Map(), created);
  const learnSession = (name: string, tkn: number) => {
    variables = learn(variables, reply(`{"SH_NEW_RSP":{"st":1,"name":"${name}","tkn":"${tkn}"}}`));
  };
  for (let index = 0; index < maxVariables - 2; index += 1) learnSession(`other${index}`, index);
  learnSession('user1', 7);
  learnSession('last', 8);
  expect(variables.size).toBe(maxVariables);
  expect(variables.get('tkn:user1')).toBe('7');
  expect(variables.has('tkn:other0')).toBe(false);
  expect(variables.get('tkn')).toBe('8');
});
