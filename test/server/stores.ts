import type { ServerDeps } from '../../server/createServer.ts';
import { MemoryStore } from '../../server/store/memory/memoryStore.ts';
import { delayingStore } from './delayingStore.ts';
import { createJournalStore } from './journalStore.ts';

/** Every kind of store that a server's tests should pass with. */
export const stores: [name: string, deps: Pick<ServerDeps, 'createStore'>][] = [
  ['the memory store', {}],
  ['the journal store', { createStore: (parts) => createJournalStore(parts) }],
  ['a store that answers later', { createStore: (parts) => delayingStore(new MemoryStore(parts)) }],
];
