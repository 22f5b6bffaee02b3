import type { Result } from '../protocol/result.ts';

/** Now, or later: the memory store answers at once, one that asks another machine cannot. */
export type Eventually<T> = T | Promise<T>;

/** Maps what a store gives, now or later; now stays now. */
export function mapEventually<T, R>(outcome: Eventually<T>, map: (value: T) => R): Eventually<R> {
  return outcome instanceof Promise ? outcome.then(map) : map(outcome);
}

/** As {@link mapEventually}, where what follows may also come later. */
export function afterEventually<T, R>(
  outcome: Eventually<T>,
  map: (value: T) => Eventually<R>,
): Eventually<R> {
  return outcome instanceof Promise ? outcome.then(map) : map(outcome);
}

/** Maps the happy half of what a store gives; a refusal passes through. */
export function mapResult<T, E, R>(
  outcome: Eventually<Result<T, E>>,
  map: (value: T) => R,
): Eventually<Result<R, E>> {
  return mapEventually(outcome, (result) =>
    result.ok ? { ok: true, value: map(result.value) } : result,
  );
}

/**
 * Does work on many items, some at a time; in between, everybody else has a turn. Few are done at once.
 * @param work Does the items from one index to before another.
 */
export function inSlices(
  { count, perSlice }: { readonly count: number; readonly perSlice: number },
  work: (from: number, to: number) => void,
  from = 0,
): Eventually<void> {
  const to = Math.min(from + perSlice, count);
  work(from, to);
  if (to === count) return undefined;
  return new Promise((resolve, reject) => {
    setImmediate(() => {
      try {
        resolve(inSlices({ count, perSlice }, work, to));
      } catch (error) {
        reject(error);
      }
    });
  });
}
