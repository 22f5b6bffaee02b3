import type { Refusal } from '../../protocol/wire/reply.ts';
import type { Result } from '../../protocol/result.ts';

/** Thrown when the store cannot answer now; the connection asks again later. */
export class StoreRefusal extends Error {}

/** What a store gives to one who only reads. Throws {@link StoreRefusal} when it cannot. */
export function valueOf<T>(outcome: Result<T, Refusal>): T {
  if (!outcome.ok) throw new StoreRefusal(`The store refused: ${outcome.refusal.status}`);
  return outcome.value;
}
