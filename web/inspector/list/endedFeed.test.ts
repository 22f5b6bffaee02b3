import { expect, test } from 'vitest';
import { maxEndedShown } from '../../../protocol/inspection/endedSessions.ts';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import { EndedFeed } from './endedFeed.ts';

const ended = (place: number) => ({
  place,
  id: `s${place}`,
  name: `session ${place}`,
  maskedToken: '··1234',
  createdAtMs: 1,
  author: { by: 'server' as const, atMs: 2, command: undefined, connection: undefined },
});

function start() {
  const asked: InspectionRequest[] = [];
  let numbers = 6;
  const feed = new EndedFeed(
    {
      ask: (request) => asked.push(request) > 0,
      add: () => () => undefined,
      newNumber: () => (numbers += 1),
    },
    (run) => run(),
  );
  const end = feed.start();
  feed.onLive();
  const receive = (number: number, places: number[], isRemembered = true) =>
    feed.receive({ type: 'ended', number, nowMs: 3, isRemembered, sessions: places.map(ended) });
  const places = () => feed.store.getState().sessions?.map(({ place }) => place);
  return { feed, asked, end, receive, places };
}

test('what ends comes before what has ended, and the oldest go beyond a number', () => {
  const { asked, receive, places } = start();
  expect(asked).toEqual([{ type: 'ended', number: 7 }]);
  receive(7, [2, 1]);
  receive(7, [4, 3]);
  receive(6, [9]);
  expect(places()).toEqual([4, 3, 2, 1]);
  receive(
    7,
    Array.from({ length: maxEndedShown - 1 }, (_, at) => 1_000 - at),
  );
  expect([places()?.length, places()?.at(-1)]).toEqual([maxEndedShown, 4]);
});

test('after a lost connection the list begins again', () => {
  const { feed, receive, places, asked, end } = start();
  receive(7, [2, 1]);
  feed.onLive();
  expect(places()).toBeUndefined();
  receive(8, [2, 1]);
  expect(places()).toEqual([2, 1]);
  end();
  expect(asked.at(-1)).toEqual({ type: 'unended' });
});

test('a server that does not remember says so', () => {
  const { feed, receive } = start();
  receive(7, [], false);
  expect(feed.store.getState()).toEqual({ sessions: [], isRemembered: false });
});
