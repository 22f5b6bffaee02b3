import { expect, test } from 'vitest';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import type { KeptChange } from '../changes.ts';
import { ByteReader } from './byteReader.ts';
import { ByteWriter } from './byteWriter.ts';
import { readChange } from './changeCodec.ts';
import { frameHeadBytes } from './frame.ts';
import { Group } from './group.ts';

const [one, other] = ['16351792548006066062' as Token, '7' as Token];
/** No server makes such tokens, but a file may have them. */
const odd = ['中'.repeat(45), 'x'.repeat(200)] as Token[];

type ChangeOfOne = Extract<KeptChange, { readonly session: unknown }>;

function stored(token: Token, key: string): ChangeOfOne {
  const [keys, values] = [[key], [asJsonText(`"of ${key}"`)]];
  const facts = { sequence: 0, atMs: 1, by: 'command' } as const;
  return { kind: 'stored', session: { token }, term: undefined, keys, values, ...facts };
}

const cleared = (token: Token, by: KeptChange['by']): ChangeOfOne => {
  return { kind: 'cleared', sequence: 0, session: { token }, term: undefined, atMs: 1, by };
};

test('each record has the token of its session, whose changes and what else come before it', () => {
  const writer = new ByteWriter();
  // What another group had there.
  writer.text('x'.repeat(1_000));
  const group = new Group(writer, 1);
  const changes: readonly ChangeOfOne[] = [
    stored(one, 'a'),
    stored(one, 'b'),
    cleared(other, 'deadline'),
    stored(one, 'c'),
    stored(other, 'd'),
    cleared(other, 'command'),
    cleared(one, 'deadline'),
    stored(other, 'e'),
    stored(one, 'f'),
    stored(one, 'g'),
    ...odd.map((token) => stored(token, 'h')),
  ];
  for (const change of changes) {
    for (let times = 0; times < 3; times += 1) group.append(change);
    group.note(stored(change.session.token === one ? other : one, 'not written'));
  }
  expect(group.count).toBe(3 * changes.length);
  expect([one, other].map((token) => group.concerns(token))).toEqual([true, true]);
  const { value: frame } = group.encode().next();
  const reader = new ByteReader(Buffer.concat(frame ?? []).subarray(frameHeadBytes));
  for (const { atMs: _, by: __, ...change } of changes) {
    for (let times = 0; times < 3; times += 1) expect(readChange(reader, 0)).toEqual(change);
  }
  expect(reader.isAtEnd).toBe(true);
});
