import { silentLog, type Log } from '../../server/log.ts';
import { JournalStore } from '../../server/store/journal/journalStore.ts';
import type { CompactionLimits } from '../../server/store/journal/compactor.ts';
import type { Files } from '../../server/store/journal/files.ts';
import { createTokenSource, type TokenSource } from '../../server/store/tokenSource.ts';
import type { Clock } from '../../protocol/clock.ts';
import { FakeClock } from './fakeClock.ts';
import { FaultyDisk } from './faultyDisk.ts';
import { idOf } from './memoryStore.ts';

interface Parts {
  readonly disk?: FaultyDisk;
  /** Instead of that disk. */
  readonly files?: Files;
  readonly clock?: Clock;
  readonly tokens?: TokenSource;
  readonly durability?: 'commit' | 'relaxed';
  readonly log?: Log;
  readonly compaction?: CompactionLimits;
}

/** A store with its files on a disk of the test; no lock is needed for that. */
export function createJournalStore(
  { disk, ...parts }: Parts = {},
  Store: typeof JournalStore = JournalStore,
): JournalStore {
  return new Store({
    files: (disk ?? new FaultyDisk()).mount(),
    clock: new FakeClock(),
    tokens: createTokenSource(),
    durability: 'commit',
    log: silentLog,
    ...parts,
    idOf,
    directory: 'data',
    acquireLock: async () => async () => undefined,
  });
}

/** As {@link createJournalStore}, open. */
export async function openJournalStore(parts: Parts = {}): Promise<JournalStore> {
  const store = createJournalStore(parts);
  await store.open();
  return store;
}
