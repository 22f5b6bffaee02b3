import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonText } from '../../../protocol/json/jsonText.ts';
import { bytesOfChange } from './historyChunk.ts';
import { NotedKeys } from './notedKeys.ts';
import { historyBytes, HistoryChunks, SessionHistory } from './historyChunks.ts';
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
  }),
  { minLength: 1, maxLength: 400 },
);

test('under any load the memory stays within the limit, and every change is remembered or counted as dropped', () => {
  fc.assert(
    fc.property(load, (writes) => {
      const emptied: SessionHistory[] = [];
      const chunks = new HistoryChunks(maxBytes, (history) => emptied.push(history));
      const histories = Array.from({ length: 4 }, () => new SessionHistory());
      const written = histories.map(() => 0);
      for (const { session, length, character, goneBytes, isForgotten } of writes) {
        const history = histories[session];
        if (!history) continue;
        // Its changes stay in chunks, while it and others get new ones.
        if (isForgotten) chunks.dropAll(history);
        chunks.write(change(['key', character.repeat(length) || undefined]), history, goneBytes);
        written[session] = (written[session] ?? 0) + 1;
        expect(chunks.bytes).toBeLessThanOrEqual(maxBytes * 1.05);
      }
      expect(histories.map(({ length, dropped }) => length + dropped)).toEqual(written);
      const chunkAt = (number: number) => chunks.get(number);
      const reached = histories.map((each) => [
        ...readNewestFirst(each, { keys: new Map(), openedAtMs: 0, chunkAt }),
      ]);
      expect(reached.map(({ length }) => length)).toEqual(histories.map(({ length }) => length));
      expect(histories.every(({ length, bytes }) => length >= 0 && bytes >= -1)).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test('a session with many changes does not push out those of others', () => {
  const chunks = new HistoryChunks(maxBytes, () => undefined);
  const [busy, quiet] = [new SessionHistory(), new SessionHistory()];
  chunks.write(change(['a', undefined]), quiet, 0);
  for (let count = 0; count < 5_000; count += 1) chunks.write(change(['a', 'value']), busy, 0);
  expect([quiet.length, busy.length + busy.dropped]).toEqual([1, 5_000]);
  expect(busy.length).toBeGreaterThan(20);
});

test('of sessions with one change each, what is known of each counts as well', () => {
  const chunks = new HistoryChunks(maxBytes, () => undefined);
  const histories = Array.from({ length: 1_000 }, () => new SessionHistory());
  for (const history of histories) chunks.write(change(['a', undefined]), history, 0);
  const kept = histories.filter(({ length }) => length > 0);
  expect(kept).toEqual(histories.slice(-kept.length));
  expect(
    kept.length * (historyBytes + bytesOfChange(change(['a', undefined]))),
  ).toBeLessThanOrEqual(maxBytes * 1.05);
  expect(kept.length).toBeGreaterThan(50);
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
  const history = new SessionHistory();
  const value = JSON.stringify(text);
  chunks.write(change([text, undefined], [text, value], ['end', '1']), history, 0);
  const chunk = chunks.get(1);
  const read = chunk?.readKeys(0).map(({ key, before }) => [key, before?.()]);
  expect(read).toEqual([
    [text, undefined],
    [text, value],
    ['end', '1'],
  ]);
});
