import type { Result } from '../protocol/result.ts';
import type { Eventually } from './engine/sessionEngine.ts';

/** Maps what an engine gives, now or later; now stays now. */
export function mapEventually<T, R>(outcome: Eventually<T>, map: (value: T) => R): Eventually<R> {
  return outcome instanceof Promise ? outcome.then(map) : map(outcome);
}

/** Maps the happy half of what an engine gives; a refusal passes through. */
export function mapResult<T, E, R>(
  outcome: Eventually<Result<T, E>>,
  map: (value: T) => R,
): Eventually<Result<R, E>> {
  return mapEventually(outcome, (result) =>
    result.ok ? { ok: true, value: map(result.value) } : result,
  );
}
