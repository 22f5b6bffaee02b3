import { expect, test } from 'vitest';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { ByteBudget } from './byteBudget.ts';

test('up to the limit nobody is cut off; beyond it, the one with the most for the longest', () => {
  const clock = new FakeClock();
  const budget = new ByteBudget(100, clock);
  const cut: string[] = [];
  const open = (name: string) => budget.open(() => cut.push(name));
  const [old, large, young] = [open('old'), open('large'), open('young')];
  old.set(30);
  clock.advance(1_000);
  large.set(40);
  clock.advance(10);
  young.set(30);
  expect([cut, budget.total]).toEqual([[], 100]);
  young.set(31);
  expect([cut, budget.total]).toEqual([['old'], 71]);
  young.set(61);
  expect([cut, budget.total]).toEqual([['old', 'large'], 61]);
  young.set(0);
  expect(budget.total).toBe(0);
});

test('who gets something done is spared for one who does not', () => {
  const clock = new FakeClock();
  const budget = new ByteBudget(100, clock);
  const cut: string[] = [];
  const [reading, stuck] = [
    budget.open(() => cut.push('reading')),
    budget.open(() => cut.push('stuck')),
  ];
  reading.set(60);
  stuck.set(40);
  clock.advance(1_000);
  reading.set(50);
  reading.set(70);
  expect(cut).toEqual(['stuck']);
});

test('one alone may have all, and no more', () => {
  const cut: string[] = [];
  const budget = new ByteBudget(100, new FakeClock());
  const only = budget.open(() => cut.push('only'));
  only.set(100);
  expect(cut).toEqual([]);
  only.set(101);
  expect([cut, budget.total]).toEqual([['only'], 0]);
});
