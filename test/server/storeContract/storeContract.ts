import type { StoreUnderTest } from './storeUnderTest.ts';
import { expiryContract } from './expiryContract.ts';
import { keyContract } from './keyContract.ts';
import { sessionContract } from './sessionContract.ts';
import { snapshotContract } from './snapshotContract.ts';
import { viewContract } from './viewContract.ts';

/** What every store must do. Call it inside a test file with a way to make an empty one. */
export function storeContract(create: () => StoreUnderTest): void {
  sessionContract(create);
  keyContract(create);
  expiryContract(create);
  viewContract(create);
  snapshotContract(create);
}
