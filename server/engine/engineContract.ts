import type { EngineUnderTest } from './testEngine.ts';
import { expiryContract } from './expiryContract.ts';
import { keyContract } from './keyContract.ts';
import { sessionContract } from './sessionContract.ts';
import { snapshotContract } from './snapshotContract.ts';
import { viewContract } from './viewContract.ts';

/** What every engine must do. Call it inside a test file with a way to make an empty one. */
export function engineContract(create: () => EngineUnderTest): void {
  sessionContract(create);
  keyContract(create);
  expiryContract(create);
  viewContract(create);
  snapshotContract(create);
}
