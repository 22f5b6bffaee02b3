import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../protocol/clock.ts';
import type { Config, ConfiguredLimits } from './config/configTypes.ts';
import type { SaveOwner } from './dataSets/saveDirectory.ts';
import type { Log } from './log.ts';
import { ClusterStore } from './store/cluster/clusterStore.ts';
import { defaultCompaction } from './store/journal/compactor.ts';
import { journalDirectory } from './store/journal/dataFiles.ts';
import { diskFiles } from './store/journal/files.ts';
import { JournalStore } from './store/journal/journalStore.ts';
import { directoryLock } from './store/journal/lock.ts';
import { MemoryStore, type MemoryStoreParts } from './store/memory/memoryStore.ts';
import type { SharedStore } from './store/otherServers.ts';
import { createSessionIds } from './store/sessionIds.ts';
import type { SessionStore } from './store/sessionStore.ts';
import { defaultStoreLimits, maxMapEntries, type StoreLimits } from './store/storeLimits.ts';
import { createTokenSource } from './store/tokenSource.ts';

/** Makes the store of a server. */
export type CreateStore = (parts: MemoryStoreParts) => SessionStore & SharedStore;

interface StoreSurroundings {
  readonly log: Log;
  readonly owner: SaveOwner;
  readonly name: ServerName;
  /** How the files of a directory are reached; absent: on its disk. */
  readonly filesOf?: typeof diskFiles;
}

/** What a server is called among others that share its store. */
export class ServerName {
  readonly #given: string | undefined;
  /** Once it is known. */
  port: number;

  constructor({ data, port }: Config) {
    this.#given = data.kind === 'redis' ? data.serverName : undefined;
    this.port = port;
  }

  get text(): string {
    return (
      this.#given ??
      `${hostname()
        .replaceAll(/[^\w.-]/g, '-')
        .slice(0, 58)}:${this.port}`
    );
  }
}

/** Where sessions are kept, as the configuration says. */
export function createStoreOf(
  { data, limits }: Config,
  { log, owner, name, filesOf = diskFiles }: StoreSurroundings,
): CreateStore {
  if (data.kind === 'memory') return (parts) => new MemoryStore(parts);
  if (data.kind === 'redis') {
    const serverName = () => name.text;
    return (parts) => new ClusterStore({ ...parts, access: data, log, serverName });
  }
  const directory = join(data.path, journalDirectory);
  return (parts) =>
    new JournalStore({
      ...parts,
      files: filesOf(directory),
      acquireLock: directoryLock(directory, owner.id),
      directory,
      durability: data.durability,
      compaction: { ...defaultCompaction, minLogBytes: limits.snapshotBytes },
      log,
    });
}

/** What every store needs. */
export function storeParts({ inspection, limits }: Config, clock: Clock): MemoryStoreParts {
  const idOf = createSessionIds((inspection.kind === 'key' && inspection.key) || '');
  return { clock, tokens: createTokenSource(), idOf, limits: storeLimitsOf(limits) };
}

function storeLimitsOf(configured: ConfiguredLimits): StoreLimits {
  const { maxSessions, maxKeys, maxMemoryBytes, maxHistoryBytes } = defaultStoreLimits;
  return {
    ...defaultStoreLimits,
    maxSessions: Math.min(configured.maxSessions ?? maxSessions, maxMapEntries),
    maxKeys: configured.maxKeys ?? maxKeys,
    maxMemoryBytes: configured.maxMemoryBytes ?? maxMemoryBytes,
    maxHistoryBytes: configured.historyBytes ?? maxHistoryBytes,
  };
}
