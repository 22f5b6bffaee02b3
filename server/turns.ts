import type { Steps } from '../protocol/steps.ts';
import type { Eventually } from './eventually.ts';

/** Does one step. @returns Whether that was the last. */
type Step = () => boolean;

/** What is under way; the event loop is one for all. */
const open: Step[] = [];
let next: NodeJS.Immediate | undefined;

/** How long a step may take, in milliseconds, where its work asks. */
const maxStepMs = 4;

/** When the step that is being done has taken so long; a first one is only counted. */
let stepEndsAtMs = Infinity;

/** Items after which {@link eachOf} looks at the clock. */
const itemsPerLook = 16;

/**
 * Whether it is time to let others have their turn. Steps of the same work differ: some have a collection of
 * garbage in them.
 */
export function isStepOver(): boolean {
  return stepEndsAtMs < Infinity && performance.now() >= stepEndsAtMs;
}

/**
 * Does long work: its first step at once, and what is left of it one step in a turn of the event loop, by
 * turns with other long work. What is short is done at once.
 */
export function inTurns<T>(steps: Steps<Eventually<T>>): Eventually<T> {
  const first = doStep(() => steps.next(), Infinity);
  if (first.done) return first.value;
  return new Promise((resolve, reject) => {
    open.push(() => {
      try {
        const step = steps.next();
        if (step.done) resolve(step.value);
        return step.done === true;
      } catch (error) {
        reject(error);
        return true;
      }
    });
    schedule();
  });
}

/** Does something with each of many items, so many in a step, and fewer where they take long. */
export function* eachOf<T>(
  items: Iterable<T>,
  { perStep }: { readonly perStep: number },
  take: (item: T) => void,
): Steps<void> {
  let left = perStep;
  for (const item of items) {
    if (left === 0 || (left % itemsPerLook === 0 && isStepOver())) {
      yield;
      left = perStep;
    }
    left -= 1;
    take(item);
  }
}

/** A step takes so long before others have their turn. */
const stepMs = 4;

/** The clock is looked at after so many pieces of work. */
const piecesPerLook = 200;

/** Ends steps by the clock, as the same work takes longer where memory is slow. */
export class StepClock {
  #pieces = 0;
  #endMs = performance.now() + stepMs;

  /** To be asked after each small piece of work; then the step is to yield and {@link restart}. */
  isOver(): boolean {
    this.#pieces += 1;
    return this.#pieces % piecesPerLook === 0 && performance.now() >= this.#endMs;
  }

  restart(): void {
    this.#endMs = performance.now() + stepMs;
  }
}

/** Does something with each of many items, a few milliseconds in a step. */
export function* eachInTime<T>(items: Iterable<T>, take: (item: T) => void): Steps<void> {
  const clock = new StepClock();
  for (const item of items) {
    take(item);
    if (!clock.isOver()) continue;
    yield;
    clock.restart();
  }
}

/**
 * As {@link eachInTime}, with each of a list. Unlike an iterator it makes no object for each: with a million
 * sessions, collections of that garbage are what others wait for.
 */
export function* eachAtInTime<T>(
  list: { readonly length: number; at(place: number): T },
  take: (item: T) => void,
): Steps<void> {
  const clock = new StepClock();
  for (let place = 0; place < list.length; place += 1) {
    take(list.at(place));
    if (!clock.isOver()) continue;
    yield;
    clock.restart();
  }
}

/**
 * Does long work, one after the other, as each may need much memory; the first step of each is done at once.
 */
export class OneByOne {
  #last: Promise<unknown> = Promise.resolve();

  /** @param steps What they come to may come later: the next work does not wait for it. */
  run<T>(steps: Steps<Eventually<T>>): Eventually<T> {
    const first = doStep(() => steps.next(), Infinity);
    if (first.done) return first.value;
    const done = this.#last.then(() => inTurns(outcomeOf(steps)));
    this.#last = done.catch(() => undefined);
    return done.then(({ outcome }) => outcome);
  }
}

function* outcomeOf<T>(steps: Steps<T>): Steps<{ readonly outcome: T }> {
  return { outcome: yield* steps };
}

function schedule(): void {
  next ??= setImmediate(() => {
    next = undefined;
    const step = open.shift();
    if (step && !doStep(step, performance.now() + maxStepMs)) open.push(step);
    if (open.length > 0) schedule();
  });
}

/** @param endsAtMs When {@link isStepOver} says so. */
function doStep<T>(step: () => T, endsAtMs: number): T {
  const outer = stepEndsAtMs;
  stepEndsAtMs = endsAtMs;
  try {
    return step();
  } finally {
    stepEndsAtMs = outer;
  }
}

/** Work that comes in bursts: none of it in the turn in which it comes, and only a part of very much in each turn. */
export class Burst {
  #all: (() => void)[] = [];
  #done = 0;

  /** How much waits. */
  get waiting(): number {
    return this.#all.length - this.#done;
  }

  /** @param work Short; must not throw. */
  add(work: () => void): void {
    this.#all.push(work);
    if (this.#all.length === 1) void inTurns(this.#do());
  }

  *#do(): Steps<void> {
    while (this.waiting > 0) {
      yield;
      do {
        this.#all[this.#done]?.();
        this.#done += 1;
      } while (this.waiting > 0 && !isStepOver());
    }
    this.#all = [];
    this.#done = 0;
  }
}
