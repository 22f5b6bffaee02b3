import { expect, test } from 'vitest';
import type { ActOutcome } from '../acts.ts';
import { foundIn } from './findKeys.ts';
import { PathFinder } from './pathFinder.ts';

const keysFound = (names: readonly string[]) => (find: string) =>
  Promise.resolve(foundIn(names, find));

/** A finder whose commands are answered with these bodies, in order. */
function finder(...bodies: string[]) {
  const sent: string[] = [];
  const run = (message: string): Promise<ActOutcome> => {
    sent.push(message);
    const reply = `{"KV_FIND_RSP":${bodies[sent.length - 1] ?? '{"st":1000}'}}`;
    return Promise.resolve({ state: 'answered', reply, session: '1' });
  };
  const parts = { acts: { run }, sessionId: '1', prefix: () => '' };
  const found = new PathFinder({ ...parts, findKeys: keysFound(['Straße', 'items', 'other']) });
  return { finder: found, sent, state: () => found.store.getState() };
}

test('the server says which keys match, and then where', async () => {
  const {
    finder: path,
    sent,
    state,
  } = finder('{"st":1,"keys":["items"]}', String.raw`{"st":1,"paths":["$[0]['n']","$[2]['n']"]}`);
  await path.find(' $[*].n ');
  expect(sent).toEqual([
    '{"KV_FIND":{"path":"$[*].n","rsp":"keys"}}',
    '{"KV_FIND":{"path":"$[*].n","rsp":"paths","keys":["items"]}}',
  ]);
  expect(state()).toMatchObject({ keyCount: 1, isSearching: false });
  expect(state().places).toEqual([
    { key: 'items', steps: [0, 'n'] },
    { key: 'items', steps: [2, 'n'] },
  ]);
});

test('a wrong path is not sent, and the character is known', async () => {
  const { finder: path, sent, state } = finder();
  await path.find(' $[?@.n >]');
  expect(state()).toMatchObject({ faultAt: 9, places: [] });
  expect(sent).toEqual([]);
});

test('what is no path is part of the name of a key, whatever its case', async () => {
  const { finder: path, sent, state } = finder();
  await path.find('STRASSE');
  expect(state().places).toEqual([{ key: 'Straße', steps: [] }]);
  expect(sent).toEqual([]);
});

test('a refusal is said, and an answer that comes too late is left aside', async () => {
  const { finder: path, state } = finder('{"st":4,"tkn":null,"m":"path"}', '{"st":1,"keys":["x"]}');
  await path.find('$..a');
  expect(state().refusal).toMatch(/too costly/);
  const late = path.find('$..b');
  await path.find('');
  await late;
  expect(state()).toMatchObject({ text: '', places: [], keyCount: 0 });
});
