import { expect, test } from 'vitest';
import { fuzz, fuzzPart, inputOf, must } from './fuzzPart.ts';
import { below } from './grammar.ts';
import { parts } from './parts.ts';

/** Executions of each part here; `npm run fuzz` has a million. */
const runs: Readonly<Record<string, number>> = {
  messages: 300,
  paths: 200,
  config: 150,
  saves: 150,
  inspection: 200,
  inspectors: 15,
  journal: 60,
  frames: 20,
};

test.each(parts.map((part) => [part.name, part] as const))(
  'whatever comes as %s has the answer or the end that it must have',
  async (name, part) => {
    const { findings } = await fuzz(part, { seed: 11, to: runs[name] ?? 0 });
    await part.end?.();
    expect(findings.map(({ index, fault }) => [index, fault])).toEqual([]);
    expect(runs[name]).toBeGreaterThan(0);
  },
);

test('a finding names seed and index, which make the same input again', async () => {
  const part = fuzzPart({
    name: 'planted',
    share: 1,
    make: (random) => below(random, 1000),
    check: (number) => must(number < 900, `${number} is too much`),
  });
  const { findings, runs: done } = await fuzz(part, { seed: 5, to: 1_000 });
  expect(findings).toHaveLength(5);
  expect(done).toBeLessThan(1_000);
  for (const { index, seed, input, fault } of findings) {
    expect(inputOf(part, seed, index)).toBe(input);
    expect(fault).toContain(`${String(input)} is too much`);
  }
});

test('a rejection is a finding as well', async () => {
  const part = fuzzPart({
    name: 'planted',
    share: 1,
    make: () => 'x',
    check: async (input) => must(input === 'y', 'no y'),
  });
  expect((await fuzz(part, { seed: 1, to: 1 })).findings).toHaveLength(1);
});
