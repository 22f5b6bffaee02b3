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
