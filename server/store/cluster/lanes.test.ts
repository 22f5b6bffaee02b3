import { beforeEach, expect, test } from 'vitest';
import { ok, type Result } from '../../../protocol/result.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Refusal } from '../../../protocol/wire/reply.ts';
import { unavailable } from '../refusals.ts';
import { Lanes } from './lanes.ts';
import type { Again } from './outcomes.ts';

type Outcome = Result<string, Refusal> | Again;

const token = '7' as Token;
const again: Again = { ok: undefined, isForgotten: false };

/** Calls as they leave, each with a way to answer it. */
let sent: { name: string; answer: (outcome: Outcome) => void }[];
let resume: () => void;
let lanes: Lanes;

beforeEach(() => {
  sent = [];
  const pause = () =>
    new Promise<void>((resolve) => {
      resume = resolve;
    });
  lanes = new Lanes({ pause, waitMs: 60_000 });
});

const call = (name: string, options?: { isAlone: boolean }) =>
  lanes.send<string>(
    token,
    () =>
      new Promise<Outcome>((answer) => {
        sent.push({ name, answer });
      }),
    options,
  );

const names = () => sent.map(({ name }) => name);

async function answer(at: number, outcome: Outcome): Promise<void> {
  sent[at]?.answer(outcome);
  await new Promise(setImmediate);
}

test('calls for one session leave without waiting for replies', async () => {
  const outcomes = [call('a'), call('b')];
  expect(names()).toEqual(['a', 'b']);
  await answer(1, ok('B'));
  await answer(0, ok('A'));
  expect(await Promise.all(outcomes)).toEqual([ok('A'), ok('B')]);
});

test('calls that were not carried out are sent again in their order, before those that came later', async () => {
  const outcomes = [call('a'), call('b')];
  await answer(0, again);
  outcomes.push(call('c'));
  expect(names()).toEqual(['a', 'b']);
  await answer(1, again);
  resume();
  await new Promise(setImmediate);
  expect(names()).toEqual(['a', 'b', 'a', 'b']);
  await answer(2, ok('A'));
  await answer(3, ok('B'));
  expect(names()).toEqual(['a', 'b', 'a', 'b', 'c']);
  await answer(4, ok('C'));
  expect(await Promise.all(outcomes)).toEqual([ok('A'), ok('B'), ok('C')]);
});

test('a call that a later one has overtaken is refused, as it would come too late', async () => {
  const outcomes = [call('a'), call('b'), call('c')];
  await answer(0, again);
  await answer(1, ok('B'));
  await answer(2, again);
  resume();
  await new Promise(setImmediate);
  expect(names()).toEqual(['a', 'b', 'c', 'c']);
  await answer(3, ok('C'));
  expect(await Promise.all(outcomes)).toEqual([unavailable(), ok('B'), ok('C')]);
});

test('a call of several steps holds up those after it', async () => {
  const outcomes = [call('a'), call('steps', { isAlone: true }), call('b')];
  expect(names()).toEqual(['a', 'steps']);
  await answer(0, ok('A'));
  await answer(1, ok('S'));
  expect(names()).toEqual(['a', 'steps', 'b']);
  await answer(2, ok('B'));
  expect(await Promise.all(outcomes)).toEqual([ok('A'), ok('S'), ok('B')]);
});

test('a call that is never carried out is refused in the end', async () => {
  lanes = new Lanes({ pause: async () => undefined, waitMs: -1 });
  const outcome = call('a');
  await answer(0, again);
  expect(await outcome).toEqual(unavailable());
});
