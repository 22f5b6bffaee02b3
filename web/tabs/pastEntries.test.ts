import { expect, test } from 'vitest';
import { asJsonText } from '../../protocol/json/jsonText.ts';
import type { ConnectionEvent } from '../connection/page/connectionEvent.ts';
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
    { kind: 'connection', id: 7, atMs: 999, event: { event: 'connected', host: 'h:1' } },
    { ...sent, id: 8, outcome: { state: 'answered', replyId: 9, latencyMs: 0.4 } },
    { ...received, id: 9, statuses: ['Ok'], requestId: 8, latencyMs: 0.4 },
  ];
  const [note, request, reply] = restored(entries);
  expect(note).toEqual({
    kind: 'connection',
    id: -3,
    atMs: 999,
    event: { event: 'connected', host: 'h:1' },
  });
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
    ...sent,
    id,
    text,
    outcome: { state: 'silent' },
  });
  const many = Array.from({ length: 500 }, (_, id) => row(id, String(id)));
  expect(toPast(many)).toHaveLength(200);
  expect(toPast(many).at(-1)?.text).toBe('499');
  const long = [row(1, 'x'.repeat(60_000)), row(2, 'y'.repeat(60_000))];
  expect(toPast(long)).toHaveLength(1);
});

const close = { code: 1006, reason: 'x', wasOpen: false, host: 'h:1', subprotocols: ['a', 'b'] };
const events: ConnectionEvent[] = [
  { event: 'connected', host: 'h:1' },
  { event: 'reconnected', host: 'h:1' },
  { event: 'disconnected', host: 'h:1', code: 4001, reason: 'done' },
  { event: 'closed', close },
  { event: 'notTried', fault: { fault: 'addressScheme', detail: 'ftp:' } },
  { event: 'gaveUp', attempts: 3 },
  { event: 'notSent', messages: 2 },
  { event: 'notTried', fault: { fault: 'addressTooLong', length: 3000, limit: 2000 } },
  { event: 'notTried', fault: { fault: 'browserRefused', detail: 'no' } },
  { event: 'notTried', fault: { fault: 'addressEmpty' } },
  { event: 'pageReloaded' },
];

test.each(events)('of the connection $event is the same after a reload', (event) => {
  const [entry] = restored([{ kind: 'connection', id: 1, atMs: 5, event }]);
  expect(entry).toEqual({ kind: 'connection', id: -1, atMs: 5, event });
});

test('rows about the connection that an earlier version kept are left out, all others stay', () => {
  const kept =
    '[{"kind":"connection","atMs":1,"text":"Connected","tone":"good"},{"kind":"sent","atMs":2,"text":"{}"}]';
  const entries = fromPast(pastEntries.read(asJsonText(kept)) ?? []);
  expect(entries.map(({ id, kind }) => [id, kind])).toEqual([[-1, 'sent']]);
});
