import { expect, test } from 'vitest';
import { maxCharacters, maxEntries } from './entryStore.ts';
import { LogHarness } from '../../../test/web/logHarness.ts';

test('many messages in a frame are told once', () => {
  const peer = new LogHarness();
  let tellings = 0;
  peer.log.store.subscribe(() => (tellings += 1));
  for (let count = 0; count < 100; count += 1) peer.add();
  peer.nextFrame();
  expect(tellings).toBe(1);
  expect(peer.log.store.getState().counts.kept).toBe(100);
});

test('under a flood React is told no more than about ten times a second', () => {
  const peer = new LogHarness();
  let tellings = 0;
  peer.log.store.subscribe(() => (tellings += 1));
  for (let ms = 0; ms < 1000; ms += 1) {
    for (let count = 0; count < 10; count += 1) peer.add();
    peer.pass(1);
  }
  expect(tellings).toBeLessThanOrEqual(14);
});

test('at the cap the oldest go one by one, and the log says exactly how many', () => {
  const peer = new LogHarness();
  peer.log.keepAll(true);
  for (let count = 0; count < maxEntries + 3; count += 1) peer.add();
  peer.settle();
  const { counts } = peer.log.store.getState();
  expect(counts).toMatchObject({ kept: maxEntries, dropped: 3, received: maxEntries + 3 });
  expect(peer.shown()[0]).toBe(4);
  expect(peer.log.find(3)).toBeUndefined();
  expect(peer.log.find(4)?.id).toBe(4);
});

test('texts that are too long together go as well, the newest stays whatever its size', () => {
  const peer = new LogHarness();
  const half = 'x'.repeat(maxCharacters / 2 + 1);
  peer.add({ text: half });
  peer.add({ text: half });
  peer.settle();
  expect(peer.shown()).toEqual([2]);
  peer.add({ text: half + half });
  peer.settle();
  expect(peer.shown()).toEqual([3]);
  expect(peer.log.store.getState().counts.dropped).toBe(2);
});

test('appending to a full log costs no more than to an empty one', () => {
  const fill = (peer: LogHarness, count: number) => {
    const startMs = performance.now();
    for (let added = 0; added < count; added += 1) peer.add();
    return performance.now() - startMs;
  };
  const peer = new LogHarness();
  peer.log.keepAll(true);
  fill(peer, 20_000);
  const emptyMs = fill(peer, 20_000);
  fill(peer, maxEntries);
  const fullMs = fill(peer, 20_000);
  // A copy of the array for each entry would be a thousand times as much.
  expect(fullMs).toBeLessThan(20 * emptyMs + 50);
});

test('failures are refusals, unanswered requests and lost connections', () => {
  const peer = new LogHarness();
  peer.addSent();
  peer.add({ statuses: ['Ok'] });
  peer.add({ statuses: ['SessionNotExist'] });
  peer.add({ kind: 'connection', tone: 'bad' });
  peer.log.setFilter({ show: 'failures' });
  peer.settle();
  expect(peer.shown()).toEqual([3, 4]);
  peer.log.observe({ type: 'outcome', id: 1, outcome: { state: 'lost' } });
  peer.settle();
  expect(peer.shown()).toEqual([1, 3, 4]);
});

test('the outcome of a sent message is seen in the list', () => {
  const peer = new LogHarness();
  const id = peer.addSent();
  peer.settle();
  peer.log.observe({ type: 'outcome', id, outcome: { state: 'silent' } });
  peer.settle();
  expect(peer.log.visible().find(id)).toMatchObject({ outcome: { state: 'silent' } });
});

