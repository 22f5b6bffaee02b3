import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { WriteTogether, type Writer } from './writeTogether.ts';

let writes: WriteTogether;
let written: string[];

beforeEach(() => {
  writes = new WriteTogether();
  written = [];
});

const writer = (name: string): Writer => ({ writeReady: () => written.push(name) });

test('those that are ready in one turn write behind it, in their order', async () => {
  for (const name of ['a', 'b', 'c']) writes.add(writer(name));
  expect(written).toEqual([]);
  await turn();
  expect(written).toEqual(['a', 'b', 'c']);
});

test('no more than 64 are kept waiting', async () => {
  for (let count = 0; count < 70; count += 1) writes.add(writer(String(count)));
  expect(written).toEqual(Array.from({ length: 64 }, (_, count) => String(count)));
  await turn();
  expect(written).toHaveLength(70);
});

test('one that was the only one writes at once, until there is another', async () => {
  const [single, other] = [writer('single'), writer('other')];
  writes.add(single);
  await turn();
  writes.add(single);
  expect(written).toEqual(['single', 'single']);
  writes.add(other);
  writes.add(single);
  expect(written).toEqual(['single', 'single']);
  await turn();
  expect(written).toEqual(['single', 'single', 'other', 'single']);
});
