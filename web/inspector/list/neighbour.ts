import type { SessionSummary } from '../../../protocol/inspection/sessionLists.ts';
import type { SessionList } from './sessionList.ts';

const rowsAroundGroups = 50;

/** The session before or after another one in the list; of one that is not in it, the first or the last. */
export async function neighbourOf(
  list: SessionList,
  id: string,
  step: -1 | 1,
): Promise<SessionSummary | undefined> {
  // Rows of groups may be in between.
  const { separator } = list.store.getState().query;
  const before = separator === undefined ? 1 : rowsAroundGroups;
  const around = await list.ask({ from: 0, count: 2 * before + 1, anchor: { id, before } });
  const at = around.findIndex((each) => each.id === id);
  return at < 0 ? around[0] : around[at + step];
}
