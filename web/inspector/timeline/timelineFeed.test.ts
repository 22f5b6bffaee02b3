import { expect, test } from 'vitest';
import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import type { TimelineChange } from '../../../protocol/inspection/timeline.ts';
import { TimelineFeed } from './timelineFeed.ts';

type Asked<T extends InspectionRequest['type']> = Extract<InspectionRequest, { type: T }>;

function change(index: number): TimelineChange {
  const author = { by: 'client', connection: 1, command: 'KV_SET', atMs: index } as const;
  const counts = { times: 1, deadlineMs: undefined, keyCount: 0, keys: [], isWhole: true };
  return { index, kind: 'stored', author, ...counts };
}

function started() {
  const asked: InspectionRequest[] = [];
  const ask = (request: InspectionRequest) => asked.push(request) > 0;
  const feed = new TimelineFeed(
    { inspector: { ask, add: () => () => undefined }, id: 's1' },
    (run) => run(),
  );
  feed.onLive();
  const last = <T extends InspectionRequest['type']>(type: T) =>
    asked.findLast((each): each is Asked<T> => each.type === type);
  const say = (part: Partial<Extract<InspectionEvent, { type: 'timeline' }>> = {}) => {
    const { number = 0 } = last('timeline') ?? {};
    const facts = { isKnown: true, isEnded: false, dropped: 0, firstMoment: 0, sinceMs: undefined };
    feed.receive({
      type: 'timeline',
      number,
      id: 's1',
      ...facts,
      end: 3,
      from: 0,
      changes: [change(0), change(1), change(2)],
      ...part,
    });
  };
  const answer = (total = 0, keys: Extract<InspectionEvent, { type: 'moment' }>['keys'] = []) => {
    const question = last('moment');
    if (question) feed.receive({ against: undefined, ...question, total, keys });
  };
  return { feed, asked, last, say, answer };
}

test('it asks for the newest changes, then for the keys as they are now, with each change', () => {
  const { feed, last, say, answer } = started();
  expect(last('timeline')).toMatchObject({ id: 's1', from: undefined });
  say();
  expect(last('moment')).toMatchObject({ at: 3, against: undefined });
  answer();
  say({ end: 4, changes: [change(3)] });
  expect(last('moment')).toMatchObject({ at: 4 });
  expect([feed.rows().count, feed.changeAt(3)?.index]).toEqual([4, 3]);
});

test('a moment stays where it is, and of moments that are passed over only the last is asked for', () => {
  const { feed, asked, last, say, answer } = started();
  say();
  answer();
  const before = asked.length;
  for (const at of [2, 1, 0]) feed.choose(at);
  expect(asked.slice(before).map((each) => 'at' in each && each.at)).toEqual([2]);
  answer();
  expect(last('moment')).toMatchObject({ at: 0 });
  answer();
  say({ end: 4, changes: [change(3)] });
  expect(feed.store.getState().moment).toBe(0);
  expect(last('moment')).toMatchObject({ at: 0 });
});

test('two moments are compared: with the one before, with now, with a mark', () => {
  const { feed, last, say, answer } = started();
  say();
  answer();
  feed.choose(2);
  answer();
  feed.compareWith('before');
  expect(last('moment')).toMatchObject({ at: 2, against: 1 });
  answer();
  feed.setMark();
  answer();
  feed.choose(undefined);
  answer();
  feed.compareWith('mark');
  expect(last('moment')).toMatchObject({ at: 3, against: 2 });
});

test('changes on screen that are not here are asked for, and the newest followed again', () => {
  const { feed, last, say } = started();
  say({ end: 1_000, from: 880, changes: Array.from({ length: 120 }, (_, at) => change(880 + at)) });
  feed.show(900, 920);
  expect(last('timeline')).toMatchObject({ from: undefined });
  feed.show(300, 330);
  expect(last('timeline')).toMatchObject({ from: 260 });
  say({ end: 1_000, from: 260, changes: [change(300)] });
  expect([feed.changeAt(900), feed.changeAt(300)?.index]).toEqual([undefined, 300]);
  feed.show(990, 999);
  expect(last('timeline')).toMatchObject({ from: undefined });
});

test('of the newest changes it asks for as many as there is room for', () => {
  const { feed, asked, last, say } = started();
  say({ end: 1_000, from: 968 });
  feed.show(980, 999);
  expect(asked.filter(({ type }) => type === 'timeline')).toHaveLength(1);
  expect(last('timeline')?.count).toBeLessThan(60);
  feed.show(920, 999);
  expect(last('timeline')).toMatchObject({ from: undefined, count: 88 });
});

test('a question that is not answered does not stop the next one, nor wait for ever', async () => {
  const { feed, last, say, answer } = started();
  say();
  const { number } = last('moment') ?? {};
  const none = { id: 's1', key: undefined, token: undefined, status: 901 };
  feed.receive({ type: 'unanswered', question: 'moment', number, ...none });
  feed.choose(1);
  expect(last('moment')).toMatchObject({ at: 1 });
  answer();
  const changes = feed.wholeChanges(0, 1);
  feed.onLost();
  expect(await changes).toBeUndefined();
});

test('a refusal says which right is missing', () => {
  const { feed } = started();
  const known = { id: 's1', key: undefined, token: undefined, connection: undefined };
  feed.receive({ type: 'refused', request: 'timeline', right: 'values', number: 1, ...known });
  expect(feed.store.getState().refused).toEqual({ right: 'values' });
});
