import { describe, expect, test } from 'vitest';
import { sharedInMemory, storedInMemory } from '../ui/storedInMemory.ts';
import { openScripted, type Answer } from '../../test/web/scriptedConnection.ts';
import { shippedLessons } from './shippedLessons.ts';
import { createTutorialStore } from './tutorialStore.ts';
import { outgoing } from '../connection/page/outgoing.ts';

const { lessons } = shippedLessons;
const token = '14247375118774737462';
const totals = '{"SH_INFO_ALL_RSP":{"totalSessions":0,"totalKeys":0}}';

/** The tutorial beside an open connection to a server that answers from a script. */
async function start(answer: Answer = () => [], stored = storedInMemory()) {
  const tutorial = createTutorialStore({ lessons, stored });
  const connection = await openScripted(answer);
  const stop = tutorial.follow(connection);
  const view = () => tutorial.store.getState();
  const key = (stepId = view().stepId) => `${view().lessonId}/${stepId}`;
  const result = (stepId?: string) => view().results.get(key(stepId));
  const isTicked = (stepId?: string) => view().ticked.has(key(stepId));
  /** As the lesson's Run does. */
  const run = (text: string) => {
    tutorial.handOut(text);
    connection.send(outgoing(text));
  };
  return { tutorial, connection, stored, stop, view, result, isTicked, run };
}

describe('ticking', () => {
  test('a message typed by hand ticks the current step', async () => {
    const { connection, result, isTicked } = await start(() => [totals]);
    connection.send(outgoing('{ "SH_INFO_ALL" : { } }'));
    expect(isTicked('whats-there')).toBe(true);
    expect(result('whats-there')).toEqual({
      state: 'passed',
      say: 'the server replied.',
      notes: ['No sessions yet, a clean slate.'],
    });
  });

  test('a server that holds data already is fine, and its numbers are shown', async () => {
    const { connection, result, isTicked } = await start(() => [
      '{"SH_INFO_ALL_RSP":{"totalSessions":3,"totalKeys":14}}',
    ]);
    connection.send(outgoing('{"SH_INFO_ALL":{}}'));
    expect(isTicked('whats-there')).toBe(true);
    expect(result('whats-there')).toMatchObject({
      notes: [expect.stringContaining("(sessions: 3, keys: 14). That's fine")],
    });
  });

  test('the token of an example gets a hint and the offer of one’s own', async () => {
    const { tutorial, connection, result, isTicked } = await start(() => [
      '{"SH_INFO_RSP":{"st":100,"tkn":"6029437712290154113","shared":null,"keyCnt":null}}',
    ]);
    tutorial.openStep('look-at-the-session');
    connection.send(outgoing('{"SH_INFO":{"tkn":"6029437712290154113"}}'));
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
    connection.send(outgoing('{"SH_INFO":{}}'));
    expect(result()).toMatchObject({ state: 'other', offer: { label: 'Use my token' } });
    connection.send(outgoing(`{"SH_INFO":{"tkn":"${token}"}}`));
    expect(result('look-at-the-session')).toMatchObject({ state: 'passed', notes: [] });
  });

  test('a key that is not there is no success: the step says to store it first', async () => {
    const { tutorial, connection, result } = await start(() => [
      `{"KV_GET_RSP":{"tkn":"${token}","keys":{"profile":null}}}`,
    ]);
    tutorial.openLesson('set-and-get');
    tutorial.openStep('get-the-object');
    connection.send(outgoing(`{"KV_GET":{"tkn":"${token}","keys":["profile"]}}`));
    expect(result()).toMatchObject({ offer: { label: 'Store the profile', does: 'run' } });
  });
});

/** Answers as a server with one session would. */
function oneSession(request: string): string[] {
  const name = /\w+/.exec(request)?.[0] ?? '';
  if (name === 'SH_INFO_ALL') return [totals];
  if (name === 'SH_NEW') {
    const { 0: given = 'user1' } = /(?<="name":")[^"]*/.exec(request) ?? {};
    return [`{"SH_NEW_RSP":{"st":1,"name":"${given}","tkn":"${token}"}}`];
  }
  if (name === 'SH_EXISTS') return [`{"SH_EXISTS_RSP":{"st":1,"exist":["${token}"]}}`];
  if (!request.includes(token)) {
    return [`{"${name}_RSP":{"st":100,"tkn":"5","shared":null,"keyCnt":null}}`];
  }
  return [
    `{"SH_INFO_RSP":{"st":1,"tkn":"${token}","shared":false,"keyCnt":0,"expiry":{"expires":true,"duration":15,"time":9,"deleteSession":true,"remaining":7}}}`,
  ];
}

