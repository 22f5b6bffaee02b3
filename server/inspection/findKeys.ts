import { maxFoundKeys, type InspectionEvent } from '../../protocol/inspection/events.ts';
import type { InspectionRequest } from '../../protocol/inspection/requests.ts';
import { foldText } from '../../protocol/text/foldText.ts';
import type { Steps } from '../../protocol/steps.ts';
import { eachInTime, inTurns } from '../turns.ts';
import { maxFrameLength } from './frameSize.ts';
import { nameText } from './list/nameText.ts';
import type { InspectedStore } from './sharedViews.ts';
import { valueOf } from './valueOf.ts';

type FindKeys = Extract<InspectionRequest, { type: 'findKeys' }>;

interface Found {
  total: number;
  readonly keys: string[];
}

const allKeys = { from: 0, count: Infinity };

/** Looks through the names of all keys of a session, with others in between. Throws {@link StoreRefusal}. */
export async function findKeys(
  store: Pick<InspectedStore, 'listKeys'>,
  { number, id, find }: FindKeys,
): Promise<InspectionEvent> {
  const names = valueOf(await store.listKeys(id, allKeys)) ?? [];
  return { type: 'foundKeys', number, id, ...(await inTurns(namesWith(names, find))) };
}

function* namesWith(names: readonly string[], find: string): Steps<Found> {
  const wanted = foldText(find.trim());
  const found: Found = { total: 0, keys: [] };
  let length = 0;
  yield* eachInTime(names, (name) => {
    if (!nameText(name).includes(wanted)) return;
    found.total += 1;
    if (found.keys.length === maxFoundKeys || length > maxFrameLength) return;
    found.keys.push(name);
    length += name.length;
  });
  return found;
}
