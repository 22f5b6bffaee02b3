import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quietOutcomes, type QuietCall } from './quietOutcomes.ts';
import type { Reply } from './reply.ts';

const call = (token: string, keys: Record<string, number> = { a: 1 }): QuietCall => ({
  replyName: 'KV_SETQ_RSP',
  token,
  keys,
});

const reply = (tkn: string | null, keys?: Record<string, number>): Reply => {
  const body = keys ? { tkn, keys } : { st: 100, tkn, m: '' };
  return { name: 'KV_SETQ_RSP', body, text: '', refusedNumber: undefined };
};

const kinds = (calls: QuietCall[], replies: Reply[]) =>
  quietOutcomes(calls, replies)?.map(({ kind }) => kind);

test('without a reply all have succeeded', () => {
  expect(kinds([call('1'), call('2')], [])).toEqual(['silent', 'silent']);
});

test('a reply belongs to the only call with its token', () => {
  const calls = [call('1'), call('2'), call('1')];
  expect(kinds(calls, [reply('2')])).toEqual(['silent', 'answered', 'silent']);
});

test('a reply that two calls fit is certain for neither', () => {
  const calls = [call('1'), call('2'), call('1')];
  expect(kinds(calls, [reply('1')])).toEqual(['ambiguous', 'silent', 'ambiguous']);
});

test('as many replies as calls are certain again', () => {
  expect(kinds([call('1'), call('1')], [reply('1'), reply('1')])).toEqual(['answered', 'answered']);
});

test('keys tell calls to one session apart', () => {
  const calls = [call('1', { a: 1 }), call('1', { b: 1 })];
  expect(kinds(calls, [reply('1', { b: 23 })])).toEqual(['silent', 'answered']);
});

test('a refusal of the store, which has no token, fits every call; its place may still be certain', () => {
  const calls = [call('1'), call('2'), call('3')];
  expect(kinds(calls, [reply(null)])).toEqual(['ambiguous', 'ambiguous', 'ambiguous']);
  expect(kinds(calls, [reply('2'), reply(null)])).toEqual(['silent', 'answered', 'answered']);
});

test('a reply that fits no call, or comes too late, is refused', () => {
  expect(kinds([call('1')], [reply('2')])).toBeUndefined();
  expect(kinds([call('1'), call('2')], [reply('2'), reply('1')])).toBeUndefined();
});

/** Every way to give the replies to calls, in order. */
function* pairings(calls: QuietCall[], replies: Reply[], from = 0): Generator<number[]> {
  const [first, ...rest] = replies;
  if (!first) return yield [];
  for (let at = from; at < calls.length; at += 1) {
    const { token } = calls[at] ?? {};
    if (first.body['tkn'] !== null && first.body['tkn'] !== token) continue;
    for (const others of pairings(calls, rest, at + 1)) yield [at, ...others];
  }
  return undefined;
}

const tokens = fc.constantFrom('1', '2', '3');

test('what is said to be certain is so in every possible pairing', () => {
  const calls = fc.array(
    tokens.map((token) => call(token)),
    { maxLength: 7 },
  );
  const replies = fc.array(
    fc.oneof(tokens, fc.constant(null)).map((tkn) => reply(tkn)),
    {
      maxLength: 4,
    },
  );
  fc.assert(
    fc.property(calls, replies, (sent, came) => {
      const all = [...pairings(sent, came)];
      const outcomes = quietOutcomes(sent, came);
      expect(outcomes === undefined).toBe(all.length === 0);
      for (const [at, outcome] of outcomes?.entries() ?? []) {
        const own = all.map((pairing) => pairing.indexOf(at));
        if (outcome.kind === 'silent') expect(own.every((index) => index < 0)).toBe(true);
        if (outcome.kind !== 'answered') continue;
        expect(new Set(own).size).toBe(1);
        expect(came[own[0] ?? -1]).toBe(outcome.reply);
      }
    }),
    { numRuns: 500 },
  );
});