describe('by hand', () => {
  test('each message ticks its step and opens the next, to the end of the lesson', async () => {
    const { connection, view } = await start(oneSession);
    connection.send(outgoing('{\n  "SH_INFO_ALL":{}\n}'));
    expect(view()).toMatchObject({
      stepId: 'create-your-first-session',
      byHand: { step: { id: 'whats-there' }, verdict: { state: 'passed' } },
    });
    connection.send(outgoing('{"SH_NEW":{"name":"user1"}}'));
    expect(view().stepId).toBe('look-at-the-session');
    connection.send(outgoing(`{"SH_INFO":{"tkn":"${token}"}}`));
    expect(view().stepId).toBe('try-it-yourself');
    expect(view().ticked.size).toBe(3);
  });

  test('a wrong try shows the hint of its step, and the right one after it ticks', async () => {
    const { connection, view, result, isTicked } = await start(oneSession);
    connection.send(outgoing('{"SH_INFO_ALL":{}}'));
    connection.send(outgoing('{"SH_NEW":{"name":"user1"}}'));
    connection.send(outgoing('{"SH_INFO":{"tkn":"14247375118774737463"}}'));
    expect(view().stepId).toBe('look-at-the-session');
    expect(result()).toMatchObject({ state: 'other', offer: { label: 'Use my token' } });
    connection.send(outgoing(`{"SH_INFO":{"tkn":"${token}"}}`));
    expect(isTicked('look-at-the-session')).toBe(true);
  });

  test('in another order each ticks its own, and the first that is not done stays open', async () => {
    const { connection, view, isTicked } = await start(oneSession);
    connection.send(outgoing('{"SH_NEW":{"name":"user1"}}'));
    expect(isTicked('create-your-first-session')).toBe(true);
    expect(view().stepId).toBe('whats-there');
    expect(view().byHand?.step.id).toBe('create-your-first-session');
    connection.send(outgoing('{"SH_INFO_ALL":{}}'));
    expect(view().stepId).toBe('look-at-the-session');
  });

  test('a wrong try for a step that is not open is shown beside the open one', async () => {
    const { connection, view, result } = await start(oneSession);
    connection.send(outgoing('{"SH_INFO":{"tkn":"5"}}'));
    expect(view()).toMatchObject({
      stepId: 'whats-there',
      byHand: { step: { id: 'look-at-the-session' }, verdict: { state: 'other' } },
    });
    expect(result('look-at-the-session')).toMatchObject({ state: 'other' });
  });

  test('the same step once more ticks nothing else and moves nothing', async () => {
    const { tutorial, connection, view } = await start(oneSession);
    tutorial.openLesson('sessions-that-expire');
    const first =
      '{"SH_NEW":{"name":"one-time code","expiry":{"duration":15,"deleteSession":true}}}';
    connection.send(outgoing(first));
    connection.send(outgoing(first));
    expect([...view().ticked]).toEqual(['sessions-that-expire/a-session-with-a-deadline']);
    expect(view().stepId).toBe('watch-the-countdown');
  });

  test('who went back to read a step that is done stays there', async () => {
    const { tutorial, connection, view, isTicked } = await start(oneSession);
    connection.send(outgoing('{"SH_INFO_ALL":{}}'));
    tutorial.openStep('whats-there');
    connection.send(outgoing('{"SH_NEW":{"name":"user1"}}'));
    expect(isTicked('create-your-first-session')).toBe(true);
    expect(view()).toMatchObject({
      stepId: 'whats-there',
      byHand: { step: { id: 'create-your-first-session' } },
    });
  });

  test('Run stays at its step; a message by hand after it moves on', async () => {
    const { connection, run, view, result } = await start(oneSession);
    run('{"SH_INFO_ALL":{}}');
    expect(view()).toMatchObject({ stepId: 'whats-there', byHand: undefined });
    expect(result()).toMatchObject({ state: 'passed' });
    connection.send(outgoing('{"SH_INFO":{"tkn":"5"}}'));
    expect(view().stepId).toBe('look-at-the-session');
    connection.send(outgoing('{"SH_NEW":{"name":"user1"}}'));
    expect(view().stepId).toBe('look-at-the-session');
  });

  test('a wrong token is no session that has ended', async () => {
    const { tutorial, connection, result, isTicked } = await start(oneSession);
    tutorial.openLesson('sessions-that-expire');
    tutorial.openStep('watch-the-countdown');
    connection.send(outgoing('{"SH_INFO":{"tkn":"5"}}'));
    expect(isTicked('after-the-deadline')).toBe(false);
    expect(result()).toMatchObject({ offer: { label: 'Create another one' } });
  });

  test('while a step waits for a deadline, what it receives ticks an earlier one', async () => {
    const { tutorial, connection, result, isTicked } = await start(oneSession);
    tutorial.openLesson('sessions-that-expire');
    tutorial.openStep('after-the-deadline');
    connection.send(outgoing(`{"SH_INFO":{"tkn":"${token}"}}`));
    expect(isTicked('watch-the-countdown')).toBe(true);
    expect(result()).toMatchObject({ state: 'other', say: 'Not yet expired.', waitSec: 8 });
  });

  test('a session without a deadline is not the one that the lesson asks for', async () => {
    const { tutorial, connection, view } = await start(oneSession);
    tutorial.openLesson('sessions-that-expire');
    connection.send(outgoing('{"SH_NEW":{"name":"user1"}}'));
    expect(view().ticked.size).toBe(0);
  });

  test('totals asked for at the start do not tick the count at the end', async () => {
    const { tutorial, connection, view } = await start(oneSession);
    tutorial.openLesson('ending-sessions');
    connection.send(outgoing('{"SH_INFO_ALL":{}}'));
    connection.send(outgoing(`{"SH_EXISTS":{"tkns":["${token}"]}}`));
    expect(view().ticked.size).toBe(0);
    tutorial.openStep('is-anything-left');
    connection.send(outgoing('{"SH_INFO_ALL":{}}'));
    expect([...view().ticked]).toEqual(['ending-sessions/is-anything-left']);
  });

  test('steps of other lessons are not ticked', async () => {
    const { connection, view } = await start(() => ['{"SH_END_RSP":{"st":1,"tkn":"5"}}']);
    connection.send(outgoing('{"SH_END":{"tkn":"5"}}'));
    expect(view().ticked.size).toBe(0);
    expect(view().results.size).toBe(0);
  });
});

