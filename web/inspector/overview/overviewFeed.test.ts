import { expect, test } from 'vitest';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import {
  rememberedSec,
  type CommandCount,
  type FiguresSample,
} from '../../../protocol/inspection/serverFigures.ts';
import { OverviewFeed } from './overviewFeed.ts';
import { commandRows, ratesOf, statusRows } from './series.ts';

const sample = (atSec: number, more: Partial<FiguresSample> = {}): FiguresSample => ({
  atMs: atSec * 1000,
  sessions: 1,
  keys: 2,
  bytes: 3,
  clients: 4,
  answered: 5,
  failed: 6,
  heapBytes: 7,
  residentBytes: undefined,
  cpuMs: undefined,
  delayUs: 8,
  ...more,
});

function opened() {
  const asked: InspectionRequest[] = [];
  const ask = (request: InspectionRequest) => asked.push(request) > 0;
  const feed = new OverviewFeed({ ask, add: () => () => undefined }, (run) => run());
  feed.onLive();
  const say = (now: FiguresSample, history: FiguresSample[], commands: CommandCount[] = []) => {
    const number = asked.filter(({ type }) => type === 'overview').length;
    const rest = { startedAtMs: 0, inspectors: 1, refused: [], heapLimitBytes: 9, faults: 0 };
    const delays = { count: 0, totalUs: 0 };
    feed.receive({
      type: 'overview',
      number,
      now,
      history,
      commands,
      delays,
      syncs: undefined,
      ...rest,
    });
  };
  const server = () => {
    const view = feed.store.getState().server;
    if (view.state !== 'known') throw new Error(`It is ${view.state}`);
    return view.value;
  };
  return { feed, asked, say, server };
}

const counts = (command: string | undefined, ...pairs: [status: number, count: number][]) => ({
  command,
  statuses: pairs.map(([status, count]) => ({ status, count })),
  totalUs: 1000,
});

test('it asks for figures of the server and of its sessions, and after a lost connection again', () => {
  const { feed, asked } = opened();
  feed.groupBy('/');
  feed.onLive();
  expect(asked).toMatchObject([
    { type: 'overview', number: 1 },
    { type: 'figures', number: 1, separator: ':' },
    { type: 'figures', number: 1, separator: '/' },
    { type: 'overview', number: 2 },
    { type: 'figures', number: 2, separator: '/' },
  ]);
});

test('samples are put together, the last is of now, and only the last minutes are kept', () => {
  const { say, server } = opened();
  say(sample(2.5), [sample(1), sample(2)]);
  say(sample(3.5), [sample(3)]);
  expect(server().samples.map(({ atMs }) => atMs)).toEqual([1000, 2000, 3000, 3500]);
  say(
    sample(999),
    Array.from({ length: 400 }, (_, index) => sample(10 + index)),
  );
  expect(server().samples).toHaveLength(rememberedSec + 1);
});

test('rates are what was counted between two frames', () => {
  const { say, server } = opened();
  say(sample(1), [], [counts('KV_GET', [1, 100], [100, 4])]);
  expect(server().since).toBeUndefined();
  const now = [counts('KV_GET', [1, 300], [100, 4]), counts(undefined, [3, 6])];
  say(sample(3), [], now);
  const isFailure = (status: number) => status !== 1;
  expect(commandRows(now, server().since, isFailure)).toEqual([
    { command: 'KV_GET', count: 304, perSecond: 100, failed: 4, meanUs: 1000 / 304 },
    { command: undefined, count: 6, perSecond: 3, failed: 6, meanUs: 1000 / 6 },
  ]);
  expect(statusRows(now, server().since, isFailure)).toEqual([
    { status: 3, count: 6, perSecond: 3 },
    { status: 100, count: 4, perSecond: 0 },
  ]);
});

test('a counter that began again, as after a restart of the server, did not grow', () => {
  const samples = [
    sample(1, { answered: 10 }),
    sample(3, { answered: 30 }),
    sample(4, { answered: 2 }),
  ];
  expect(ratesOf(samples, ({ answered }) => answered)).toEqual([
    { at: 3, value: 10 },
    { at: 4, value: 0 },
  ]);
});

test('what a key may not see is refused, and says which right is missing', () => {
  const { feed } = opened();
  const known = { id: undefined, key: undefined, token: undefined, connection: undefined };
  feed.receive({ type: 'refused', request: 'overview', number: 1, right: 'look', ...known });
  expect(feed.store.getState().server).toEqual({ state: 'refused', right: 'look' });
  expect(feed.store.getState().sessions).toEqual({ state: 'waiting' });
});
