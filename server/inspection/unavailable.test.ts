import { afterEach, beforeEach, expect, test } from 'vitest';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { Inspector } from '../../test/server/inspectorClient.ts';
import { startTestServer, type TestServer } from '../../test/server/testServer.ts';
import { MemoryStore } from '../store/memory/memoryStore.ts';
import { unavailable } from '../store/refusals.ts';
import type { Question } from './questions.ts';

const views = new Set([
  'listSessions',
  'viewSessions',
  'listKeys',
  'viewKeys',
  'readTimeline',
  'livingTokens',
]);
const clock = new FakeClock();
let isDown: boolean;
let isBroken: boolean;
let server: TestServer;
let inspector: Inspector;

beforeEach(async () => {
  [isDown, isBroken] = [false, false];
  server = await startTestServer([], {
    clock,
    // A store that can lose its disk, or have a bug.
    createStore: (parts) =>
      new Proxy(new MemoryStore(parts), {
        get: (store, name) => {
          const member = Reflect.get(store, name) as unknown;
          if (typeof member !== 'function') return member;
          if (views.has(String(name)) && isDown) return () => unavailable();
          if (views.has(String(name)) && isBroken) return () => Promise.reject(new Error('a bug'));
          return member.bind(store) as unknown;
        },
      }),
  });
  inspector = await Inspector.open(server);
  await inspector.next('hello');
});

afterEach(async () => {
  inspector.terminate();
  await server.stop();
});

const questions: Question[] = [
  { type: 'reveal', id: 's1' },
  { type: 'value', id: 's1', key: 'a' },
  { type: 'peek', token: '7' },
  { type: 'moment', number: 5, id: 's1', at: 0, from: 0, count: 9 },
  { type: 'changes', number: 6, id: 's1', from: 0, end: 1 },
];

test.each(questions)(
  'while the store is unavailable, $type says so and can be asked again',
  async (question) => {
    isDown = true;
    inspector.ask(question);
    const { type, ...subject } = question;
    expect(await inspector.next('unanswered')).toMatchObject({
      question: type,
      ...('token' in subject && { token: subject.token }),
      ...('id' in subject && { id: subject.id }),
      ...('key' in subject && { key: subject.key }),
      ...('number' in subject && { number: subject.number }),
      status: 901,
    });
    isDown = false;
    inspector.ask(question);
    await inspector.next(answers[type]);
  },
);

const answers = {
  reveal: 'token',
  value: 'value',
  findKeys: 'foundKeys',
  peek: 'peeked',
  moment: 'moment',
  changes: 'changes',
} as const;

test('a bug while a question is answered is status 1000, and the next one is answered', async () => {
  isBroken = true;
  inspector.ask({ type: 'reveal', id: 's1' });
  expect(await inspector.next('unanswered')).toMatchObject({ id: 's1', status: 1000 });
  isBroken = false;
  await inspector.handled();
});

test('the list comes when the store is back', async () => {
  isDown = true;
  clock.advance(0);
  inspector.ask({ type: 'reveal', id: 's1' });
  await inspector.next('unanswered');
  isDown = false;
  clock.advance(1000);
  expect(await inspector.next('sessions')).toMatchObject({ isReset: true, totalSessions: 0 });
});