test('filters of one kind widen, filters of several kinds narrow', () => {
  const peer = new LogHarness();
  peer.add({ name: 'KV_GET_RSP', text: '{"KV_GET_RSP":{"tkn":"7"}}', statuses: ['KeyNotExist'] });
  peer.add({ name: 'KV_SET_RSP', text: '{"KV_SET_RSP":{"tkn":"7"}}', statuses: ['KeySet'] });
  peer.add({ name: 'KV_GET_RSP', text: '{"KV_GET_RSP":{"tkn":"8"}}', statuses: [] });
  const get = { kind: 'command', value: 'KV_GET', label: 'KV_GET' } as const;
  const set = { kind: 'command', value: 'KV_SET', label: 'KV_SET' } as const;
  const seven = { kind: 'session', value: '7', label: '··7' } as const;
  const narrowed = (...facets: (typeof get | typeof set | typeof seven)[]) => {
    peer.log.setFilter({ facets });
    peer.settle();
    return peer.shown();
  };
  expect(narrowed(get)).toEqual([1, 3]);
  expect(narrowed(get, set)).toEqual([1, 2, 3]);
  expect(narrowed(get, set, seven)).toEqual([1, 2]);
});

test('a search without case folds what is not ASCII, and only that', () => {
  const peer = new LogHarness();
  const texts = [
    '{"city":"İstanbul"}',
    '{"city":"Ankara"}',
    '{"city":"ISTANBUL"}',
    '"がisutanburu"',
  ];
  for (const text of texts) peer.add({ text, bytes: new TextEncoder().encode(text).length });
  const found = (text: string) => {
    peer.log.setFilter({ search: { text, isRegExp: false, isCaseSensitive: false } });
    peer.settle();
    return peer.shown();
  };
  expect(found('istanbul')).toEqual([1, 3]);
  expect(found('İstanbul')).toEqual([1, 3]);
  expect(found('か')).toEqual([]);
});

test('regression 6: Clear empties the log whatever is filtered, searched, paused or coming in', () => {
  const peer = new LogHarness();
  peer.add();
  peer.search('nothing like this');
  peer.log.pause();
  peer.log.clear();
  expect(peer.log.store.getState()).toMatchObject({ shown: 0, counts: { kept: 0, received: 0 } });
  peer.search('');
  expect(peer.shown()).toEqual([]);
  peer.add();
  peer.log.resume();
  peer.settle();
  expect(peer.shown()).toEqual([2]);
  expect(peer.log.find(2)?.id).toBe(2);
});

test('undo brings a cleared log back, before what came since, with its counts', () => {
  const peer = new LogHarness();
  peer.add();
  peer.addSent();
  peer.log.clear();
  peer.add();
  expect(peer.log.store.getState().cleared).toBe(2);
  peer.log.undoClear();
  peer.settle();
  expect(peer.shown()).toEqual([1, 2, 3]);
  expect(peer.log.store.getState()).toMatchObject({
    cleared: 0,
    counts: { received: 2, sent: 1, kept: 3 },
  });
});

test('what was cleared is let go after a while', () => {
  const peer = new LogHarness();
  peer.add();
  peer.log.clear();
  peer.pass(60_000);
  expect(peer.log.store.getState().cleared).toBe(0);
  peer.log.undoClear();
  peer.settle();
  expect(peer.shown()).toEqual([]);
});

test('a paused log stands still and counts what comes; resuming shows it', () => {
  const peer = new LogHarness();
  const sentId = peer.addSent();
  peer.settle();
  peer.log.pause();
  peer.settle();
  peer.add();
  peer.add();
  peer.log.observe({ type: 'outcome', id: sentId, outcome: { state: 'silent' } });
  peer.settle();
  expect(peer.shown()).toEqual([sentId]);
  expect(peer.log.visible().find(sentId)).toMatchObject({ outcome: { state: 'waiting' } });
  expect(peer.log.store.getState()).toMatchObject({
    arrivedWhilePaused: 2,
    counts: { received: 2 },
  });
  peer.log.resume();
  peer.settle();
  expect(peer.shown()).toEqual([1, 2, 3]);
  expect(peer.log.visible().find(sentId)).toMatchObject({ outcome: { state: 'silent' } });
});

test('a paused log keeps what it shows even when the cap drops it from the record', () => {
  const peer = new LogHarness();
  peer.log.keepAll(true);
  peer.add();
  peer.settle();
  peer.log.pause();
  for (let count = 0; count < maxEntries; count += 1) peer.add();
  peer.settle();
  expect(peer.shown()).toEqual([1]);
  peer.search('{}');
  expect(peer.shown()).toEqual([1]);
  peer.log.resume();
  peer.settle();
  expect(peer.shown()[0]).toBe(2);
});
