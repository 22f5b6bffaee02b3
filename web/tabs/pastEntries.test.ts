import { expect, test } from 'vitest';
import { asJsonText } from '../../protocol/json/jsonText.ts';
import type { Entry } from '../connection/page/exchange.ts';
import { fromPast, pastEntries } from './pastEntries.ts';
import { toPast } from './toPast.ts';

const base = { atMs: 1000.4, bytes: 5, text: '{"SH_NEW":{}}' };
const sent = { kind: 'sent', ...base, name: 'SH_NEW', isQuiet: false } as const;
const received = { kind: 'received', ...base, name: 'SH_NEW_RSP', learned: [] } as const;

function restored(entries: readonly Entry[]): Entry[] {
  const text = pastEntries.write(toPast(entries));
  return fromPast(pastEntries.read(asJsonText(text)) ?? []);
}

test('a request and its reply come back as a pair, before all that is new', () => {
  const entries: Entry[] = [
    { kind: 'connection', id: 7, atMs: 999, tone: 'good', text: 'Connected' },
    { ...sent, id: 8, outcome: { state: 'answered', replyId: 9, latencyMs: 0.4 } },
    { ...received, id: 9, statuses: ['Ok'], requestId: 8, latencyMs: 0.4 },
  ];
  const [note, request, reply] = restored(entries);
  expect(note).toEqual({ kind: 'connection', id: -3, atMs: 999, tone: 'good', text: 'Connected' });
  expect(request).toMatchObject({
    id: -2,
    atMs: 1000,
    outcome: { state: 'answered', replyId: -1, latencyMs: 0.4 },
  });
  expect(reply).toMatchObject({ id: -1, statuses: ['Ok'], requestId: -2, latencyMs: 0.4 });
});

test('rows that were restored once are restored again', () => {
  const once = restored([
    { ...sent, id: 1, outcome: { state: 'waiting' } },
    { ...received, id: 2, statuses: [], requestId: undefined, latencyMs: undefined },
  ]);
  expect(once[0]).toMatchObject({ outcome: { state: 'lost' } });
  expect(once[1]).toMatchObject({ requestId: undefined, latencyMs: undefined });
  expect(restored(once)).toEqual(once);
});

test('only the newest rows are kept, and only so many characters of them', () => {
  const row = (id: number, text: string): Entry => ({
    kind: 'connection',
    id,
    atMs: id,
    tone: 'neutral',
    text,
  });
  const many = Array.from({ length: 500 }, (_, id) => row(id, String(id)));
  expect(toPast(many)).toHaveLength(200);
  expect(toPast(many).at(-1)?.text).toBe('499');
  const long = [row(1, 'x'.repeat(60_000)), row(2, 'y'.repeat(60_000))];
  expect(toPast(long)).toHaveLength(1);
});
