import { expect, test } from 'vitest';
import { rememberedSec, type FiguresSample } from '../../protocol/inspection/serverFigures.ts';
import { RecentFigures } from './recentFigures.ts';

function recent() {
  let atMs = 0;
  const sample = (): FiguresSample => ({
    atMs: (atMs += 1_000),
    sessions: 1,
    keys: 2,
    bytes: 3,
    clients: 4,
    answered: 5,
    failed: 6,
    heapBytes: 7,
    residentBytes: undefined,
    cpuMs: undefined,
    delayUs: 8,
  });
  let isBroken = false;
  const figures = new RecentFigures(() =>
    isBroken ? Promise.reject(new Error('planted')) : Promise.resolve(sample()),
  );
  return { figures, breakIt: () => (isBroken = true) };
}

test('samples of the last minutes are kept, no older ones', async () => {
  const { figures } = recent();
  for (let count = 0; count < rememberedSec + 5; count += 1) await figures.sample();
  const all = figures.since(0);
  expect([all.length, all[0]?.atMs]).toEqual([rememberedSec, 6_000]);
  expect(figures.since(all.at(-2)?.atMs ?? 0)).toEqual([all.at(-1)]);
});

test('a store that fails leaves a gap and ends nothing', async () => {
  const { figures, breakIt } = recent();
  await figures.sample();
  breakIt();
  await figures.sample();
  expect(figures.since(0)).toHaveLength(1);
});
