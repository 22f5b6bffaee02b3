import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noDataSets } from './noDataSets.ts';
import { createDispatch } from '../../server/commands/dispatch.ts';
import type { Change, ChangeEvent, SessionRef } from '../../server/store/changes.ts';
import { createTokenSource, type TokenSource } from '../../server/store/tokenSource.ts';
import type { Token } from '../../protocol/token.ts';
import { LoneClusterStore } from './clusterStore.ts';
import { FakeClock } from './fakeClock.ts';
import { createMemoryStore, given } from './memoryStore.ts';
import { moves } from './naiveMoves.ts';
import { whyNoRedis } from './redisServer.ts';
import {
  NaiveModel,
  naiveIncrement,
  naiveReplace,
  naiveSelect,
  naiveSwap,
  naiveTouch,
  type ModelSession,
  type Move,
  type Plain,
} from './naiveModel.ts';

const facts = { serverVersion: '0', persistEnabled: false };

type Body = Record<string, unknown>;
type KeyMove = Extract<Move, { at: number }>;

/** The request of a move. */
function requestOf(
  move: Exclude<Move, { move: 'wait' }>,
  model: Pick<NaiveModel, 'token'>,
): string {
  const { move: name, ...members } = move;
  const body: Body = { ...members };
  if ('at' in move) body['tkn'] = model.token(move.at);
  if ('ats' in move) body['tkns'] = move.ats.map((at) => model.token(at));
  if ('entries' in move) body['keys'] = Object.fromEntries(move.entries);
  for (const own of ['at', 'ats', 'entries']) delete body[own];
  return JSON.stringify({ [name]: body });
}

/** The reply by the model; null is silence. */
function replyOf(
  move: Exclude<Move, { move: 'wait' }>,
  model: NaiveModel,
  given: string,
): Body | null {
  model.expire();
  if (move.move === 'SH_NEW') return model.create(move, given);
  if (move.move === 'SH_OPEN') return model.open(move.name);
  if (move.move === 'SH_EXISTS') return model.exist(move.ats);
  if (move.move === 'SH_INFO_ALL') return model.totals();
  if (move.move === 'SH_END_ALL') return model.endAll();
  return move.move === 'SH_END' ? model.end(move.at) : onSession(move, model);
}

function onSession(move: KeyMove, model: NaiveModel): Body | null {
  const tkn = model.token(move.at);
  const session = model.living(move.at);
  if (!session && move.move === 'SH_INFO') return { st: 100, tkn, shared: null, keyCnt: null };
  if (!session) return { st: 100, tkn, m: '' };
  if ('entries' in move) return storing(move, model, session);
  if (move.move === 'KV_GET') model.extend(session, 'extendOnGet');
  return looking(move, model, session) ?? ofOurOwn(move, model, session) ?? changing(move, session);
}

function ofOurOwn(move: KeyMove, model: NaiveModel, session: ModelSession): Body | undefined {
  const { tkn } = session;
  if (move.move === 'SH_TOUCH') {
    naiveTouch(session, move, model.nowMs);
    return { st: 1, tkn, expiry: infoOf(session, model.nowMs)['expiry'] };
  }
  if (move.move === 'KV_TAKE') {
    model.extend(session, 'extendOnGet');
    const found = looking({ ...move, move: 'KV_GET' }, model, session);
    session.keys = session.keys.filter(([key]) => !move.keys.includes(key));
    return found;
  }
  if (move.move !== 'KV_INCR' && move.move !== 'KV_CAS') return undefined;
  const reply = move.move === 'KV_INCR' ? naiveIncrement(session, move) : naiveSwap(session, move);
  if (reply['st'] !== 28 && reply['st'] !== 41) model.extend(session, 'extendOnSetAdd');
  return reply;
}

