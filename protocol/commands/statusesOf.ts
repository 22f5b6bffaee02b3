import { catalog, type CommandName } from './catalog.ts';
import type { StatusName } from '../status.ts';

/**
 * All statuses that a command can be answered with: its own, `CommandDisabled`, then those of a store that
 * refuses.
 */
export function statusesOf(name: CommandName): readonly StatusName[] {
  return [...catalog[name].statuses, 'CommandDisabled', ...refusalsOfStore(name)];
}

function refusalsOfStore(name: CommandName): readonly StatusName[] {
  const { family, isMutating, needsPersistence } = catalog[name];
  if (isMutating) return ['StoreUnavailable', 'ReadOnly', 'LimitReached'];
  // A save that the store cuts short has failed: that is another status.
  const isAnsweredByStore = family !== 'server' && !needsPersistence;
  return isAnsweredByStore ? ['StoreUnavailable'] : [];
}
