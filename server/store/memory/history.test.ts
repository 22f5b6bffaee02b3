import { beforeEach, describe, expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { createMemoryStore, given, idOf } from '../../../test/server/memoryStore.ts';
import {
  endsAfter,
  entriesOf,
  restartsAfter,
} from '../../../test/server/storeContract/storeUnderTest.ts';
import type { Cause } from '../changes.ts';
import type { Expiry } from '../newSession.ts';
import { defaultStoreLimits } from '../storeLimits.ts';
import type { RememberedChange, Timeline } from '../timeline.ts';
import type { MemoryStore } from './memoryStore.ts';
import { maxKeysKept } from '../history/history.ts';

let clock: FakeClock;
let store: MemoryStore;

const by = (command: Cause['command'], connection = 3): Cause => ({ connection, command });

async function open(maxHistoryBytes = 1_000_000): Promise<void> {
  clock = new FakeClock();
  store = createMemoryStore({ clock, limits: { ...defaultStoreLimits, maxHistoryBytes } });
  await store.open();
  // As an inspector does: from now on sessions have ids.
  given(store.listSessions(1));
  given(store.viewSessions([]));
}

beforeEach(() => open());

function newSession(expiry?: Expiry, extension?: { onSetAdd: boolean; onGet: boolean }): Token {
  const session = { name: 'demo', shared: false, expiry, extension };
  return given(store.newSession(session, by('SH_NEW'))).token;
}

const timelineOf = <T>(token: Token, read: (timeline: Timeline) => T) =>
  given(store.readTimeline(idOf(token), read));

const changesOf = (token: Token) =>
  timelineOf(token, ({ newestFirst }) => [...newestFirst()].reverse()) ?? [];

const shown = (change: RememberedChange) => [
  change.kind,
  change.cause?.command,
  ...[...change.keys()].map(({ key, before, after }) => `${key}: ${before} → ${after}`),
];

const set = (token: Token, values: Record<string, string>, cause = by('KV_SET')) =>
  given(store.setKeys(token, entriesOf(values), cause));

describe('a timeline', () => {
  test('has each change with its cause, its time and what was before', () => {
    const token = newSession();
    clock.advance(1000);
    set(token, { a: '1', b: '2' });
    given(store.addKeys(token, entriesOf({ b: '3', c: '3' }), by('KV_ADD')));
    given(store.removeKeys(token, ['a', 'nope'], by('KV_RMV')));
    given(store.addToNumber(token, { key: 'b', by: asJsonText('5') }, by('KV_INCR')));
    given(store.replaceKeys(token, entriesOf({ c: '9' }), by('KV_CLEAR_SET')));
    given(store.clearKeys(token, by('KV_CLEAR')));
    given(store.getKeys(token, ['c'], by('KV_GET')));
    expect(changesOf(token).map(shown)).toEqual([
      ['created', 'SH_NEW'],
      ['stored', 'KV_SET', 'a: undefined → 1', 'b: undefined → 2'],
      ['stored', 'KV_ADD', 'c: undefined → 3'],
      ['removed', 'KV_RMV', 'a: 1 → undefined'],
      ['stored', 'KV_INCR', 'b: 2 → 7'],
      ['replaced', 'KV_CLEAR_SET', 'b: 7 → undefined', 'c: 3 → undefined', 'c: undefined → 9'],
      ['cleared', 'KV_CLEAR', 'c: 9 → undefined'],
    ]);
    const [created, stored] = changesOf(token);
    expect((stored?.atMs ?? 0) - (created?.atMs ?? 0)).toBe(1000);
    expect(created?.cause?.connection).toBe(3);
  });

  test('has the deadline that was moved; one that moves again and again is one change', () => {
    const token = newSession(endsAfter(10), { onSetAdd: false, onGet: true });
    for (let count = 0; count < 5; count += 1) {
      clock.advance(1000);
      given(store.getKeys(token, ['a'], by('KV_GET')));
    }
    given(store.getKeys(token, ['a'], by('KV_GET', 4)));
    given(store.touchSession(token, { durationSec: 60 }, by('SH_TOUCH')));
    const nowMs = clock.nowMs();
    expect(
      changesOf(token).map(({ kind, times, atMs, deadlineMs = nowMs }) => [
        kind,
        times,
        Math.round(nowMs - atMs),
        Math.round(deadlineMs - nowMs),
      ]),
    ).toEqual([
      ['created', 1, 5000, 0],
      ['extended', 5, 0, 10_000],
      ['extended', 1, 0, 10_000],
      ['touched', 1, 0, 60_000],
    ]);
  });

  test('has what a deadline did, without a cause', () => {
    const token = newSession(restartsAfter(1));
    set(token, { a: '1' });
    clock.advance(1000);
    expect(changesOf(token).map(shown).at(-1)).toEqual(['cleared', undefined, 'a: 1 → undefined']);
  });

  test('of a session that has ended can be read', () => {
    const [ended, expired] = [newSession(), newSession(endsAfter(1))];
    for (const token of [ended, expired]) set(token, { a: '1' });
    // Somebody looks at sessions by their ids.
    expect(changesOf(ended)).not.toEqual([]);
    given(store.endSession(ended, by('SH_END', 7)));
    clock.advance(1000);
    expect(timelineOf(ended, ({ isEnded, keys }) => [isEnded, keys.size])).toEqual([true, 0]);
    expect(changesOf(ended).map(shown).at(-1)).toEqual(['ended', 'SH_END', 'a: 1 → undefined']);
    expect(changesOf(expired).map(shown).at(-1)).toEqual(['ended', undefined, 'a: 1 → undefined']);
  });

  test('of a shared session that began and ended again is that of the last time', () => {
    const session = { name: 'again', shared: true, expiry: undefined };
    const tokens = ['1', '2', '3'].map((value) => {
      const { token } = given(store.newSession(session, by('SH_NEW')));
      set(token, { a: value });
      expect(changesOf(token).map(shown).at(-1)).toEqual([
        'stored',
        'KV_SET',
        `a: undefined → ${value}`,
      ]);
      given(store.endSession(token, by('SH_END')));
      return token;
    });
    const [token] = tokens;
    expect(new Set(tokens).size).toBe(1);
    expect(token && changesOf(token).map(shown)).toEqual([
      ['created', 'SH_NEW'],
      ['stored', 'KV_SET', 'a: undefined → 3'],
      ['ended', 'SH_END', 'a: 3 → undefined'],
    ]);
  });

  test('is not there for a session that has never been', () => {
    expect(given(store.readTimeline('nope', () => 1))).toBeUndefined();
  });

  test('begins with the session, or says when it begins', async () => {
    await open(100_000);
    const token = newSession();
    expect(timelineOf(token, ({ sinceMs }) => [sinceMs])).toEqual([undefined]);
    clock.advance(5000);
    for (let count = 0; count < 1_000; count += 1) set(token, { a: String(count) });
    expect(timelineOf(token, ({ sinceMs }) => sinceMs)).toBe(Math.round(clock.nowMs()));
  });

  test('says so where a change has too many keys, and begins with it', () => {
    const token = newSession();
    set(token, { a: '1' });
    const many = Array.from({ length: maxKeysKept + 1 }, (_, index) => [`k${index}`, '1'] as const);
    set(token, Object.fromEntries(many));
    set(token, { a: '2' });
    expect(timelineOf(token, ({ length, dropped }) => [length, dropped])).toEqual([2, 2]);
    const [large, small] = changesOf(token);
    expect(large && [large.kind, large.isWhole, large.keyCount]).toEqual([
      'stored',
      false,
      maxKeysKept + 1,
    ]);
    expect(small && shown(small)).toEqual(['stored', 'KV_SET', 'a: 1 → 2']);
  });

  test('of a session beyond its share of the memory loses the oldest changes, and counts them', async () => {
    await open(100_000);
    const [busy, idle] = [newSession(), newSession()];
    set(idle, { a: '1' });
    for (let count = 0; count < 1_000; count += 1) set(busy, { a: String(count) });
    const [length, dropped] = timelineOf(busy, (each) => [each.length, each.dropped]) ?? [0, 0];
    expect(length + dropped).toBe(1_001);
    expect(length).toBeGreaterThan(50);
    expect(timelineOf(idle, (each) => [each.length, each.dropped])).toEqual([2, 0]);
    expect(changesOf(busy).map(shown).at(-1)).toEqual(['stored', 'KV_SET', 'a: 998 → 999']);
  });

  test('is empty when nothing is to be remembered', async () => {
    await open(0);
    const token = newSession();
    set(token, { a: '1' });
    expect(timelineOf(token, ({ length, dropped }) => [length, dropped])).toEqual([0, 0]);
  });

  test('is forgotten when very many sessions end together', () => {
    const tokens = Array.from({ length: 3_000 }, () => newSession());
    given(store.endAllSessions(by('SH_END_ALL')));
    expect(tokens.map((token) => changesOf(token).length).filter(Boolean)).toEqual([]);
    const token = newSession();
    expect(changesOf(token).map(shown)).toEqual([['created', 'SH_NEW']]);
  });
});

describe('who wrote a value', () => {
  const writersOf = (token: Token, keys: string[]) =>
    [...(given(store.viewKeys(idOf(token), keys))?.writers ?? [])].map(
      ([key, { cause }]) => `${key}: ${cause?.command} of ${cause?.connection}`,
    );

  test('is who wrote it last', () => {
    const token = newSession();
    set(token, { a: '1', b: '1' }, by('KV_SET', 1));
    set(token, { b: '2' }, by('KV_SETQ', 2));
    given(store.removeKeys(token, ['a'], by('KV_RMV', 5)));
    set(token, { a: '3' }, by('KV_CAS', 6));
    expect(writersOf(token, ['a', 'b'])).toEqual(['a: KV_CAS of 6', 'b: KV_SETQ of 2']);
  });

  test('is who loaded or replaced it with all others', () => {
    const session = { name: 'loaded', shared: false, token: '77' as Token };
    const keys = new Map(entriesOf({ a: '1', b: '2' }));
    given(store.restoreSessions([{ ...session, keys }], by('SH_LOAD', 4)));
    expect(writersOf(session.token, ['a', 'b'])).toEqual(['a: SH_LOAD of 4', 'b: SH_LOAD of 4']);
    given(store.replaceKeys(session.token, entriesOf({ b: '3' }), by('KV_CLEAR_SET', 9)));
    expect(writersOf(session.token, ['b'])).toEqual(['b: KV_CLEAR_SET of 9']);
  });

  test('is not known when it is not remembered', async () => {
    await open(10_000);
    const token = newSession();
    set(token, { old: '1' });
    for (let count = 0; count < 100; count += 1) set(token, { new: String(count) });
    expect(writersOf(token, ['old', 'new'])).toEqual(['new: KV_SET of 3']);
  });
});
