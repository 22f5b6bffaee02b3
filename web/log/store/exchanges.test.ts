import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LogHarness } from '../../../test/web/logHarness.ts';
import { messagesOf, rowsOf } from '../list/messagesOf.ts';
import { countFacets } from '../search/countFacets.ts';
import { noFilter } from '../search/logFilter.ts';
import { maxEntries } from './entryStore.ts';
import { EntryQueue } from './entryQueue.ts';

function exchanges(): LogHarness {
  const harness = new LogHarness();
  harness.log.group('exchange');
  return harness;
}

test('a reply stands in the row of its request; what came without one has its own', () => {
  const harness = exchanges();
  const first = harness.addSent();
  const second = harness.addSent();
  const pushed = harness.add();
  const replyToSecond = harness.add({ requestId: second });
  harness.answer(second, replyToSecond);
  harness.settle();
  expect(harness.shown()).toEqual([first, second, pushed]);
  const [waiting, answered] = harness.log.visible().toArray();
  expect(waiting && harness.log.replyOf(waiting)).toBeUndefined();
  expect(answered && harness.log.replyOf(answered)?.id).toBe(replyToSecond);
  expect(harness.log.store.getState()).toMatchObject({ rows: 3, shown: 3, newestReplyId: second });
  expect(messagesOf(harness.log, harness.log.visible().toArray()).map(({ id }) => id)).toEqual([
    1, 2, 3, 4,
  ]);
  harness.log.group('message');
  harness.settle();
  expect(harness.shown()).toEqual([1, 2, 3, 4]);
  expect(harness.log.store.getState()).toMatchObject({ rows: 4, newestReplyId: replyToSecond });
});

test.each([false, true])(
  'a row is found by what its request or its reply says (expression: %s)',
  (isRegExp) => {
    const harness = exchanges();
    const before = harness.addExchange({ text: 'hay' }, { text: 'needle before' });
    const both = harness.addExchange({ text: 'needle' }, { text: 'needle' });
    harness.addExchange({ text: 'hay' }, { text: 'hay' });
    harness.search('needle', { isRegExp });
    expect(harness.shown()).toEqual([before.requestId, both.requestId]);
    // The request was judged long before its reply comes.
    const late = harness.addSent({ text: 'hay' });
    const pushed = harness.add({ text: 'needle' });
    harness.settle();
    expect(harness.shown()).toEqual([before.requestId, both.requestId, pushed]);
    const reply = harness.add({ text: 'needle', requestId: late });
    harness.answer(late, reply);
    harness.settle();
    expect(harness.shown()).toEqual([before.requestId, both.requestId, late, pushed]);
  },
);

test('each filter may hold for the request or the reply, and values are counted by row', () => {
  const harness = exchanges();
  const tkn = (token: string) => `{"KV_SET":{"tkn":"${token}"}}`;
  const refused = harness.addExchange(
    { name: 'KV_SET', text: tkn('7') },
    { name: 'KV_SET_RSP', text: '{}', statuses: ['SessionNotExist'] },
  );
  harness.addExchange({ name: 'KV_SET', text: tkn('8') }, { name: 'KV_SET_RSP', statuses: ['Ok'] });
  harness.settle();
  const counted = countFacets(rowsOf(harness.log)).map(({ kind, value, count }) => [
    kind,
    value,
    count,
  ]);
  expect(counted).toContainEqual(['command', 'KV_SET', 2]);
  expect(counted).toContainEqual(['session', '7', 1]);
  const facets = [
    { kind: 'session', value: '7', label: '7' },
    { kind: 'status', value: 'SessionNotExist', label: 'SessionNotExist' },
  ] as const;
  harness.log.setFilter({ facets });
  harness.settle();
  expect(harness.shown()).toEqual([refused.requestId]);
  harness.log.setFilter({ ...noFilter, show: 'failures' });
  harness.settle();
  expect(harness.shown()).toEqual([refused.requestId]);
});

test('received only means what came without a request', () => {
  const harness = exchanges();
  harness.addExchange();
  const pushed = harness.add();
  harness.log.setFilter({ show: 'received' });
  harness.settle();
  expect(harness.shown()).toEqual([pushed]);
});

test('a request whose reply is lost becomes a failure in its place', () => {
  const harness = exchanges();
  harness.log.setFilter({ show: 'failures' });
  const lost = harness.addSent();
  const refused = harness.addExchange({}, { statuses: ['SessionNotExist'] });
  harness.settle();
  expect(harness.shown()).toEqual([refused.requestId]);
  harness.log.observe({ type: 'outcome', id: lost, outcome: { state: 'lost' } });
  harness.settle();
  expect(harness.shown()).toEqual([lost, refused.requestId]);
});

