import { MemoryStore } from '../../server/store/memory/memoryStore.ts';
import type { StoreStatus } from '../../server/store/storeStatus.ts';
import { FakeClock } from './fakeClock.ts';

const startMs = new FakeClock().nowMs();

/** For tests: a memory store that says it keeps data on disk. */
export class JournalledStore extends MemoryStore {
  override status(): StoreStatus {
    const journal = {
      lastSyncAtMs: startMs - 1000,
      syncs: 4,
      syncMs: 10,
      unsyncedBytes: 12,
      journalBytes: 3456,
      lastSnapshotAtMs: startMs - 60_000,
    };
    const { historyBytes } = super.status();
    return { durability: 'commit', state: 'ready', reason: undefined, journal, historyBytes };
  }
}
