import { expect, test } from 'vitest';
import { maxCharacters, maxEntries } from './entryStore.ts';
import { LogHarness } from '../../../test/web/logHarness.ts';

test('many messages in a frame notify React once', () => {
  const harness = new LogHarness();
  let notified = 0;
  harness.log.store.subscribe(() => (notified += 1));
  for (let count = 0; count < 100; count += 1) harness.add();
  harness.nextFrame();
  expect(notified).toBe(1);
  expect(harness.log.store.getState().counts.kept).toBe(100);
});

test('in a flood React is notified no more than about ten times a second', () => {
  const harness = new LogHarness();
  let notified = 0;
  harness.log.store.subscribe(() => (notified += 1));
  for (let ms = 0; ms < 1000; ms += 1) {
    for (let count = 0; count < 10; count += 1) harness.add();
    harness.pass(1);
  }
  expect(notified).toBeLessThanOrEqual(14);
});

test('at the cap the oldest go one by one, and the log says exactly how many', () => {
  const harness = new LogHarness();
  harness.log.keepAll(true);
  for (let count = 0; count < maxEntries + 3; count += 1) harness.add();
  harness.settle();
  const { counts } = harness.log.store.getState();
  expect(counts).toMatchObject({ kept: maxEntries, dropped: 3, received: maxEntries + 3 });
  expect(harness.shown()[0]).toBe(4);
  expect(harness.log.find(3)).toBeUndefined();
  expect(harness.log.find(4)?.id).toBe(4);
});

test('texts that are too long together go as well, the newest stays whatever its size', () => {
  const harness = new LogHarness();
  const half = 'x'.repeat(maxCharacters / 2 + 1);
  harness.add({ text: half });
  harness.add({ text: half });
  harness.settle();
  expect(harness.shown()).toEqual([2]);
  harness.add({ text: half + half });
  harness.settle();
  expect(harness.shown()).toEqual([3]);
  expect(harness.log.store.getState().counts.dropped).toBe(2);
});

test('appending to a full log costs no more than to an empty one', () => {
  const fill = (harness: LogHarness, count: number) => {
    const startMs = performance.now();
    for (let added = 0; added < count; added += 1) harness.add();
    return performance.now() - startMs;
  };
  const harness = new LogHarness();
  harness.log.keepAll(true);
  fill(harness, 20_000);
  const emptyMs = fill(harness, 20_000);
  fill(harness, maxEntries);
  const fullMs = fill(harness, 20_000);
  // A copy of the array for each entry would be a thousand times as much.
  expect(fullMs).toBeLessThan(20 * emptyMs + 50);
});

test('failures are refusals, unanswered requests and lost connections', () => {
  const harness = new LogHarness();
  harness.addSent();
  harness.add({ statuses: ['Ok'] });
  harness.add({ statuses: ['SessionNotExist'] });
  harness.add({ kind: 'connection', event: { event: 'gaveUp', attempts: 1 } });
  harness.log.setFilter({ show: 'failures' });
  harness.settle();
  expect(harness.shown()).toEqual([3, 4]);
  harness.log.observe({ type: 'outcome', id: 1, outcome: { state: 'lost' } });
  harness.settle();
  expect(harness.shown()).toEqual([1, 3, 4]);
});

test('the outcome of a sent message is seen in the list', () => {
  const harness = new LogHarness();
  const id = harness.addSent();
  harness.settle();
  harness.log.observe({ type: 'outcome', id, outcome: { state: 'silent' } });
  harness.settle();
  expect(harness.log.visible().find(id)).toMatchObject({ outcome: { state: 'silent' } });
});

test('filters of one kind widen, filters of several kinds narrow', () => {
  const harness = new LogHarness();
  harness.add({
    name: 'KV_GET_RSP',
    text: '{"KV_GET_RSP":{"tkn":"7"}}',
    statuses: ['KeyNotExist'],
  });
  harness.add({ name: 'KV_SET_RSP', text: '{"KV_SET_RSP":{"tkn":"7"}}', statuses: ['KeySet'] });
  harness.add({ name: 'KV_GET_RSP', text: '{"KV_GET_RSP":{"tkn":"8"}}', statuses: [] });
  const get = { kind: 'command', value: 'KV_GET', label: 'KV_GET' } as const;
  const set = { kind: 'command', value: 'KV_SET', label: 'KV_SET' } as const;
  const seven = { kind: 'session', value: '7', label: '··7' } as const;
  const narrowed = (...facets: (typeof get | typeof set | typeof seven)[]) => {
    harness.log.setFilter({ facets });
    harness.settle();
    return harness.shown();
  };
  expect(narrowed(get)).toEqual([1, 3]);
  expect(narrowed(get, set)).toEqual([1, 2, 3]);
  expect(narrowed(get, set, seven)).toEqual([1, 2]);
});

