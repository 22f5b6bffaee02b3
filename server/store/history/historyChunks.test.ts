import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonText } from '../../../protocol/json/jsonText.ts';
import { bytesOfChange, HistoryChunk } from './historyChunk.ts';
import { NotedKeys } from './notedKeys.ts';
import { HistoryChunks } from './historyChunks.ts';
import { ServerNames } from './serverNames.ts';
import { timelineBytes } from './timelineRows.ts';
import type { NewChange } from './writtenChange.ts';
import { readNewestFirst } from './readHistory.ts';

const maxBytes = 20_000;

/** @param entries Keys with their values before. */
function change(...entries: (readonly [key: string, before: string | undefined])[]): NewChange {
  const keys = new NotedKeys();
  for (const [key, before] of entries) keys.note(key, before as JsonText | undefined); // Any text will do.
  return {
    kind: 'stored',
    afterMs: 0,
    cause: { connection: 1, command: 'KV_SET' },
    deadlineMs: undefined,
    gone: undefined,
    keyCount: entries.length,
    keys,
  };
}

const load = fc.array(
  fc.record({
    session: fc.constantFrom(0, 0, 0, 1, 2, 3),
    length: fc.constantFrom(0, 1, 30, 200, 2_000, 6_000),
    character: fc.constantFrom('a', 'é', '中'),
    goneBytes: fc.constantFrom(0, 0, 0, 1_000),
    isForgotten: fc.constantFrom(false, false, false, true),
    isReleased: fc.constantFrom(false, false, false, false, true),
  }),
  { minLength: 1, maxLength: 400 },
);

test('under any load the memory stays within the limit, and every change is remembered or counted as dropped', () => {
  fc.assert(
    fc.property(load, (writes) => {
      const chunks: HistoryChunks = new HistoryChunks(maxBytes, () => undefined);
      const timelines = Array.from({ length: 4 }, () => chunks.open());
      const written = timelines.map(() => 0);
      for (const { session, length, character, goneBytes, isForgotten, isReleased } of writes) {
        const timeline = timelines[session] ?? 0;
        // Its changes stay in chunks, while it and others get new ones.
        if (isForgotten) chunks.dropAll(timeline);
        if (isReleased) {
          chunks.release(timeline);
          timelines[session] = chunks.open();
          written[session] = 0;
        }
        const made = change(['key', character.repeat(length) || undefined]);
        chunks.write(made, timelines[session] ?? 0, goneBytes);
        written[session] = (written[session] ?? 0) + 1;
        expect(chunks.bytes).toBeLessThanOrEqual(maxBytes * 1.05);
      }
      const rows = timelines.map((timeline) => chunks.rowOf(timeline));
      expect(rows.map(({ length, dropped }) => length + dropped)).toEqual(written);
      const chunkAt = (number: number) => chunks.get(number);
      const reached = rows.map((each) => [
        ...readNewestFirst(each, { keys: new Map(), openedAtMs: 0, chunkAt }),
      ]);
      expect(reached.map(({ length }) => length)).toEqual(rows.map(({ length }) => length));
      expect(rows.every(({ length, bytes }) => length >= 0 && bytes >= 0)).toBe(true);
      // Released ones are freed when the last of their changes has left its chunk.
      for (const timeline of timelines) chunks.release(timeline);
      const last = chunks.open();
      for (let count = 0; count < 200; count += 1) {
        chunks.write(change(['key', 'x'.repeat(2_000)]), last, 10_000);
      }
      expect(chunks.timelineCount).toBe(1);
    }),
    { numRuns: 100 },
  );
});

test('a session with many changes does not push out those of others', () => {
  const chunks = new HistoryChunks(maxBytes, () => undefined);
  const [busy, quiet] = [chunks.open(), chunks.open()];
  chunks.write(change(['a', undefined]), quiet, 0);
  for (let count = 0; count < 5_000; count += 1) chunks.write(change(['a', 'value']), busy, 0);
  const [busyRow, quietRow] = [chunks.rowOf(busy), chunks.rowOf(quiet)];
  expect([quietRow.length, busyRow.length + busyRow.dropped]).toEqual([1, 5_000]);
  expect(busyRow.length).toBeGreaterThan(20);
});

test('of sessions with one change each, what is known of each counts as well', () => {
  const emptied: number[] = [];
  const chunks = new HistoryChunks(maxBytes, (timeline) => emptied.push(timeline));
  const timelines = Array.from({ length: 1_000 }, () => chunks.open());
  for (const timeline of timelines) chunks.write(change(['a', undefined]), timeline, 0);
  const kept = timelines.filter((timeline) => chunks.rowOf(timeline).length > 0);
  expect(kept).toEqual(timelines.slice(-kept.length));
  expect(emptied).toEqual(timelines.slice(0, -kept.length));
  expect(
    kept.length * (timelineBytes + bytesOfChange(change(['a', undefined]))),
  ).toBeLessThanOrEqual(maxBytes * 1.05);
  expect(kept.length).toBeGreaterThan(50);
});

test('changes and repetitions that are many years apart have their times', () => {
  const chunks = new HistoryChunks(maxBytes, () => undefined);
  const timeline = chunks.open();
  const years = [0, 3e10, 3e10 + 5, -2e11, 1e12];
  const times = years.map((afterMs) => ({ ...change(['a', undefined]), afterMs }));
  for (const each of times) chunks.write(each, timeline, 0);
  const read = () => {
    const source = { keys: new Map(), openedAtMs: 0, chunkAt: (at: number) => chunks.get(at) };
    return [...readNewestFirst(chunks.rowOf(timeline), source)].map(({ atMs }) => atMs);
  };
  expect(read()).toEqual(years.toReversed());
  const later = (afterMs: number) => ({ ...change(['a', undefined]), afterMs });
  expect([
    chunks.repeat(later(1e12 + 2e9), timeline),
    chunks.repeat(later(1e12 + 3e9), timeline),
  ]).toEqual([true, false]);
  expect(read()[0]).toBe(1e12 + 2e9);
});

test('a change knows where the one before is, however many chunks there have been', () => {
  const chunk = new HistoryChunk(2 ** 31 - 1, new ArrayBuffer(512), new ServerNames());
  const owner = { number: 1, lastChunk: 2 ** 31 - 2, lastAt: 65_528, length: 1, dropped: 0 };
  const at = chunk.write(change(['a', undefined]), owner);
  const { previousChunk, previousAt } = chunk.readHead(at);
  expect([previousChunk, previousAt]).toEqual([owner.lastChunk, owner.lastAt]);
});

test.each([
  '',
  'a',
  'é',
  '中',
  '\ud800',
  'x'.repeat(24),
  'x'.repeat(25),
  'é'.repeat(100),
  '中'.repeat(40_000),
])('a text comes back as it was, at any length and of any characters', (text) => {
  const chunks = new HistoryChunks(10_000_000, () => undefined);
  const timeline = chunks.open();
  const value = JSON.stringify(text);
  chunks.write(change([text, undefined], [text, value], ['end', '1']), timeline, 0);
  const chunk = chunks.get(1);
  const read = chunk?.readKeys(0).map(({ key, before }) => [key, before?.()]);
  expect(read).toEqual([
    [text, undefined],
    [text, value],
    ['end', '1'],
  ]);
});
