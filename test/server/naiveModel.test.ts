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
import { whyNoRedis } from './whyNoRedis.ts';
import { NaiveModel, type Move } from './naiveModel.ts';
import { replyOf, requestOf } from './naiveReplies.ts';

const facts = { serverVersion: '0', persistEnabled: false };

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