function storing(
  { move, entries }: Extract<Move, { entries: unknown }>,
  model: NaiveModel,
  session: ModelSession,
): Body | null {
  const { tkn } = session;
  const cnt = session.keys.length;
  if (move === 'KV_CLEAR_SET') session.keys = [];
  else model.extend(session, 'extendOnSetAdd');
  const isAdd = move === 'KV_ADD' || move === 'KV_ADDQ';
  const reported = entries.map(([key, value]): [string, number] => {
    const there = session.keys.find(([name]) => name === key);
    if (!there) session.keys.push([key, value]);
    else if (!isAdd) there[1] = value;
    return [key, there ? (isAdd ? 23 : 21) : 20];
  });
  const keys = Object.fromEntries(reported);
  if (move === 'KV_CLEAR_SET') return { tkn, st: 1, cnt, keys };
  if (move === 'KV_SETQ') return null;
  if (move !== 'KV_ADDQ') return { tkn, keys };
  const there = reported.filter(([, status]) => status === 23);
  return there.length === 0 ? null : { tkn, keys: Object.fromEntries(there) };
}

function looking(move: KeyMove, model: NaiveModel, session: ModelSession): Body | undefined {
  const { tkn } = session;
  const valueOf = (key: string) => session.keys.find(([name]) => name === key)?.[1];
  const eachOf = <T>(keys: string[], valueFor: (key: string) => T) =>
    Object.fromEntries([...new Set(keys)].map((key) => [key, valueFor(key)]));
  const { move: name } = move;
  if (name === 'SH_INFO') return infoOf(session, model.nowMs);
  if (name === 'KV_COUNT') return { st: 1, cnt: session.keys.length, tkn };
  if (name === 'KV_GET') return { tkn, keys: eachOf(move.keys, (key) => valueOf(key) ?? null) };
  if (name === 'KV_CONTAINS') {
    return { st: 1, tkn, keys: eachOf(move.keys, (key) => valueOf(key) !== undefined) };
  }
  if (name === 'KV_KEYS' || name === 'SH_KEYS') {
    return { tkn, st: 1, keys: session.keys.map(([key]) => key) };
  }
  return name === 'KV_FIND' ? finding(move, session) : undefined;
}

function finding(
  { path, rsp, keys }: Extract<Move, { move: 'KV_FIND' }>,
  session: ModelSession,
): Body {
  const { tkn } = session;
  const among = keys ? [...new Set(keys)] : session.keys.map(([key]) => key);
  const found = among.flatMap((key) => {
    const value = session.keys.find(([name]) => name === key)?.[1];
    const paths = value === undefined ? [] : naiveSelect(path, value);
    return paths.length > 0 ? [{ key, value, paths }] : [];
  });
  if (rsp === 'paths') return { tkn, st: 1, paths: found.flatMap(({ paths }) => paths) };
  if (rsp === 'keys') return { tkn, st: 1, keys: found.map(({ key }) => key) };
  return { tkn, st: 1, keys: Object.fromEntries(found.map(({ key, value }) => [key, value])) };
}

function infoOf({ tkn, shared, keys, expiry, deadlineMs }: ModelSession, nowMs: number): Body {
  const never = { expires: false, duration: 0, time: 0, deleteSession: false };
  const { extendOnSetAdd, extendOnGet } = expiry ?? {};
  const isShown = extendOnSetAdd !== undefined || extendOnGet !== undefined;
  const extend = isShown && {
    extendOnSetAdd: extendOnSetAdd ?? false,
    extendOnGet: extendOnGet ?? false,
  };
  const reported = expiry?.duration
    ? {
        expires: true,
        duration: expiry.duration,
        time: Math.floor(deadlineMs / 1000),
        deleteSession: expiry.deleteSession,
        remaining: Math.floor((deadlineMs - nowMs) / 1000),
      }
    : never;
  return { st: 1, tkn, shared, keyCnt: keys.length, expiry: { ...reported, ...extend } };
}

