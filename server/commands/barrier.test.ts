import { expect, test } from 'vitest';
import { catalog, commandNames } from '../../protocol/commands/catalog.ts';
import { isBarrier } from './barrier.ts';

test.each(commandNames)('%s is a barrier as the catalog says', (name) => {
  const isOne = 'isBarrier' in catalog[name];
  expect(isBarrier(`{"${name}":{}}`)).toBe(isOne);
  expect(isBarrier(Buffer.from(`{"${name}":{}}`))).toBe(isOne);
  expect(isBarrier(Buffer.from(` \r\n\t{ "${name}" : {}}`))).toBe(isOne);
});

test.each(['', '{', '[]', '{"sh_end_all":{}}', String.raw`{"SH_END\u005fALL":{}}`])(
  'what is spelled in an unusual way counts as one: %s',
  (text) => {
    expect([isBarrier(text), isBarrier(Buffer.from(text))]).toEqual([true, true]);
  },
);
