import { beforeEach, describe, expect, test } from 'vitest';
import { asJsonText, type JsonText } from '../../protocol/json/jsonText.ts';
import { statusCode } from '../../protocol/status.ts';
import type { Token } from '../../protocol/token.ts';
import type { FakeClock } from '../fakeClock.ts';
import { maxTimerMs } from '../clock.ts';
import type { Expiry, SessionChange, SessionEngine } from './sessionEngine.ts';

/** An engine under test and the clock that it goes by. */
export interface EngineUnderTest {
  readonly engine: SessionEngine;
  readonly clock: FakeClock;
}

/** A map of keys and values for the engine. */
export function entriesOf(values: Record<string, string>): ReadonlyMap<string, JsonText> {
  return new Map(Object.entries(values).map(([key, text]) => [key, asJsonText(text)]));
}

/** What every engine must do. Call it inside a test file with a way to make an empty one. */
export function engineContract(create: () => EngineUnderTest): void {
  let engine: SessionEngine;
  let clock: FakeClock;

  beforeEach(() => {
    ({ engine, clock } = create());
  });

  const newSession = async (expiry?: Expiry, name = 'demo'): Promise<Token> => {
    const made = await engine.newSession({ name, shared: false, expiry });
    return made.ok ? made.value : made.refusal;
  };
  const newShared = (name: string) => engine.newSession({ name, shared: true });
  const endsAfter = (durationSec: number): Expiry => ({ durationSec, deleteSession: true });
  const restartsAfter = (durationSec: number): Expiry => ({ durationSec, deleteSession: false });
  const count = async (token: Token): Promise<number | string> => {
    const counted = await engine.countKeys(token);
    return counted.ok ? counted.value : counted.refusal.status;
  };
  const statusesOf = async (outcome: ReturnType<SessionEngine['setKeys']>): Promise<unknown> => {
    const result = await outcome;
    return result.ok ? [...result.value] : result.refusal;
  };

  describe('sessions', () => {
    test('two sessions of one name are two sessions', async () => {
      const [first, second] = [await newSession(), await newSession()];
      expect(first).not.toBe(second);
      await engine.setKeys(first, entriesOf({ a: '1' }));
      expect([await count(first), await count(second)]).toEqual([1, 0]);
    });

    test('a shared session is refused with its token while it lives', async () => {
      const first = await newShared('defaults');
      const token = first.ok ? first.value : undefined;
      expect(await newShared('defaults')).toEqual({ ok: false, refusal: token });
      expect(await engine.openShared('defaults')).toBe(token);
      expect(await engine.openShared('Defaults')).toBeUndefined();
    });

    test('a shared name gives the same token after its session has ended', async () => {
      const first = await newShared('defaults');
      const token = first.ok ? first.value : ('' as Token);
      expect(await engine.endSession(token)).toBe(true);
      expect(await engine.openShared('defaults')).toBeUndefined();
      expect(await newShared('defaults')).toEqual(first);
    });

    test('a session that is not shared cannot be opened by its name', async () => {
      await newSession(undefined, 'private');
      expect(await engine.openShared('private')).toBeUndefined();
    });

    test('ending takes the keys along and works once', async () => {
      const token = await newSession();
      await engine.setKeys(token, entriesOf({ a: '1' }));
      expect([await engine.endSession(token), await engine.endSession(token)]).toEqual([
        true,
        false,
      ]);
      expect(await engine.totals()).toEqual({ sessions: 0, keys: 0 });
      expect(await count(token)).toBe('SessionNotExist');
    });
  });

  test('ending all sessions cancels their timers and spares none', async () => {
    const tokens = [await newSession(endsAfter(10)), await newSession()];
    await engine.setKeys(tokens[1] ?? ('' as Token), entriesOf({ a: '1' }));
    expect(await engine.livingTokens([...tokens, '7' as Token])).toEqual(tokens);
    expect([await engine.endAllSessions(), await engine.endAllSessions()]).toEqual([2, 0]);
    expect(await engine.livingTokens(tokens)).toEqual([]);
    expect(await engine.totals()).toEqual({ sessions: 0, keys: 0 });
  });

  describe('extended deadlines', () => {
    const extension = { onSetAdd: true, onGet: false };
    const moves: [string, boolean, (token: Token) => unknown][] = [
      ['setKeys', true, (token) => engine.setKeys(token, entriesOf({}))],
      ['addKeys', true, (token) => engine.addKeys(token, entriesOf({}))],
      ['getKeys', false, (token) => engine.getKeys(token, [])],
      ['replaceKeys', false, (token) => engine.replaceKeys(token, entriesOf({}))],
      ['appendItems', false, (token) => engine.appendItems(token, { key: 'a', items: [] })],
      ['keyNames', false, (token) => engine.keyNames(token)],
    ];

    test.each(moves)('%s extends when storing does: %s', async (_, extends_, move) => {
      const session = { name: 'demo', shared: false, expiry: endsAfter(10), extension };
      const made = await engine.newSession(session);
      const token = made.ok ? made.value : made.refusal;
      clock.advance(9_000);
      await move(token);
      clock.advance(1_001);
      expect((await engine.livingTokens([token])).length).toBe(extends_ ? 1 : 0);
      clock.advance(9_000);
      expect(await engine.livingTokens([token])).toEqual([]);
    });

    test('reading extends when it is to, and the inspector hears of it', async () => {
      const heard: string[] = [];
      const session = { name: 'demo', shared: false, expiry: restartsAfter(10) };
      const made = await engine.newSession({
        ...session,
        extension: { onSetAdd: false, onGet: true },
      });
      const token = made.ok ? made.value : made.refusal;
      await engine.setKeys(token, entriesOf({ a: '1' }));
      clock.advance(9_000);
      engine.subscribe(({ kind }) => heard.push(kind));
      await engine.getKeys(token, ['a']);
      clock.advance(9_999);
      expect([await count(token), heard]).toEqual([1, ['extended']]);
      clock.advance(2);
      expect([await count(token), heard]).toEqual([0, ['extended', 'cleared']]);
    });
  });

  describe('keys', () => {
    test('storing tells new from replaced, adding leaves what is there', async () => {
      const token = await newSession();
      await engine.setKeys(token, entriesOf({ a: '1' }));
      expect(await statusesOf(engine.setKeys(token, entriesOf({ a: '2', b: '3' })))).toEqual([
        ['a', 'KeyUpdated'],
        ['b', 'KeySet'],
      ]);
      expect(await statusesOf(engine.addKeys(token, entriesOf({ b: '4', c: '5' })))).toEqual([
        ['b', 'KeyExists'],
        ['c', 'KeySet'],
      ]);
      const found = await engine.getKeys(token, ['c', 'b', 'nope', 'a']);
      expect(found.ok && [...found.value]).toEqual([
        ['c', '5'],
        ['b', '3'],
        ['nope', 'null'],
        ['a', '2'],
      ]);
    });

    test('removing tells what was there, and a key that holds null is there', async () => {
      const token = await newSession();
      await engine.setKeys(token, entriesOf({ a: 'null' }));
      const found = await engine.containsKeys(token, ['a', 'b']);
      expect(found.ok && [...found.value]).toEqual([
        ['a', true],
        ['b', false],
      ]);
      expect(await statusesOf(engine.removeKeys(token, ['a', 'b']))).toEqual([
        ['a', 'KeyRemoved'],
        ['b', 'KeyNotExist'],
      ]);
      expect(await engine.totals()).toEqual({ sessions: 1, keys: 0 });
    });

    test('clearing tells how many there were', async () => {
      const token = await newSession();
      await engine.setKeys(token, entriesOf({ a: '1', b: '2' }));
      expect(await engine.clearKeys(token)).toEqual({ ok: true, value: 2 });
      expect(await engine.totals()).toEqual({ sessions: 1, keys: 0 });
    });

    test('overwriting keeps the place of a key, storing it anew moves it to the end', async () => {
      const token = await newSession();
      await engine.setKeys(token, entriesOf({ a: '1', b: '2', c: '3' }));
      await engine.setKeys(token, entriesOf({ a: '4' }));
      await engine.removeKeys(token, ['b']);
      await engine.setKeys(token, entriesOf({ b: '5' }));
      expect(await engine.listKeys('s1', 10)).toEqual(['a', 'c', 'b']);
    });

    test.each(['__proto__', 'constructor', '', 'tkn', '10'])('%j is a key', async (key) => {
      const token = await newSession();
      await engine.setKeys(token, new Map([[key, asJsonText('1')]]));
      const found = await engine.getKeys(token, [key]);
      expect(found.ok && [...found.value]).toEqual([[key, '1']]);
    });

    test('every key command says which token names no session', async () => {
      const token = '7' as Token;
      const refusal = { status: 'SessionNotExist', blamed: '', token };
      const outcomes = await Promise.all([
        engine.setKeys(token, entriesOf({})),
        engine.addKeys(token, entriesOf({})),
        engine.getKeys(token, []),
        engine.removeKeys(token, []),
        engine.clearKeys(token),
        engine.countKeys(token),
        engine.containsKeys(token, []),
        engine.keyNames(token),
        engine.replaceKeys(token, entriesOf({})),
        engine.appendItems(token, { key: 'a', items: [] }),
        engine.findKeys(token, { path: '', wants: 'keys' }),
        engine.updateNodes(token, { key: 'a', path: '', value: asJsonText('1') }),
      ]);
      expect(outcomes).toEqual(outcomes.map(() => ({ ok: false, refusal })));
      expect(statusCode('SessionNotExist')).toBe(100);
    });
  });

  describe('expiry', () => {
    test('a session lives up to its deadline and not beyond, timer or no timer', async () => {
      const token = await newSession(endsAfter(10));
      await engine.setKeys(token, entriesOf({ a: '1' }));
      clock.advanceWithoutTimers(9_999.9);
      expect(await count(token)).toBe(1);
      clock.advanceWithoutTimers(0.2);
      expect(await count(token)).toBe('SessionNotExist');
    });

    test('no total shows an expired session, though nobody has asked for it', async () => {
      await engine.setKeys(await newSession(endsAfter(10)), entriesOf({ a: '1' }));
      await engine.setKeys(await newSession(), entriesOf({ b: '1' }));
      clock.advanceWithoutTimers(10_001);
      expect(await engine.totals()).toEqual({ sessions: 1, keys: 1 });
    });

    test('the timer alone lets go of what is over', async () => {
      const changes: SessionChange[] = [];
      engine.subscribe((change) => changes.push(change));
      await newSession(endsAfter(10));
      clock.advance(10_001);
      expect(changes).toEqual([
        { kind: 'created', id: 's1' },
        { kind: 'ended', id: 's1' },
      ]);
    });

    test('an expired shared name may be created anew', async () => {
      const expiry = endsAfter(5);
      const first = await engine.newSession({ name: 'defaults', shared: true, expiry });
      clock.advanceWithoutTimers(5_001);
      expect(await engine.openShared('defaults')).toBeUndefined();
      expect(await newShared('defaults')).toEqual(first);
    });

    test('a session that stays loses its keys and starts again at its old deadline', async () => {
      const token = await newSession(restartsAfter(10));
      await engine.setKeys(token, entriesOf({ a: '1' }));
      const before = await engine.sessionFacts(token);
      clock.advanceWithoutTimers(34_000);
      expect(await count(token)).toBe(0);
      const after = await engine.sessionFacts(token);
      expect(after?.expiry).toEqual({
        ...restartsAfter(10),
        deadlineSec: (before?.expiry?.deadlineSec ?? 0) + 30,
        remainingSec: 6,
      });
    });

    test('it goes on restarting, by the timer too', async () => {
      const token = await newSession(restartsAfter(1));
      for (let term = 0; term < 5; term += 1) {
        await engine.setKeys(token, entriesOf({ a: '1' }));
        expect(await count(token)).toBe(1);
        clock.advance(1000);
        expect(await count(token)).toBe(0);
      }
    });

    test('no command moves a deadline', async () => {
      const token = await newSession(endsAfter(10));
      clock.advance(9_000);
      await engine.setKeys(token, entriesOf({ a: '1' }));
      await engine.getKeys(token, ['a']);
      await engine.sessionFacts(token);
      await engine.viewSessions(['s1']);
      await engine.viewKeys('s1', ['a']);
      clock.advance(1_001);
      expect(await count(token)).toBe('SessionNotExist');
    });

    test('ending one session leaves others of the same deadline alone', async () => {
      const [first, second] = [await newSession(endsAfter(10)), await newSession(endsAfter(10))];
      await engine.endSession(first);
      clock.advance(9_000);
      expect(await count(second)).toBe(0);
      clock.advance(1_001);
      expect(await count(second)).toBe('SessionNotExist');
    });

    test('the deadline of an ended shared session spares the one created anew', async () => {
      const expiry = endsAfter(10);
      const first = await engine.newSession({ name: 'defaults', shared: true, expiry });
      const token = first.ok ? first.value : first.refusal;
      await engine.setKeys(token, entriesOf({ a: '1' }));
      await engine.endSession(token);
      await newShared('defaults');
      await engine.setKeys(token, entriesOf({ a: '1' }));
      clock.advance(20_000);
      expect(await count(token)).toBe(1);
      expect(await engine.totals()).toEqual({ sessions: 1, keys: 1 });
    });

    test('what is left is told in whole seconds, rounded down', async () => {
      const token = await newSession(endsAfter(60));
      const createdSec = Math.floor(clock.nowMs() / 1000);
      clock.advance(18_500);
      const facts = await engine.sessionFacts(token);
      expect(facts?.expiry).toEqual({
        ...endsAfter(60),
        deadlineSec: createdSec + 60,
        remainingSec: 41,
      });
    });

    test('the longest durations fit the timer and keep their digits', async () => {
      const token = await newSession(endsAfter(Number.MAX_SAFE_INTEGER));
      expect(clock.waitsMs).toEqual([maxTimerMs]);
      clock.advance(maxTimerMs * 3);
      const facts = await engine.sessionFacts(token);
      const passedSec = Math.ceil((maxTimerMs * 3) / 1000);
      expect(facts?.expiry?.remainingSec).toBe(Number.MAX_SAFE_INTEGER - passedSec);
    });

    test('nothing waits for a session that was ended', async () => {
      const tokens = await Promise.all([1, 2, 3].map((sec) => newSession(endsAfter(sec))));
      for (const token of tokens) await engine.endSession(token);
      clock.advance(10_000);
      expect(clock.waitsMs).toEqual([]);
    });

    test('a stopped engine has no timer left', async () => {
      await newSession(endsAfter(10));
      await engine.close();
      expect(clock.waitsMs).toEqual([]);
    });
  });

  describe('views and changes', () => {
    test('the newest sessions are listed, in the order of their creation', async () => {
      for (const name of ['a', 'b', 'c']) await newSession(undefined, name);
      const ids = await engine.listSessions(2);
      const views = await engine.viewSessions([...ids, 's99']);
      expect(views.map(({ id, name }) => [id, name])).toEqual([
        ['s2', 'b'],
        ['s3', 'c'],
      ]);
    });

    test('a listener hears of every change until it leaves', async () => {
      const heard: string[] = [];
      const leave = engine.subscribe((change) => {
        const keys = 'keys' in change ? [...change.keys] : [];
        heard.push([change.kind, change.id, ...keys].join(' '));
      });
      const token = await newSession();
      await engine.setKeys(token, entriesOf({ a: '1', b: '1' }));
      await engine.addKeys(token, entriesOf({ a: '1', c: '1' }));
      await engine.removeKeys(token, ['a', 'nope']);
      await engine.clearKeys(token);
      await engine.endSession(token);
      leave();
      await newSession();
      expect(heard).toEqual([
        'created s1',
        'stored s1 a b',
        'stored s1 c',
        'removed s1 a',
        'cleared s1',
        'ended s1',
      ]);
    });

    test('keys are viewed with their total; an ended session has none', async () => {
      const token = await newSession();
      await engine.setKeys(token, entriesOf({ a: '1', b: '2', c: '3' }));
      const view = await engine.viewKeys('s1', ['c', 'nope', 'a']);
      expect(view?.totalKeys).toBe(3);
      expect([...(view?.entries ?? [])]).toEqual([
        ['c', '3'],
        ['a', '1'],
      ]);
      await engine.endSession(token);
      expect(await engine.viewKeys('s1', ['a'])).toBeUndefined();
      expect(await engine.listKeys('s1', 5)).toBeUndefined();
    });
  });
}
