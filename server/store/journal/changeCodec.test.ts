import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import type { ReplayedChange } from '../changes.ts';
import { ByteReader } from './byteReader.ts';
import { ByteWriter } from './byteWriter.ts';
import { partsPerStep, readChange, writeChange, writeChangeInSteps } from './changeCodec.ts';

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary-ascii' }));
const whole = fc.oneof(fc.nat(300), fc.maxSafeNat());
const number = fc.double({ noNaN: true });
const token = text.map((each) => each as Token);
const session = fc.record({ token });
const running = fc.record({
  durationSec: whole,
  deleteSession: fc.boolean(),
  startMs: number,
  deadlineMs: number,
});
const term = fc.option(running, { nil: undefined });
const keyLists = fc
  .array(fc.tuple(text, text.map(asJsonText)), { maxLength: 5 })
  .map((entries) => ({
    keys: entries.map(([key]) => key),
    values: entries.map(([, value]) => value),
  }));
const record = fc
  .record({
    token,
    name: text,
    shared: fc.boolean(),
    createdAtMs: number,
    term,
    extension: fc.option(fc.record({ onSetAdd: fc.boolean(), onGet: fc.boolean() }), {
      nil: undefined,
    }),
    lists: keyLists,
  })
  .map(({ lists, ...rest }) => ({ ...rest, ...lists }));

const kind = <K extends ReplayedChange['kind']>(name: K) => fc.constant(name);
const sequence = whole;
/** One of each kind: a new kind does not compile until it is here. */
const changes: { [K in ReplayedChange['kind']]: fc.Arbitrary<ReplayedChange & { kind: K }> } = {
  created: fc.record({
    kind: kind('created'),
    sequence,
    sessions: fc.array(record, { maxLength: 3 }),
  }),
  ended: fc.record({
    kind: kind('ended'),
    sequence,
    sessions: fc.array(session, { maxLength: 3 }),
  }),
  extended: fc.record({ kind: kind('extended'), sequence, session, term: running }),
  touched: fc.record({ kind: kind('touched'), sequence, session, term }),
  cleared: fc.record({ kind: kind('cleared'), sequence, session, term }),
  stored: fc
    .record({ kind: kind('stored'), sequence, session, term, lists: keyLists })
    .map(({ lists, ...rest }) => ({ ...rest, ...lists })),
  replaced: fc
    .record({ kind: kind('replaced'), sequence, session, lists: keyLists })
    .map(({ lists, ...rest }) => ({ ...rest, ...lists })),
  removed: fc.record({ kind: kind('removed'), sequence, session, term, keys: fc.array(text) }),
};

test('every change is read as it was written', () => {
  const any = fc.oneof(...Object.values(changes));
  fc.assert(
    fc.property(fc.array(any, { maxLength: 6 }), (written) => {
      const writer = new ByteWriter();
      for (const change of written) writeChange(writer, change);
      const reader = new ByteReader(writer.bytes);
      const read = written.map((change) => readChange(reader, change.sequence));
      expect(read).toEqual(written);
      expect(reader.isAtEnd).toBe(true);
    }),
  );
});

/** The bytes of a change that is written in steps, and how many there were. */
function inSteps(change: ReplayedChange): [bytes: Buffer, steps: number] {
  const writer = new ByteWriter();
  const pieces: Buffer[] = [];
  const steps = writeChangeInSteps(writer, change);
  while (!steps.next().done) pieces.push(writer.take());
  return [Buffer.concat([...pieces, writer.bytes]), pieces.length + 1];
}

function atOnce(change: ReplayedChange): Buffer {
  const writer = new ByteWriter();
  writeChange(writer, change);
  return writer.bytes;
}

test('in steps, the same is written', () => {
  fc.assert(
    fc.property(fc.oneof(...Object.values(changes)), (change) => {
      expect(inSteps(change)[0].equals(atOnce(change))).toBe(true);
    }),
  );
});

test.each([partsPerStep - 1, partsPerStep, partsPerStep + 1, 2 * partsPerStep + 1])(
  'of %i sessions or keys, the same is written in steps',
  (count) => {
    const ref = { token: '7' as Token };
    const keys = Array.from({ length: count }, (_, index) => `key ${index}`);
    const values = keys.map((_, index) => asJsonText(String(index)));
    const facts = { name: 'n', shared: false, createdAtMs: 1, term: undefined };
    const made = { ...ref, ...facts, extension: undefined };
    const written: ReplayedChange[] = [
      { kind: 'stored', sequence: 1, session: ref, term: undefined, keys, values },
      { kind: 'replaced', sequence: 1, session: ref, keys, values },
      { kind: 'removed', sequence: 1, session: ref, term: undefined, keys },
      { kind: 'ended', sequence: 1, sessions: keys.map(() => ref) },
      {
        kind: 'created',
        sequence: 1,
        sessions: keys.map(() => ({ ...made, keys: [], values: [] })),
      },
      { kind: 'created', sequence: 1, sessions: [{ ...made, keys, values }] },
    ];
    for (const change of written) {
      const [bytes, steps] = inSteps(change);
      expect(bytes.equals(atOnce(change))).toBe(true);
      expect(steps).toBeGreaterThanOrEqual(Math.ceil(count / partsPerStep));
    }
  },
);

test('large values end a step before so many keys do', () => {
  const values = Array.from({ length: 10 }, () => asJsonText(`"${'v'.repeat(600_000)}"`));
  const keys = values.map((_, index) => String(index));
  const [, steps] = inSteps({
    kind: 'replaced',
    sequence: 1,
    session: { token: '7' as Token },
    keys,
    values,
  });
  expect(steps).toBeGreaterThanOrEqual(5);
});

test('a record that is cut short anywhere is refused, and never read as another', () => {
  const any = fc.oneof(...Object.values(changes));
  fc.assert(
    fc.property(any, (change) => {
      const writer = new ByteWriter();
      writeChange(writer, change);
      for (let length = 0; length < writer.length; length += 1) {
        const reader = new ByteReader(writer.bytes.subarray(0, length));
        expect(() => readChange(reader, 1)).toThrow(RangeError);
      }
    }),
    { numRuns: 30 },
  );
});
