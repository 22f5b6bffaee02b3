import { describe, expect, test } from 'vitest';
import type { StoredText } from '../ui/stored.ts';
import { openScripted, type Answer } from './scriptedConnection.ts';
import { shippedLessons } from './shippedLessons.ts';
import { createTutorialStore } from './tutorialStore.ts';

const { lessons } = shippedLessons;
const token = '14247375118774737462';
const totals = '{"SH_INFO_ALL_RSP":{"totalSessions":0,"totalKeys":0}}';

/** A storage of one text. */
function memory(text?: string): StoredText & { text: () => string | undefined } {
  let kept = text;
  return {
    text: () => kept,
    read: () => kept,
    write: (written) => {
      kept = written;
      return true;
    },
    setAside: () => {},
  };
}

/** The tutorial beside an open connection to a server that answers as told. */
async function start(answer: Answer = () => [], stored = memory()) {
  const tutorial = createTutorialStore({ lessons, stored });
  const connection = await openScripted(answer);
  const stop = tutorial.follow(connection);
  const view = () => tutorial.store.getState();
  const key = () => `${view().lessonId}/${view().stepId}`;
  const result = () => view().results.get(key());
  const isTicked = () => view().ticked.has(key());
  return { tutorial, connection, stored, stop, view, result, isTicked };
}

describe('ticking', () => {
  test('a message typed by hand ticks the current step', async () => {
    const { connection, result, isTicked } = await start(() => [totals]);
    connection.send('{ "SH_INFO_ALL" : { } }');
    expect(isTicked()).toBe(true);
    expect(result()).toEqual({
      state: 'passed',
      say: 'the server has answered.',
      notes: ['No session and no key so far: a clean desk.'],
    });
  });

  test('a server that holds data already is fine, and is told in numbers', async () => {
    const { connection, result, isTicked } = await start(() => [
      '{"SH_INFO_ALL_RSP":{"totalSessions":3,"totalKeys":14}}',
    ]);
    connection.send('{"SH_INFO_ALL":{}}');
    expect(isTicked()).toBe(true);
    expect(result()).toMatchObject({
      notes: [expect.stringContaining('(sessions: 3, keys: 14). That is fine.')],
    });
  });

  test('the token of an example gets a hint and the offer of one’s own', async () => {
    const { tutorial, connection, result, isTicked } = await start(() => [
      '{"SH_INFO_RSP":{"st":100,"tkn":"6029437712290154113","shared":null,"keyCnt":null}}',
    ]);
    tutorial.openStep('look-at-the-session');
    connection.send('{"SH_INFO":{"tkn":"6029437712290154113"}}');
    expect(isTicked()).toBe(false);
    expect(result()).toMatchObject({
      state: 'other',
      say: expect.stringContaining('Status 100: this server has no session with that token'),
      offer: {
        label: 'Use my token',
        does: 'insert',
        message: { text: '{\n  "SH_INFO": {\n    "tkn": "{{tkn}}"\n  }\n}' },
      },
    });
  });

  test('the right reply after a hint ticks the step', async () => {
    const replies = [
      '{"SH_INFO_RSP":{"st":101,"tkn":null,"m":""}}',
      `{"SH_INFO_RSP":{"st":1,"tkn":"${token}","shared":false,"keyCnt":0,"expiry":{"expires":false,"duration":0,"time":0,"deleteSession":false}}}`,
    ];
    const { tutorial, connection, result } = await start(() => replies.splice(0, 1));
    tutorial.openStep('look-at-the-session');
    connection.send('{"SH_INFO":{}}');
    expect(result()).toMatchObject({ state: 'other', offer: { label: 'Use my token' } });
    connection.send(`{"SH_INFO":{"tkn":"${token}"}}`);
    expect(result()).toMatchObject({ state: 'passed', notes: [] });
  });

  test('a reply that belongs to another step ticks nothing', async () => {
    const { connection, view } = await start(() => [
      `{"SH_NEW_RSP":{"st":1,"name":"user1","tkn":"${token}"}}`,
    ]);
    connection.send('{"SH_NEW":{"name":"user1"}}');
    expect(view().ticked.size).toBe(0);
    expect(view().results.size).toBe(0);
  });

  test('a key that is not there is no success: the step says to store it first', async () => {
    const { tutorial, connection, result } = await start(() => [
      `{"KV_GET_RSP":{"tkn":"${token}","keys":{"profile":null}}}`,
    ]);
    tutorial.openLesson('set-and-get');
    tutorial.openStep('get-the-object');
    connection.send(`{"KV_GET":{"tkn":"${token}","keys":["profile"]}}`);
    expect(result()).toMatchObject({ offer: { label: 'Store the profile', does: 'run' } });
  });
});