function changing(move: KeyMove, session: ModelSession): Body {
  const { tkn } = session;
  const isThere = (key: string) => session.keys.some(([name]) => name === key);
  if (move.move === 'KV_CLEAR') {
    const cnt = session.keys.length;
    session.keys = [];
    return { st: 1, cnt, tkn };
  }
  if (move.move === 'KV_RMV') {
    const reported = [...new Set(move.keys)].map((key) => [key, isThere(key) ? 24 : 22]);
    session.keys = session.keys.filter(([key]) => !move.keys.includes(key));
    return { ...Object.fromEntries([['tkn', tkn], ...reported]), tkn };
  }
  if (move.move !== 'KV_UPDATE' && move.move !== 'KV_ARR_APPEND') {
    throw new Error(`The model does not know ${move.move}`);
  }
  const entry = session.keys.find(([key]) => key === move.key);
  if (move.move === 'KV_UPDATE') {
    if (!entry) return { tkn, st: 22, key: move.key, cnt: 0 };
    const places = naiveSelect(move.path, entry[1]);
    entry[1] = naiveReplace(entry[1], { places, by: move.value });
    return { tkn, st: 1, key: move.key, cnt: places.length };
  }
  if (!entry) return { tkn, st: 22 };
  const longer = appended(entry[1], move);
  if (longer === undefined) return { tkn, st: 1000 };
  entry[1] = longer;
  return { tkn, st: 1 };
}

function appended(
  value: Plain,
  { items, name }: { items: Plain[]; name: string | undefined },
): Plain | undefined {
  if (Array.isArray(value)) return name === undefined ? [...value, ...items] : undefined;
  if (name === undefined || value === null || typeof value !== 'object') return undefined;
  const member = value[name];
  return Array.isArray(member) ? { ...value, [name]: [...member, ...items] } : undefined;
}

test('any sequence of commands gets the replies of a naive model', () => {
  fc.assert(
    fc.property(
      fc.array(moves, { minLength: 10, maxLength: 60 }),
      fc.boolean(),
      (list, hasTimers) => {
        const clock = new FakeClock();
        const store = createMemoryStore({ clock });
        if (hasTimers) void store.open();
        const dispatch = createDispatch({ store, facts, dataSets: noDataSets });
        const model = new NaiveModel(clock.nowMs());
        for (const move of list) {
          if (move.move === 'wait') {
            if (hasTimers) clock.advance(move.ms);
            else clock.advanceWithoutTimers(move.ms);
            model.nowMs = clock.nowMs();
            continue;
          }
          const reply = dispatch(requestOf(move, model), 1);
          if (reply instanceof Promise) throw new Error('Nothing here takes long');
          const token = /"tkn":"(\d+)"/.exec(reply ?? '')?.[1] ?? '';
          const wanted = replyOf(move, model, token);
          expect(reply).toBe(wanted && JSON.stringify({ [`${move.move}_RSP`]: wanted }));
        }
        void store.close();
      },
    ),
    { numRuns: 400 },
  );
});

