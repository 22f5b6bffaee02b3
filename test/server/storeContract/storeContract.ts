import { describe } from 'vitest';
import { atomicContract } from './atomicContract.ts';
import { changeContract } from './changeContract.ts';
import { expiryContract } from './expiryContract.ts';
import { keyContract } from './keyContract.ts';
import { scanContract } from './scanContract.ts';
import { sessionContract } from './sessionContract.ts';
import type { StoreTraits, StoreUnderTest, StoreWithClock } from './storeUnderTest.ts';
import { viewContract } from './viewContract.ts';

/**
 * What every store must do. Call it inside a test file with a way to open an empty one; what needs
 * a clock of ours is left out for a store that goes by another.
 */
export function storeContract(
  create: () => Promise<StoreUnderTest>,
  { hasClock = true, isOneMoment = true }: { hasClock?: boolean } & Partial<StoreTraits> = {},
): void {
  // Each in a block of its own, as each opens a store before its tests.
  describe('with sessions', () => {
    sessionContract(create);
  });
  describe('with keys', () => {
    keyContract(create);
  });
  describe('in one step', () => {
    atomicContract(create);
  });
  describe('with views', () => {
    viewContract(create);
  });
  describe('with changes', () => {
    changeContract(create, { isOneMoment });
  });
  describe('with scans', () => {
    scanContract(create, { isOneMoment });
  });
  describe.runIf(hasClock)('with deadlines', () => {
    expiryContract(async () => withClock(await create()));
  });
}

function withClock(under: StoreUnderTest): StoreWithClock {
  const { clock } = under;
  if (!clock) throw new Error('The store has no clock: say so to the contract');
  return { ...under, clock };
}
