import { describe } from 'vitest';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { openJournalStore } from '../../../test/server/journalStore.ts';
import { storeContract } from '../../../test/server/storeContract/storeContract.ts';

describe.each(['commit', 'relaxed'] as const)('the journal store, %s', (durability) => {
  storeContract(async () => {
    const clock = new FakeClock();
    return { clock, store: await openJournalStore({ clock, durability }) };
  });
});