describe('waiting', () => {
  test('a step waits from the moment its message is out', async () => {
    const { connection, result } = await start();
    connection.send(outgoing('{"SH_INFO_ALL":{}}'));
    expect(result()).toEqual({ state: 'waiting' });
  });

  test('a connection that ends first is reported', async () => {
    const { connection, result, isTicked } = await start(() => 'drop');
    connection.send(outgoing('{"SH_INFO_ALL":{}}'));
    expect(result()).toMatchObject({
      state: 'other',
      say: expect.stringMatching(/^The connection ended before the reply came/),
    });
    expect(isTicked()).toBe(false);
  });

  test('nothing waits for a connection that is not watched any more', async () => {
    const { connection, stop, view } = await start();
    connection.send(outgoing('{"SH_INFO_ALL":{}}'));
    stop();
    expect(view().results.size).toBe(0);
    connection.send(outgoing('{"SH_INFO_ALL":{}}'));
    expect(view().results.size).toBe(0);
  });
});

describe('the way through', () => {
  test('next goes from lesson to lesson, ticks what was read, and stops at the end', async () => {
    const { tutorial, view } = await start();
    const count = lessons.flatMap(({ steps }) => steps).length;
    for (let moves = 0; moves < 4; moves += 1) tutorial.next();
    expect(view()).toMatchObject({ lessonId: 'set-and-get', stepId: 'store-a-string' });
    expect(view().ticked.size).toBe(0);
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
    expect(view().stepId).toBe('try-it-yourself');
    for (let moves = 0; moves < 9; moves += 1) tutorial.back();
    expect(view()).toMatchObject({ lessonId: 'create-session', stepId: 'whats-there' });
  });

  test('a lesson opens at its first step that is not done', async () => {
    const { tutorial, connection, view } = await start(() => [totals]);
    connection.send(outgoing('{"SH_INFO_ALL":{}}'));
    tutorial.openLesson('set-and-get');
    tutorial.openLesson('create-session');
    expect(view().stepId).toBe('create-your-first-session');
  });

  test('names that do not exist lead nowhere', async () => {
    const { tutorial, view } = await start();
    tutorial.openLesson('nope');
    tutorial.openStep('nope');
    expect(view().stepId).toBe('whats-there');
  });
});

