import { atomicContract } from './atomicContract.ts';
import { changeContract } from './changeContract.ts';
import { expiryContract } from './expiryContract.ts';
import { keyContract } from './keyContract.ts';
import { scanContract } from './scanContract.ts';
import { sessionContract } from './sessionContract.ts';
import type { StoreUnderTest } from './storeUnderTest.ts';
import { viewContract } from './viewContract.ts';

/**
 * What every store must do. Call it inside a test file with a way to open an empty one; what needs
 * a clock of ours is left out for a store that goes by another.
 */
export function storeContract(
  create: () => Promise<StoreUnderTest>,
  { hasClock = true }: { hasClock?: boolean } = {},
): void {
  sessionContract(create);
  keyContract(create);
  atomicContract(create);
  viewContract(create);
  changeContract(create);
  scanContract(create);
  if (hasClock) expiryContract(async () => withClock(await create()));
}

function withClock({ store, clock }: StoreUnderTest): Required<StoreUnderTest> {
  if (!clock) throw new Error('The store has no clock: say so to the contract');
  return { store, clock };
}
