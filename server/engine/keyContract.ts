import { beforeEach, describe, expect, test } from 'vitest';
import { asJsonText } from '../../protocol/json/jsonText.ts';
import { statusCode } from '../../protocol/status.ts';
import type { Token } from '../../protocol/token.ts';
import { entriesOf, newSession, statusesOf, type EngineUnderTest } from './testEngine.ts';
import type { SessionEngine } from './sessionEngine.ts';

/** What becomes of keys and values. */
export function keyContract(create: () => EngineUnderTest): void {
  let engine: SessionEngine;

  beforeEach(() => {
    ({ engine } = create());
  });

  describe('keys', () => {
    test('storing tells new from replaced, adding leaves what is there', async () => {
      const token = await newSession(engine);
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
      const token = await newSession(engine);
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
      const token = await newSession(engine);
      await engine.setKeys(token, entriesOf({ a: '1', b: '2' }));
      expect(await engine.clearKeys(token)).toEqual({ ok: true, value: 2 });
      expect(await engine.totals()).toEqual({ sessions: 1, keys: 0 });
    });

    test('overwriting keeps the place of a key, storing it anew moves it to the end', async () => {
      const token = await newSession(engine);
      await engine.setKeys(token, entriesOf({ a: '1', b: '2', c: '3' }));
      await engine.setKeys(token, entriesOf({ a: '4' }));
      await engine.removeKeys(token, ['b']);
      await engine.setKeys(token, entriesOf({ b: '5' }));
      expect(await engine.listKeys('s1', 10)).toEqual(['a', 'c', 'b']);
    });

    test.each(['__proto__', 'constructor', '', 'tkn', '10'])('%j is a key', async (key) => {
      const token = await newSession(engine);
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
}
