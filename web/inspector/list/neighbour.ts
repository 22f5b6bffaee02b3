import type { SessionSummary } from '../../../protocol/inspection/sessionLists.ts';
import type { SessionList } from './sessionList.ts';

/** The session before or after another one in the list; of one that is not in it, the first or the last. */
export async function neighbourOf(
  list: SessionList,
  id: string,
  step: -1 | 1,
): Promise<SessionSummary | undefined> {
  const around = await list.ask({ from: 0, count: 3, anchor: { id, before: 1 } });
  const at = around.findIndex((each) => each.id === id);
  return at < 0 ? around[0] : around[at + step];
}