test('a search without case folds what is not ASCII, and only that', () => {
  const harness = new LogHarness();
  const texts = [
    '{"city":"İstanbul"}',
    '{"city":"Ankara"}',
    '{"city":"ISTANBUL"}',
    '"がisutanburu"',
  ];
  for (const text of texts) harness.add({ text, bytes: new TextEncoder().encode(text).length });
  const found = (text: string) => {
    harness.log.setFilter({ search: { text, isRegExp: false, isCaseSensitive: false } });
    harness.settle();
    return harness.shown();
  };
  expect(found('istanbul')).toEqual([1, 3]);
  expect(found('İstanbul')).toEqual([1, 3]);
  expect(found('か')).toEqual([]);
});

test('regression 6: Clear empties the log whatever is filtered, searched, paused or coming in', () => {
  const harness = new LogHarness();
  harness.add();
  harness.search('nothing like this');
  harness.log.pause();
  harness.log.clear();
  expect(harness.log.store.getState()).toMatchObject({
    shown: 0,
    counts: { kept: 0, received: 0 },
  });
  harness.search('');
  expect(harness.shown()).toEqual([]);
  harness.add();
  harness.log.resume();
  harness.settle();
  expect(harness.shown()).toEqual([2]);
  expect(harness.log.find(2)?.id).toBe(2);
});

test('undo brings a cleared log back, before what came since, with its counts', () => {
  const harness = new LogHarness();
  harness.add();
  harness.addSent();
  harness.log.clear();
  harness.add();
  expect(harness.log.store.getState()).toMatchObject({ cleared: 2, wasCleared: true });
  harness.log.undoClear();
  harness.settle();
  expect(harness.shown()).toEqual([1, 2, 3]);
  expect(harness.log.store.getState()).toMatchObject({
    cleared: 0,
    wasCleared: false,
    counts: { received: 2, sent: 1, kept: 3 },
  });
});

test('what was cleared is released after some time', () => {
  const harness = new LogHarness();
  harness.add();
  harness.log.clear();
  harness.pass(60_000);
  expect(harness.log.store.getState().cleared).toBe(0);
  harness.log.undoClear();
  harness.settle();
  expect(harness.shown()).toEqual([]);
});

test('a paused log stands still and counts what comes; resuming shows it', () => {
  const harness = new LogHarness();
  const sentId = harness.addSent();
  harness.settle();
  harness.log.pause();
  harness.settle();
  harness.add();
  harness.add();
  harness.log.observe({ type: 'outcome', id: sentId, outcome: { state: 'silent' } });
  harness.settle();
  expect(harness.shown()).toEqual([sentId]);
  expect(harness.log.visible().find(sentId)).toMatchObject({ outcome: { state: 'waiting' } });
  expect(harness.log.store.getState()).toMatchObject({
    arrivedWhilePaused: 2,
    counts: { received: 2 },
  });
  harness.log.resume();
  harness.settle();
  expect(harness.shown()).toEqual([1, 2, 3]);
  expect(harness.log.visible().find(sentId)).toMatchObject({ outcome: { state: 'silent' } });
});

test('a paused log keeps what it shows even when the cap drops it from the record', () => {
  const harness = new LogHarness();
  harness.log.keepAll(true);
  harness.add();
  harness.settle();
  harness.log.pause();
  for (let count = 0; count < maxEntries; count += 1) harness.add();
  harness.settle();
  expect(harness.shown()).toEqual([1]);
  harness.search('{}');
  expect(harness.shown()).toEqual([1]);
  harness.log.resume();
  harness.settle();
  expect(harness.shown()[0]).toBe(2);
});

test('a filter that is set before the search has loaded takes effect when it is there', () => {
  const early = new LogHarness({ hasSearch: false });
  const [good, bad] = [early.add({ statuses: ['Ok'] }), early.add({ statuses: ['NoPath'] })];
  early.log.setFilter({ show: 'failures' });
  early.settle();
  expect(early.shown()).toEqual([good, bad]);
  early.bringSearch();
  early.settle();
  expect(early.shown()).toEqual([bad]);
  expect(early.log.store.getState().isSearching).toBe(false);
});

test('what arrives before the log is shown is kept, shown with the first panel, and not said any more', () => {
  const harness = new LogHarness({ isShown: false, hasSearch: false });
  for (let count = 0; count < 3; count += 1) harness.add();
  harness.settle();
  expect(harness.shown()).toEqual([]);
  const { counts, rows, announcement } = harness.log.store.getState();
  expect([counts.kept, rows, announcement]).toEqual([3, 3, undefined]);
  harness.bringView();
  harness.add();
  harness.settle();
  expect(harness.shown()).toEqual([1, 2, 3, 4]);
  expect(harness.log.store.getState().shown).toBe(4);
});
