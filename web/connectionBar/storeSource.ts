import type { StoreApi } from 'zustand/vanilla';
import type { StoreFacts } from '../../protocol/inspection/storeFacts.ts';

/** What the server of the active tab says of its store; undefined while that is not known. */
export type StoreSource = Pick<
  StoreApi<{ readonly store: StoreFacts | undefined }>,
  'getState' | 'getInitialState' | 'subscribe'
>;
