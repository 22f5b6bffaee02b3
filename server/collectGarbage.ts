import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Collects all garbage at once, which takes about a millisecond for each MB that stays. */
export function collectGarbage(): void {
  // `--expose-gc` has to be given to Node itself; set later, it is there for new contexts.
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
}