describe('what is kept', () => {
  test('ticks and place outlive the page; tokens and replies do not', async () => {
    const { tutorial, run, stored, view } = await start(() => [
      `{"SH_NEW_RSP":{"st":1,"name":"user1","tkn":"${token}"}}`,
    ]);
    tutorial.next();
    run('{"SH_NEW":{"name":"user1"}}');
    expect(stored.read()).toBe(
      '{"version":1,"lesson":"create-session","step":"create-your-first-session","ticked":["create-session/create-your-first-session"]}',
    );
    const { lessonId, stepId, ticked } = view();
    const reloaded = createTutorialStore({ lessons, stored });
    expect(reloaded.store.getState()).toMatchObject({
      lessonId,
      stepId,
      ticked,
      results: new Map(),
    });
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
    const { view } = await start(undefined, storedInMemory(text));
    expect(view()).toMatchObject({
      lessonId: 'create-session',
      stepId: 'whats-there',
      ticked: new Set(),
      results: new Map(),
    });
  });

  test('starting over forgets everything, and can be undone', async () => {
    const { tutorial, connection, stored, view } = await start(() => [totals]);
    connection.send(outgoing('{"SH_INFO_ALL":{}}'));
    tutorial.openLesson('set-and-get');
    const before = view();
    const undo = tutorial.startOver();
    expect(view()).toMatchObject({ stepId: 'whats-there', ticked: new Set() });
    expect(view().results.size).toBe(0);
    expect(stored.read()).toContain('"ticked":[]');
    undo();
    expect(view()).toEqual(before);
  });

  test('a console without lessons has nothing to show and does not fail', () => {
    const tutorial = createTutorialStore({ lessons: [], stored: storedInMemory() });
    tutorial.next();
    tutorial.back();
    tutorial.startOver();
    expect(tutorial.store.getState().lessonId).toBe('');
  });
});

test('what is done in one window is done in the other, and each keeps its place', () => {
  const shared = sharedInMemory();
  const open = () => createTutorialStore({ lessons, stored: shared.window() });
  const [one, other] = [open(), open()];
  const readings = lessons.flatMap(({ id, steps }) =>
    steps.filter(({ kind }) => kind === 'reading').map((step) => [id, step.id] as const),
  );
  const [first = ['', ''], second = ['', '']] = [readings[0], readings.at(-1)];
  // Neither sees the other before both have written.
  const read = (window: typeof one, [lessonId, stepId]: readonly [string, string]) => {
    window.openLesson(lessonId);
    window.openStep(stepId);
    window.next();
  };
  read(one, first);
  read(other, second);
  shared.deliver();
  const views = [one, other].map(({ store }) => store.getState());
  const ticked = new Set([first.join('/'), second.join('/')]);
  expect(views).toMatchObject([{ ticked }, { ticked }]);
  expect(views[0]?.lessonId).not.toBe(views[1]?.lessonId);
  one.startOver();
  shared.deliver();
  expect(other.store.getState().ticked.size).toBe(0);
});

test('unreadable progress is set aside, not written over', () => {
  const stored = storedInMemory('{"version":9}');
  const tutorial = createTutorialStore({ lessons, stored });
  tutorial.next();
  expect(stored.backup()).toBe('{"version":9}');
});
