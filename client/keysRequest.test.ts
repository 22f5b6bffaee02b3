import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ValueError } from './errors.ts';
import { GetKeys, KeysHeads, SetKeys } from './keysRequest.ts';
import type { Message } from './message.ts';
import { writeStored } from './storedText.ts';

/** A message, or the error in its place. */
function outcomeOf(write: () => Message | string): unknown {
  try {
    const written = write();
    if (typeof written === 'string') return { text: written, bytes: Buffer.from(written) };
    return { text: written.text, bytes: Buffer.from(written.bytes ?? []) };
  } catch (error) {
    return error instanceof ValueError ? [error.message, error.path] : error;
  }
}

const text = fc.oneof(
  fc.string({ maxLength: 5 }),
  fc.string({ maxLength: 5, unit: 'binary' }),
  fc.constantFrom('a', '7', '__proto__', 'toJSON', '"', '\\', 'é', '\ud800', '\n', '\x7f'),
  fc.constantFrom('a'.repeat(64), 'a'.repeat(65), `${'a'.repeat(65)}é`),
);
const value = fc.oneof(
  { weight: 4, arbitrary: text },
  fc.anything({ withBigInt: true, withMap: true }),
);
const values = fc.oneof(
  { weight: 4, arbitrary: fc.dictionary(text, text, { maxKeys: 3, noNullPrototype: true }) },
  fc.dictionary(text, value, { maxKeys: 3 }),
  fc.array(fc.tuple(text, value), { maxLength: 3 }).map((entries) => new Map(entries)),
  fc.array(text, { maxLength: 2 }),
  // Programs without types give others too.
  fc.constantFrom(undefined, null, 'a', 1),
);
const tokens = fc.oneof(
  text,
  fc.constant('14247375118774737462'),
  fc.constantFrom(undefined, null, 7, { a: 'é' }).map((token) => token as unknown as string),
);

test('whatever is stored, the message is that of any command', () => {
  fc.assert(
    fc.property(tokens, values, (token, keys) => {
      const heads = new KeysHeads(token);
      const written = outcomeOf(() => new SetKeys(heads, keys).write());
      const whole = () =>
        `{"KV_SET":{"tkn":${writeStored(token)},"keys":${writeStored(keys, 'keys')}}}`;
      expect(written).toEqual(outcomeOf(whole));
    }),
    { numRuns: 2_000 },
  );
});

test('whatever is read, the message is that of any command', () => {
  const names = fc.oneof(
    fc.array(text, { maxLength: 2 }),
    fc.constantFrom([1], 'a', ['a'], { 0: 'a', length: 1 }),
  );
  fc.assert(
    fc.property(tokens, names, (token, keys) => {
      const heads = new KeysHeads(token);
      const written = outcomeOf(() => new GetKeys(heads, keys as string[]).write());
      const whole = () =>
        `{"KV_GET":{"tkn":${writeStored(token)},"keys":${writeStored(keys, 'keys')}}}`;
      expect(written).toEqual(outcomeOf(whole));
    }),
    { numRuns: 2_000 },
  );
});

test('an own method for JSON counts, also one that is not listed', () => {
  const keys = Object.defineProperty({ a: 'x' }, 'toJSON', { value: () => ({ b: 'y' }) });
  const { text: written } = new SetKeys(new KeysHeads('1'), keys).write();
  expect(written).toBe('{"KV_SET":{"tkn":"1","keys":{"b":"y"}}}');
});
