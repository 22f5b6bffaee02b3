import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askServer } from '../connection/page/askServer.ts';
import { makeSocket, record, startServer, type ServerPeer } from '../../test/web/serverPeer.ts';
import { judgeTask } from './judgeTask.ts';
import type { Task } from './lesson.ts';
import { shippedLessons } from './shippedLessons.ts';

const tasks = shippedLessons.lessons.flatMap(({ title, steps }) =>
  steps.flatMap((step) => (step.kind === 'task' ? [{ title, task: step.task }] : [])),
);

let server: ServerPeer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

/** On an empty server: what is said of a task after these messages. */
async function after(task: Task, messages: readonly string[]) {
  const ask = (texts: readonly string[]) =>
    askServer({ url: server.url, subprotocols: [] }, texts, makeSocket);
  await ask(['{"SH_END_ALL":{}}']);
  const { variables } = await record(server.url, messages);
  return judgeTask(task, variables, ask);
}

const wayOf = (task: Task) => task.way.map(({ text }) => text);

test('lessons end with a task', () => {
  expect(tasks.map(({ title }) => title)).toEqual([
    'Create session',
    'Set and get',
    'Sessions that expire',
    'Shared sessions',
    'Find and update inside values',
    'Codes, counters and safe updates',
    'Watch and edit a session live',
  ]);
});

describe.each(tasks)('$title', ({ task }) => {
  test('the way that is shown is one', async () => {
    expect(await after(task, wayOf(task))).toEqual({
      met: task.goals.map(() => true),
      verdict: { state: 'passed', say: task.done, notes: [] },
    });
  });

  test('nothing of the way can be left out', async () => {
    const way = wayOf(task);
    for (const left of way) {
      const result = await after(
        task,
        way.filter((text) => text !== left),
      );
      expect([left, result?.verdict.state]).toEqual([left, 'other']);
    }
  });
});

const basket = (sec: number, isDeleted: boolean, more = '') =>
  `{"SH_NEW":{"name":"basket","expiry":{"duration":${sec},"deleteSession":${isDeleted}${more}}}}`;
const extended = ',"extendOnSetAdd":true';
const set = (keys: string) => `{"KV_SET":{"tkn":"{{tkn}}","keys":{${keys}}}}`;
const sale = '{"SH_NEW":{"name":"sale"}}';
const plain = '{"SH_NEW":{"name":"basket"}}';

interface NearMiss {
  readonly title: string;
  readonly miss: string;
  readonly messages: readonly string[];
  readonly said: string;
}

const nearMisses: readonly [string, string, readonly string[], string][] = [
  ['Create session', 'no session', [], 'You have no session called “basket” in this tab yet.'],
  ['Create session', 'another name', ['{"SH_NEW":{"name":"Basket"}}'], 'Names are case-sensitive'],
  ['Create session', 'no expiry', [plain], '`basket` has no expiry yet'],
  ['Create session', 'minutes for seconds', [basket(10, true)], 'in seconds, not in minutes'],
  ['Create session', 'another time', [basket(60, false)], 'ends after 60 seconds'],
  ['Set and get', 'an empty basket', [plain], 'no key `items` yet'],
  ['Set and get', 'a list as text', [plain, set('"items":"[1]","currency":"EUR"')], 'is a string'],
  ['Set and get', 'one key', [plain, set('"items":[]')], 'no key `currency` yet'],
  ['Set and get', 'other money', [plain, set('"items":[],"currency":"USD"')], 'is USD, not EUR'],
  ['Sessions that expire', 'never', [plain], 'no expiry yet'],
  ['Sessions that expire', 'short', [basket(15, true, extended)], 'has 15 seconds'],
  ['Sessions that expire', 'not extended', [basket(600, true)], "Storing doesn't extend"],
  [
    'Sessions that expire',
    'only its keys go',
    [basket(600, false, extended)],
    '`deleteSession` has to be true',
  ],
  ['Shared sessions', 'a private one', ['{"SH_NEW":{"name":"settings"}}'], "isn't shared"],
  [
    'Shared sessions',
    'no key',
    ['{"SH_NEW":{"name":"settings","shared":true}}'],
    'no key `language` yet',
  ],
  ['Find and update inside values', 'an empty sale', [sale], 'no list of two objects yet'],
  [
    'Find and update inside values',
    'one bike',
    [sale, set('"bikes":[{"price":9}]')],
    'no list of two objects yet',
  ],
  [
    'Find and update inside values',
    'a dear bike',
    [sale, set('"bikes":[{"price":900},{"price":9}]')],
    'costs more than 200',
  ],
  [
    'Find and update inside values',
    'a bike without a price',
    [sale, set('"bikes":[{},{"price":9}]')],
    'has no `price`',
  ],
  [
    'Watch and edit a session live',
    'no expiry',
    ['{"SH_NEW":{"name":"table4"}}', set('"dish":"coffee"')],
    'no expiry yet',
  ],
  [
    'Watch and edit a session live',
    'the dish before',
    [
      '{"SH_NEW":{"name":"table4","expiry":{"duration":600,"deleteSession":true}}}',
      set('"dish":"pasta"'),
    ],
    '`dish` is pasta, not coffee',
  ],
  ['Sessions that expire', 'empty', [basket(600, true, extended)], 'is still empty'],
  [
    'Sessions that expire',
    'one key',
    [basket(600, true, extended), set('"a":1')],
    'holds one key so far',
  ],
];

test.each(
  nearMisses.map(([title, miss, messages, said]): NearMiss => ({ title, miss, messages, said })),
)('$title with $miss: it says what is missing', async ({ title, messages, said }) => {
  const task = tasks.find((each) => each.title === title)?.task;
  const result = task && (await after(task, messages));
  expect(result?.verdict).toMatchObject({ state: 'other', say: expect.stringContaining(said) });
});

const shopTask = tasks.find(({ title }) => title.startsWith('Codes, counters'))?.task;
const shop = wayOf(shopTask ?? { goals: [], done: '', way: [] });
const changed = (from: string | RegExp, to: string) => shop.map((text) => text.replace(from, to));

test.each<[string, string[], string]>([
  ['a cheap thing', changed('340', '100'), 'Nothing in `items` costs more than 100'],
  ['a price as text', changed('340', '"340"'), 'Nothing in `items` costs more than 100'],
  ['one visit', changed('"by": 2', '"by": 1'), '`visits` is 1 so far'],
  ['half the time', changed('1800', '900'), '`basket` has 900 seconds'],
  ['a shop of one’s own', changed(/"shared": true/, '"shared": false'), "`shop` isn't shared"],
  ['a number for the currency', changed('"EUR"', '978'), '`currency` is 978'],
])('at the end of the course, %s is not enough', async (_, messages, said) => {
  const task = shopTask;
  const result = task && (await after(task, messages));
  expect(result?.verdict).toMatchObject({ state: 'other', say: expect.stringContaining(said) });
});

test('another order and other commands do as well', async () => {
  const [first, second] = tasks.map(({ task }) => task);
  const touched = [plain, '{"SH_TOUCH":{"tkn":"{{tkn}}","duration":600}}'];
  expect((first && (await after(first, touched)))?.verdict.state).toBe('passed');
  const quiet = [
    plain,
    '{"KV_SETQ":{"tkn":"{{tkn}}","keys":{"currency":"EUR"}}}',
    '{"SH_NEW":{"name":"other"}}',
    '{"KV_ADD":{"tkn":"{{tkn:basket}}","keys":{"items":[]}}}',
  ];
  expect((second && (await after(second, quiet)))?.verdict.state).toBe('passed');
});
