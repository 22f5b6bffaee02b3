import { describe } from 'vitest';
import { delayingStore } from './delayingStore.ts';
import { FakeClock } from './fakeClock.ts';
import { createMemoryStore } from './memoryStore.ts';
import { storeContract } from './storeContract/storeContract.ts';

describe('a store that answers later', () => {
  storeContract(async () => {
    const clock = new FakeClock();
    const store = delayingStore(createMemoryStore({ clock }));
    await store.open();
    return { store, clock };
  });
});
