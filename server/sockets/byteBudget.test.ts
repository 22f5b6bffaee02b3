import { expect, test } from 'vitest';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { ByteBudget } from './byteBudget.ts';

test('up to the limit nobody is cut off; beyond it, the one with the most for the longest', () => {
  const clock = new FakeClock();
  const budget = new ByteBudget(100, clock);
  const cut: string[] = [];
  const keeper = (name: string) => ({ cutOff: () => cut.push(name) });
  const [old, large, young] = [keeper('old'), keeper('large'), keeper('young')];
  budget.set(old, 30);
  clock.advance(1_000);
  budget.set(large, 40);
  clock.advance(10);
  budget.set(young, 30);
  expect([cut, budget.total]).toEqual([[], 100]);
  budget.set(young, 31);
  expect([cut, budget.total]).toEqual([['old'], 71]);
  budget.set(young, 61);
  expect([cut, budget.total]).toEqual([['old', 'large'], 61]);
  budget.set(young, 0);
  expect(budget.total).toBe(0);
});

test('who gets something done is spared for one who does not', () => {
  const clock = new FakeClock();
  const budget = new ByteBudget(100, clock);
  const cut: string[] = [];
  const [reading, stuck] = [
    { cutOff: () => cut.push('reading') },
    { cutOff: () => cut.push('stuck') },
  ];
  budget.set(reading, 60);
  budget.set(stuck, 40);
  clock.advance(1_000);
  budget.set(reading, 50);
  budget.set(reading, 70);
  expect(cut).toEqual(['stuck']);
});

test('one alone may have all, and no more', () => {
  const cut: string[] = [];
  const budget = new ByteBudget(100, new FakeClock());
  const only = { cutOff: () => cut.push('only') };
  budget.set(only, 100);
  expect(cut).toEqual([]);
  budget.set(only, 101);
  expect([cut, budget.total]).toEqual([['only'], 0]);
});
