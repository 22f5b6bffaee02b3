import type { ServerDeps } from '../../server/createServer.ts';
import { MemoryStore } from '../../server/store/memory/memoryStore.ts';
import { LoneClusterStore, publishing } from './clusterStore.ts';
import { delayingStore } from './delayingStore.ts';
import { createJournalStore } from './journalStore.ts';
import { whyNoRedis } from './whyNoRedis.ts';

type NamedStore = [name: string, deps: Pick<ServerDeps, 'createStore'>];

const memoryStore: NamedStore = ['the memory store', {}];

/** Every kind of store that a server's tests should pass with. */
export const stores: NamedStore[] = [
  memoryStore,
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

/** The nearest one and the farthest, for tests of what stands on the protocol. */
export const memoryAndCluster: NamedStore[] =
  whyNoRedis === undefined ? [memoryStore, clusterStore] : [memoryStore];
