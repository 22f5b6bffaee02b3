import { expect, test } from 'vitest';
import type { Entry, SentEntry } from '../connection/exchange.ts';
import { maxEntries, MessageLog } from './messageLog.ts';

/** A log whose frames come when the test says so. */
function startLog() {
  const frames: (() => void)[] = [];
  const log = new MessageLog({ onNextFrame: (run) => frames.push(run) });
  let lastId = 0;
  const add = (entry: Partial<Entry> = {}) => {
    lastId += 1;
    const received = {
      kind: 'received',
      id: lastId,
      atMs: 0,
      text: '{}',
      name: 'SH_NEW_RSP',
      bytes: 2,
      statuses: [],
      requestId: undefined,
      latencyMs: undefined,
      learned: [],
    };
    log.observe({ type: 'entry', entry: { ...received, ...entry, id: lastId } as Entry });
  };
  const nextFrame = () => frames.splice(0).forEach((run) => run());
  const shown = () => log.visible().map(({ id }) => id);
  return { log, add, nextFrame, shown };
}

test('many messages in a frame are told once', () => {
  const { log, add, nextFrame } = startLog();
  let tellings = 0;
  log.store.subscribe(() => (tellings += 1));
  for (let count = 0; count < 100; count += 1) add();
  nextFrame();
  expect(tellings).toBe(1);
  expect(log.store.getState().kept).toBe(100);
});

test('at the cap the oldest go, and the log says how many', () => {
  const { log, add, nextFrame, shown } = startLog();
  for (let count = 0; count < maxEntries + 1; count += 1) add();
  nextFrame();
  const { kept, dropped } = log.store.getState();
  expect(kept + dropped).toBe(maxEntries + 1);
  expect(dropped).toBeGreaterThan(0);
  expect(shown()[0]).toBe(dropped + 1);
  expect(log.find(dropped + 1)?.id).toBe(dropped + 1);
});

test('search looks through the whole payload and through status names', () => {
  const { log, add, shown } = startLog();
  add({ text: `{"a":"${'x'.repeat(100_000)}needle"}` });
  add({ statuses: ['SessionNotExist'] });
  add();
  log.setFilter({ search: 'NEEDLE' });
  expect(shown()).toEqual([1]);
  log.setFilter({ search: 'sessionnotexist' });
  expect(shown()).toEqual([2]);
});

test('failures are refusals, unanswered requests and lost connections', () => {
  const { log, add, shown } = startLog();
  const sent: Partial<SentEntry> = { kind: 'sent', isQuiet: false, outcome: { state: 'waiting' } };
  add(sent);
  add({ statuses: ['Ok'] });
  add({ statuses: ['SessionNotExist'] });
  add({ kind: 'connection', tone: 'bad' });
  log.setFilter({ show: 'failures' });
  expect(shown()).toEqual([3, 4]);
  log.observe({ type: 'outcome', id: 1, outcome: { state: 'lost' } });
  expect(shown()).toEqual([1, 3, 4]);
});

test('clearing empties the log and later messages are found again', () => {
  const { log, add, shown } = startLog();
  add();
  log.clear();
  expect(shown()).toEqual([]);
  add();
  expect(log.find(2)?.id).toBe(2);
});