describe.skipIf(whyNoRedis)(`with Redis${whyNoRedis ? `: ${whyNoRedis}` : ''}`, () => {
  const clock = new FakeClock();
  const store = new LoneClusterStore({ clock });
  const dispatch = createDispatch({ store, facts, dataSets: noDataSets });
  beforeAll(async () => store.open());
  afterAll(async () => store.close());

  test('any sequence of commands gets the replies of a naive model', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(moves, { minLength: 10, maxLength: 60 }), async (list) => {
        await dispatch('{"SH_END_ALL":{}}', 1);
        const model = new NaiveModel(clock.nowMs());
        for (const move of list) {
          if (move.move === 'wait') {
            clock.advanceWithoutTimers(move.ms);
            model.nowMs = clock.nowMs();
            continue;
          }
          const reply = await dispatch(requestOf(move, model), 1);
          const token = /"tkn":"(\d+)"/.exec(reply ?? '')?.[1] ?? '';
          const wanted = replyOf(move, model, token);
          expect(reply).toBe(wanted && JSON.stringify({ [`${move.move}_RSP`]: wanted }));
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});

/** Tokens in a known order. */
class CountingTokens implements TokenSource {
  last: number;

  constructor(last: number) {
    this.last = last;
  }

  randomToken(): Token {
    this.last += 1;
    return String(this.last) as Token;
  }

  sharedToken(name: string): Token {
    return createTokenSource().sharedToken(name);
  }
}

/**
 * What happened to each session, in its order. A timer that is set later may notice a deadline some
 * milliseconds later: when a deadline was noticed, and beside which other session's, is left out.
 */
function changesBySession(changes: readonly Change[]): Map<Token, object[]> {
  const bySession = new Map<Token, object[]>();
  const note = (ref: SessionRef, { by, cause, atMs }: Change, event: object) => {
    const seen = { ...event, ref, by, cause, atMs: by === 'deadline' ? 'late' : atMs };
    bySession.set(ref.token, [...(bySession.get(ref.token) ?? []), seen]);
  };
  for (const change of changes) {
    const { sequence: _, atMs: __, by: ___, cause: ____, ...event } = change;
    for (const ref of refsOf(change))
      note(ref, change, 'sessions' in event ? { kind: event.kind } : event);
  }
  return bySession;
}

function refsOf(event: ChangeEvent): readonly SessionRef[] {
  return 'sessions' in event ? [...event.sessions] : [event.session];
}

test('changes replayed into an empty store give the same replies and changes afterwards', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(moves, { minLength: 5, maxLength: 40 }),
      fc.array(moves, { minLength: 5, maxLength: 20 }),
      fc.boolean(),
      async (before, after, hasTimers) => {
        const clock = new FakeClock();
        const drawn = new CountingTokens(1000);
        const original = createMemoryStore({ clock, tokens: drawn });
        if (hasTimers) await original.open();
        const changes: Change[] = [];
        original.subscribe((change) => {
          if (change.kind !== 'gap') changes.push(change);
        });
        const tokens: string[] = [];
        const model = { token: (at: number) => tokens[at] ?? '7' };
        const play = (move: Move, ...stores: (typeof original)[]) => {
          if (move.move !== 'wait') {
            const request = requestOf(move, model);
            return stores.map((store) =>
              createDispatch({ store, facts, dataSets: noDataSets })(request, 1),
            );
          }
          if (hasTimers) clock.advance(move.ms);
          else clock.advanceWithoutTimers(move.ms);
          return [];
        };
        const note = (reply: unknown) => {
          const token = /^\{"SH_NEW_RSP":\{"st":1,.*"tkn":"(\d+)"/.exec(String(reply))?.[1];
          if (token) tokens.push(token);
        };
        for (const move of before) play(move, original).forEach(note);

        const copy = createMemoryStore({ clock, tokens: new CountingTokens(drawn.last) });
        for (const change of structuredClone(changes)) copy.contents.replay(change);
        if (hasTimers) await copy.open();
        const copied: Change[] = [];
        copy.subscribe((change) => {
          if (change.kind !== 'gap') copied.push(change);
        });
        const replayed = changes.length;
        for (const move of after) {
          const [reply, ofCopy] = play(move, original, copy);
          expect(ofCopy).toEqual(reply);
          note(reply);
        }
        const viewsOf = async (store: typeof original) =>
          given(await store.viewSessions(given(await store.listSessions(100))));
        expect(await viewsOf(copy)).toEqual(await viewsOf(original));
        expect(changesBySession(copied)).toEqual(changesBySession(changes.slice(replayed)));
        const sequences = copied.map(({ sequence }) => sequence);
        expect(sequences).toEqual(changes.slice(replayed).map(({ sequence }) => sequence));
        await Promise.all([original.close(), copy.close()]);
      },
    ),
    { numRuns: 300 },
  );
});
