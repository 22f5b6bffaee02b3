import { expect, test } from 'vitest';
import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import type { StreamedCommand } from '../../../protocol/inspection/streamedCommands.ts';
import type { InspectionPart } from '../inspectionPart.ts';
import { CommandFeed, maxKeptCommands } from './commandFeed.ts';
import { noFilter } from './streamFilter.ts';

function command(connection: number): StreamedCommand {
  return {
    connection,
    isConsole: undefined,
    atMs: 1,
    command: 'KV_GET',
    status: 1,
    durationUs: 20,
    requestLength: 10,
    replyLength: 20,
    session: 's1',
    request: '{}',
    reply: '{}',
  };
}

function started() {
  const asked: InspectionRequest[] = [];
  const parts = new Set<InspectionPart>();
  const feed = new CommandFeed(
    {
      ask: (request) => {
        asked.push(request);
        return true;
      },
      add: (part) => {
        parts.add(part);
        part.onLive?.();
        return () => parts.delete(part);
      },
    },
    (run) => run(),
  );
  let counted = 0;
  const number = () => asked.filter(({ type }) => type === 'stream').length;
  const say = (
    count: number,
    more: Partial<Extract<InspectionEvent, { type: 'streamed' }>> = {},
  ) => {
    const entries = Array.from({ length: count }, (_, index) => command(counted + index));
    counted += count;
    const costs = { costMs: 1, ranMs: 100, figures: undefined };
    feed.receive({
      type: 'streamed',
      number: number(),
      entries,
      counted,
      leftOut: 0,
      ...costs,
      ...more,
    });
  };
  feed.start();
  const shown = () => {
    const { count, idAt } = feed.rows();
    return Array.from({ length: count }, (_, index) => feed.find(idAt(index))?.connection);
  };
  return { feed, asked, say, shown, parts, forgetCount: () => (counted = 0) };
}

test('nothing is asked for before a person starts it, and nothing comes after it is stopped', () => {
  const asked: InspectionRequest[] = [];
  const ask = (request: InspectionRequest) => asked.push(request) > 0;
  const idle = new CommandFeed({ ask, add: () => () => undefined }, (run) => run());
  expect([asked, idle.store.getState().status.state]).toEqual([[], 'off']);
  const { feed, asked: sent, parts, say, shown } = started();
  expect(sent).toMatchObject([{ type: 'stream' }]);
  say(2);
  feed.stop();
  expect([sent.at(-1), parts.size, shown()]).toEqual([{ type: 'unstream' }, 0, [0, 1]]);
});

test('of a stream that was replaced nothing is taken', () => {
  const { feed, asked, say, shown } = started();
  feed.setFilter({ ...noFilter, command: 'kv_g', connection: ' 3 ' });
  say(1, { number: 1 });
  expect(shown()).toEqual([]);
  const last = { type: 'stream', number: 2, connection: 3 };
  const commands: unknown = expect.arrayContaining(['KV_GET']);
  expect(asked.at(-1)).toMatchObject({ ...last, commands });
});

test('older commands are dropped, and counted', () => {
  const { feed, say, shown } = started();
  say(maxKeptCommands);
  say(7);
  const { dropped, counted } = feed.store.getState();
  expect([shown().length, shown()[0], dropped, counted]).toEqual([
    maxKeptCommands,
    7,
    7,
    maxKeptCommands + 7,
  ]);
  expect(feed.find(3)).toBeUndefined();
  expect(feed.find(7)?.connection).toBe(7);
});

test('while it is paused the list stands still, and what arrives is counted and kept', () => {
  const { feed, say, shown } = started();
  say(2);
  feed.pause();
  say(3);
  expect([shown().length, feed.store.getState().arrivedWhilePaused]).toEqual([2, 3]);
  expect(feed.store.getState().counted).toBe(5);
  feed.resume();
  expect([shown().length, feed.store.getState().arrivedWhilePaused]).toEqual([5, 0]);
});

test('clearing empties the list and not the counts, paused or not', () => {
  const { feed, say, shown } = started();
  say(2);
  feed.clear();
  expect([shown(), feed.store.getState().counted]).toEqual([[], 2]);
  say(1);
  feed.pause();
  feed.clear();
  expect(shown()).toEqual([]);
  expect(feed.rows().indexOf(0)).toBe(-1);
});

test('after a lost connection it is asked again, and what was counted before still counts', () => {
  const { feed, asked, say, shown, forgetCount } = started();
  say(4);
  feed.onLive();
  forgetCount();
  say(2);
  expect(asked).toHaveLength(2);
  expect([shown().length, feed.store.getState().counted]).toEqual([6, 6]);
});

test('a refusal ends it and says which right is missing', () => {
  const { feed, parts } = started();
  const known = { id: undefined, key: undefined, token: undefined, connection: undefined };
  feed.receive({ type: 'refused', request: 'stream', right: 'values', number: 1, ...known });
  expect(feed.store.getState().status).toEqual({ state: 'refused', right: 'values' });
  expect(parts.size).toBe(0);
});

test('commands of several servers are counted together, and shown with their servers', () => {
  const { feed, say } = started();
  const times = (count: number) => ({
    commands: [{ command: 'KV_GET', count, failed: 0, p50Us: 1, p95Us: 2, p99Us: 3, maxUs: count }],
    slowest: [{ ...command(1), durationUs: count }],
  });
  say(2, { server: 'web-1', counted: 5, leftOut: 3, figures: times(5) });
  expect(feed.store.getState().servers).toEqual([]);
  say(1, { server: 'web-2', counted: 9, leftOut: 8, figures: times(9) });
  say(1, { server: 'web-1', counted: 6, leftOut: 3 });
  const { counted, leftOut, figures, servers } = feed.store.getState();
  expect([counted, leftOut, servers]).toEqual([15, 11, ['web-1', 'web-2']]);
  expect(figures?.commands.map(({ server, count }) => [server, count])).toEqual([
    ['web-2', 9],
    ['web-1', 5],
  ]);
  expect(figures?.slowest.map(({ server }) => server)).toEqual(['web-2', 'web-1']);
  expect([0, 1, 2, 3].map((index) => feed.find(feed.rows().idAt(index))?.server)).toEqual([
    'web-1',
    'web-1',
    'web-2',
    'web-1',
  ]);
});
