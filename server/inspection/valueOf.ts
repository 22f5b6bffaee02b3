import type { Result } from '../../protocol/result.ts';
import type { StatusName } from '../../protocol/status.ts';
import type { Refusal } from '../../protocol/wire/reply.ts';

/** Thrown when the store cannot answer now. */
export class StoreRefusal extends Error {
  readonly status: StatusName;

  constructor(status: StatusName) {
    super(`The store refused: ${status}`);
    this.status = status;
  }
}

/** What a store gives to one who only reads. Throws {@link StoreRefusal} when it cannot. */
export function valueOf<T>(outcome: Result<T, Refusal>): T {
  if (!outcome.ok) throw new StoreRefusal(outcome.refusal.status);
  return outcome.value;
}
