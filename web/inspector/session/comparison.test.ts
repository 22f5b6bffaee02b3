import { expect, test } from 'vitest';
import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import type { Inspector } from '../inspector.ts';
import { Comparison } from './comparison.ts';

type KeysEvent = Extract<InspectionEvent, { type: 'keys' }>;

/** A comparison of `here` with `there`, and what the server says of each. */
function started(maxLength?: number) {
  const asked: InspectionRequest[] = [];
  let lastNumber = 0;
  const comparison = new Comparison(
    {
      ask: (request: InspectionRequest) => asked.push(request) > 0,
      add: () => () => undefined,
      newNumber: () => (lastNumber += 1),
      onNextFrame: (run) => run(),
    } satisfies Pick<Inspector, 'ask' | 'add' | 'newNumber' | 'onNextFrame'>,
    ['here', 'there'],
    maxLength,
  );
  comparison.onLive();
  const say = (
    id: 'here' | 'there',
    keys: Readonly<Record<string, string | undefined>>,
    more: Partial<KeysEvent> = {},
  ) => {
    const question = asked.findLast((each) => each.type === 'compare' && each.id === id);
    const entries = Object.entries(keys);
    const changed = entries.flatMap(([key, value]) =>
      value === undefined ? [] : [{ key, length: value.length, value: asJsonText(value) }],
    );
    const removed = entries.flatMap(([key, value]) => (value === undefined ? [key] : []));
    const number = question && 'number' in question ? question.number : undefined;
    const totalKeys = changed.length;
    const event = {
      type: 'keys',
      number,
      id,
      isReset: false,
      totalKeys,
      changed,
      removed,
    } as const;
    comparison.receive({ ...event, ...more });
  };
  const view = () => comparison.store.getState();
  const states = () => view().differing.map(({ key, state }) => `${key} ${state}`);
  return { comparison, asked, say, view, states };
}

test('keys that differ stand in the order of the first session, then those that only the second has', () => {
  const { comparison, say, view, states } = started();
  say('there', { n: '1', new: '2', same: '3' }, { isReset: true });
  expect(view()).toMatchObject({ isRead: false, differing: [] });
  say('here', { old: '1', same: '3' }, { isReset: true, isMore: true, totalKeys: 3 });
  expect(view()).toMatchObject({ isRead: false, here: { compared: 2, all: 3 } });
  say('here', { n: '1.0' }, { totalKeys: 3 });
  expect(states()).toEqual(['old onlyHere', 'n different', 'new onlyThere']);
  expect(view()).toMatchObject({ isRead: true, keyCount: 4 });
  expect(comparison.first(3).map(({ key }) => key)).toEqual(['old', 'same', 'n']);
  expect(comparison.first(9).at(-1)).toMatchObject({ key: 'new', state: 'onlyThere' });
});

test('what changes in either is compared again, and nothing else', () => {
  const { say, view, states } = started();
  say('here', { a: '1', b: '1' }, { isReset: true });
  say('there', { a: '2', b: '1', c: '1' }, { isReset: true });
  const [before] = view().differing;
  say('here', { b: '3' });
  expect(states()).toEqual(['a different', 'c onlyThere', 'b different']);
  expect(view().differing[0]).toBe(before);
  say('there', { a: '1', c: undefined, b: undefined });
  expect([states(), view().keyCount]).toEqual([['b onlyHere'], 2]);
  say('here', { b: undefined });
  expect([states(), view().keyCount]).toEqual([[], 1]);
  say('here', { z: '1' }, { isReset: true });
  expect([states(), view().keyCount]).toEqual([['a onlyThere', 'z onlyHere'].toReversed(), 2]);
});

test('keys of the watched session and of another question do not count', () => {
  const { comparison, say, view } = started();
  say('here', { a: '1' }, { isReset: true });
  say('here', { b: '1' }, { number: undefined });
  say('here', { c: '1' }, { number: 99 });
  expect(view().keyCount).toBe(1);
  comparison.onLive();
  say('here', { d: '1' }, { isReset: true });
  expect(view().keyCount).toBe(1);
});

test('values that are too long together end it, and what has come is compared', () => {
  const { asked, say, view, states } = started(10);
  say('here', { a: '"12345"' }, { isReset: true, isMore: true, totalKeys: 9 });
  say('there', { a: '"1234"' }, { isReset: true, isMore: true, totalKeys: 9 });
  expect(view()).toMatchObject({ isStopped: true, isRead: true });
  expect(states()).toEqual(['a different']);
  expect(asked.slice(-2)).toEqual([
    { type: 'uncompare', number: 1 },
    { type: 'uncompare', number: 2 },
  ]);
});

test('of a session that has ended the last keys stay', () => {
  const { comparison, say, view, states } = started();
  say('here', { a: '1' }, { isReset: true });
  comparison.receive({ type: 'gone', id: 'there' });
  expect(view()).toMatchObject({ isGone: true, isRead: true });
  expect(states()).toEqual(['a onlyHere']);
});
