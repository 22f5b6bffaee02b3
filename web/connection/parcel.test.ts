import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StatusName } from '../../protocol/status.ts';
import { pack, unpack } from './parcel.ts';
import type { SocketEvent } from './socketPort.ts';

const session = fc.record({
  token: fc.string(),
  name: fc.option(fc.string(), { nil: undefined }),
  isGone: fc.boolean(),
  isEntered: fc.boolean(),
});
const statuses = fc.array(fc.constantFrom<StatusName>('Ok', 'SessionNotExist', 'KeyExists'));
const reading = fc.record({
  name: fc.string(),
  statuses,
  session: fc.option(session, { nil: undefined }),
});
const plain: fc.Arbitrary<SocketEvent> = fc.record({
  type: fc.constant('arrived'),
  atMs: fc.double({ noNaN: true, noDefaultInfinity: true }),
  text: fc.string(),
  bytes: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
  binary: fc.constant(undefined),
  reading,
  answers: fc.constant(undefined),
  latencyMs: fc.constant(undefined),
  silent: fc.constant([]),
});
const others = fc.constantFrom<SocketEvent>(
  { type: 'sent', id: 1, atMs: 1 },
  { type: 'closed', code: 1000, reason: '' },
  { type: 'probed', roundTripMs: 1 },
);
const batches = fc.array(
  fc.oneof({ weight: 30, arbitrary: plain }, { weight: 1, arbitrary: others }),
  {
    maxLength: 100,
  },
);

test('a batch is the same after the journey, whatever is in it', () => {
  fc.assert(
    fc.property(batches, (events) => {
      expect(unpack(structuredClone(pack(events)))).toEqual(events);
    }),
  );
});

test('a flood travels as one thing, and a reply to a request keeps what it answers', () => {
  const [one] = fc.sample(plain, { numRuns: 1, seed: 1 });
  if (one?.type !== 'arrived') throw new Error('Nothing arrived');
  const reply: SocketEvent = { ...one, answers: 3, latencyMs: 0.4, silent: [1, 2] };
  const flood = Array.from({ length: 50 }, () => one);
  expect(pack([...flood, reply, ...flood])).toHaveLength(3);
  expect(unpack(pack([reply]))).toEqual([reply]);
});