describe('waiting', () => {
  test('a step waits from the moment its message is out', async () => {
    const { connection, result } = await start();
    connection.send('{"SH_INFO_ALL":{}}');
    expect(result()).toEqual({ state: 'waiting' });
  });

  test('a connection that ends first is told', async () => {
    const { connection, result, isTicked } = await start(() => 'drop');
    connection.send('{"SH_INFO_ALL":{}}');
    expect(result()).toMatchObject({
      state: 'other',
      say: expect.stringMatching(/^The connection ended before the reply came/),
    });
    expect(isTicked()).toBe(false);
  });

  test('nothing waits for a connection that is not watched any more', async () => {
    const { connection, stop, view } = await start();
    connection.send('{"SH_INFO_ALL":{}}');
    stop();
    expect(view().results.size).toBe(0);
    connection.send('{"SH_INFO_ALL":{}}');
    expect(view().results.size).toBe(0);
  });
});

describe('the way through', () => {
  test('next goes from lesson to lesson, ticks what was read, and stops at the end', async () => {
    const { tutorial, view } = await start();
    const count = lessons.flatMap(({ steps }) => steps).length;
    for (let moves = 0; moves < 4; moves += 1) tutorial.next();
    expect(view()).toMatchObject({ lessonId: 'set-and-get', stepId: 'store-a-string' });
    expect([...view().ticked]).toEqual(['create-session/where-to-go-from-here']);
    for (let moves = 0; moves < count; moves += 1) tutorial.next();
    const [last] = lessons.slice(-1);
    expect(view()).toMatchObject({ lessonId: last?.id, stepId: last?.steps.at(-1)?.id });
    const read = lessons.flatMap(({ steps }) => steps.filter(({ kind }) => kind === 'reading'));
    expect(view().ticked.size).toBe(read.length);
  });

  test('back goes into the lesson before, and stays at the very first step', async () => {
    const { tutorial, view } = await start();
    tutorial.openLesson('set-and-get');
    tutorial.back();
    expect(view().stepId).toBe('where-to-go-from-here');
    for (let moves = 0; moves < 9; moves += 1) tutorial.back();
    expect(view()).toMatchObject({ lessonId: 'create-session', stepId: 'what-is-here-already' });
  });

  test('a lesson opens at its first step that is not done', async () => {
    const { tutorial, connection, view } = await start(() => [totals]);
    connection.send('{"SH_INFO_ALL":{}}');
    tutorial.openLesson('set-and-get');
    tutorial.openLesson('create-session');
    expect(view().stepId).toBe('make-a-session');
  });

  test('names that do not exist lead nowhere', async () => {
    const { tutorial, view } = await start();
    tutorial.openLesson('nope');
    tutorial.openStep('nope');
    expect(view().stepId).toBe('what-is-here-already');
  });
});

describe('what is kept', () => {
  test('ticks and place outlive the page; tokens and replies do not', async () => {
    const { tutorial, connection, stored, view } = await start(() => [
      `{"SH_NEW_RSP":{"st":1,"name":"user1","tkn":"${token}"}}`,
    ]);
    tutorial.next();
    connection.send('{"SH_NEW":{"name":"user1"}}');
    expect(stored.text()).toBe(
      '{"version":1,"lesson":"create-session","step":"make-a-session","ticked":["create-session/make-a-session"]}',
    );
    const { lessonId, stepId, ticked } = view();
    const reloaded = createTutorialStore({ lessons, stored });
    expect(reloaded.store.getState()).toEqual({ lessonId, stepId, ticked, results: new Map() });
  });

  test.each([
    undefined,
    '',
    '{',
    '[]',
    '{"version":2,"lesson":"set-and-get","step":"get-the-object","ticked":[]}',
    '{"version":1,"lesson":"set-and-get","step":"get-the-object","ticked":"all"}',
    '{"version":1,"lesson":"gone","step":"gone","ticked":["gone/gone"]}',
  ])('%s in the storage counts as nothing', async (text) => {
    const { view } = await start(undefined, memory(text));
    expect(view()).toEqual({
      lessonId: 'create-session',
      stepId: 'what-is-here-already',
      ticked: new Set(),
      results: new Map(),
    });
  });

  test('starting over forgets everything', async () => {
    const { tutorial, connection, stored, view } = await start(() => [totals]);
    connection.send('{"SH_INFO_ALL":{}}');
    tutorial.openLesson('set-and-get');
    tutorial.startOver();
    expect(view()).toMatchObject({ stepId: 'what-is-here-already', ticked: new Set() });
    expect(view().results.size).toBe(0);
    expect(stored.text()).toContain('"ticked":[]');
  });

  test('a console without lessons has nothing to show and does not fail', () => {
    const tutorial = createTutorialStore({ lessons: [], stored: memory() });
    tutorial.next();
    tutorial.back();
    tutorial.startOver();
    expect(tutorial.store.getState().lessonId).toBe('');
  });
});
