import type { ServerDeps } from '../../server/createServer.ts';
import { MemoryStore } from '../../server/store/memory/memoryStore.ts';
import { LoneClusterStore, publishing } from './clusterStore.ts';
import { delayingStore } from './delayingStore.ts';
import { createJournalStore } from './journalStore.ts';
import { whyNoRedis } from './redisServer.ts';

type NamedStore = [name: string, deps: Pick<ServerDeps, 'createStore'>];

/** Every kind of store that a server's tests should pass with. */
export const stores: NamedStore[] = [
  ['the memory store', {}],
  ['the journal store', { createStore: (parts) => createJournalStore(parts) }],
  ['a store that answers later', { createStore: (parts) => delayingStore(new MemoryStore(parts)) }],
];

const clusterStore: NamedStore = [
  'the cluster store',
  { createStore: (parts) => new LoneClusterStore(parts) },
];

/** As {@link stores}, with the one that needs Redis, where the machine has it. */
export const storesWithCluster: NamedStore[] =
  whyNoRedis === undefined ? [...stores, clusterStore] : stores;

const publishingStore: NamedStore = [
  'the cluster store',
  { createStore: (parts) => publishing(new LoneClusterStore(parts)) },
];

/** As {@link storesWithCluster}, for tests of what inspectors see after a reply. */
export const inspectedStores: NamedStore[] =
  whyNoRedis === undefined ? [...stores, publishingStore] : stores;
