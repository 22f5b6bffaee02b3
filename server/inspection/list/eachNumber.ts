import type { Steps } from '../../../protocol/steps.ts';
import type { LongNumbers } from '../../store/longList.ts';
import { StepClock } from '../../turns.ts';

/**
 * Does something with each number, a few milliseconds in a step. Unlike an iterator it makes no object for each:
 * with a million sessions, collections of that garbage are what others wait for.
 */
export function* eachNumber(numbers: LongNumbers, take: (number: number) => void): Steps<void> {
  const clock = new StepClock();
  for (let at = 0; at < numbers.length; at += 1) {
    take(numbers.at(at));
    if (!clock.isOver()) continue;
    yield;
    clock.restart();
  }
}