test('a pause shows requests as they were; resuming brings their replies', () => {
  const harness = exchanges();
  const request = harness.addSent();
  harness.settle();
  harness.log.pause();
  const reply = harness.add({ requestId: request });
  harness.answer(request, reply);
  harness.settle();
  const [row] = harness.log.visible().toArray();
  expect(row && harness.log.replyOf(row)).toBeUndefined();
  harness.log.resume();
  harness.settle();
  const [resumed] = harness.log.visible().toArray();
  expect(resumed && harness.log.replyOf(resumed)?.id).toBe(reply);
  expect(harness.shown()).toEqual([request]);
});

test('a cleared log comes back with its rows, and counts them', () => {
  const harness = exchanges();
  const first = harness.addExchange();
  harness.log.clear();
  const second = harness.addExchange();
  harness.settle();
  expect(harness.log.store.getState().rows).toBe(1);
  harness.log.undoClear();
  harness.settle();
  expect(harness.shown()).toEqual([first.requestId, second.requestId]);
  expect(harness.log.store.getState()).toMatchObject({ rows: 2, counts: { kept: 4 } });
});

test('a reply whose request the cap has dropped has a row of its own until it goes too', () => {
  const harness = exchanges();
  harness.log.keepAll(true);
  const first = harness.addSent();
  const pushed = harness.add();
  const reply = harness.add({ requestId: first });
  harness.answer(first, reply);
  harness.settle();
  expect(harness.shown()).toEqual([first, pushed]);
  const rowsNow = () => harness.log.store.getState().rows;
  for (let count = 3; count < maxEntries + 1; count += 1) harness.add();
  harness.settle();
  expect(harness.shown().slice(0, 2)).toEqual([pushed, reply]);
  expect(rowsNow()).toBe(maxEntries);
  expect(harness.shown()).toHaveLength(maxEntries);
  harness.add();
  harness.add();
  harness.settle();
  expect(harness.shown()[0]).toBe(reply + 1);
});

test('a flood leaves replies out of the sample: the request says that it was answered', () => {
  const harness = exchanges();
  for (let count = 0; count < 6000; count += 1) harness.add();
  const ids: number[] = [];
  for (let count = 0; count < 100; count += 1) ids.push(harness.addExchange().requestId);
  harness.settle();
  const rows = harness.log.visible().toArray();
  expect(rows.filter(({ kind }) => kind === 'sent').map(({ id }) => id)).toEqual(ids);
  expect(
    rows.filter((row) => row.kind === 'sent' && !harness.log.replyOf(row)).length,
  ).toBeGreaterThan(50);
  expect(harness.log.store.getState().rows).toBe(rows.length);
});

test('whatever comes in whatever order, the rows are those of a log that is judged from the start', () => {
  const step = fc.constantFrom('send', 'push', 'answer', 'answer other', 'lose', 'frame');
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.boolean(), (steps, isSearching) => {
      const harness = exchanges();
      const open: number[] = [];
      if (isSearching) harness.search('x');
      for (const [index, each] of steps.entries()) {
        const text = index % 3 === 0 ? 'x' : 'y';
        if (each === 'send') open.push(harness.addSent({ text }));
        else if (each === 'push') harness.add({ text });
        else if (each === 'frame') harness.settle();
        else {
          const request = each === 'answer' ? open.shift() : open.pop();
          if (request === undefined) continue;
          if (each === 'lose') {
            harness.log.observe({ type: 'outcome', id: request, outcome: { state: 'lost' } });
          } else harness.answer(request, harness.add({ text, requestId: request }));
        }
      }
      harness.settle();
      const live = harness.shown();
      harness.log.group('message');
      harness.log.group('exchange');
      harness.settle();
      expect(live).toEqual(harness.shown());
    }),
  );
});

test('an entry is put in its place by id, near either end and after some have left', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40), { maxLength: 30 }), fc.nat(20), (inserted, dropped) => {
      const entry = (id: number) =>
        ({ kind: 'connection', id, atMs: 0, event: { event: 'pageReloaded' } }) as const;
      const queue = new EntryQueue(Array.from({ length: 20 }, (_, at) => entry(at * 2)));
      queue.dropFirst(dropped);
      const expected = queue.toArray().map(({ id }) => id);
      for (const id of new Set(inserted)) {
        if (queue.find(id)) continue;
        queue.insert(entry(id));
        expected.push(id);
      }
      expect(queue.toArray().map(({ id }) => id)).toEqual(expected.toSorted((a, b) => a - b));
      expect(queue.length).toBe(expected.length);
    }),
  );
});
