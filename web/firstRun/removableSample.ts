import type { StoreApi } from 'zustand/vanilla';
import type { SessionSummary } from '../../protocol/inspection/sessionLists.ts';
import type { Connection } from '../connection/page/connection.ts';
import { hostOf } from '../connection/page/address.ts';
import type { Inspector } from '../inspector/inspector.ts';
import type { InspectorView } from '../inspector/inspectorView.ts';
import type { FirstRunStore, SampleSession } from './firstRunStore.ts';

/** Who knows the sessions of a server. */
export interface LiveList {
  readonly store: Pick<
    StoreApi<Pick<InspectorView, 'status' | 'totalSessions' | 'sessionsVersion'>>,
    'getState' | 'getInitialState' | 'subscribe'
  >;
  readonly sessions: () => readonly Pick<SessionSummary, 'id' | 'name' | 'maskedToken'>[];
  readonly questions: Pick<Inspector['questions'], 'askToken'>;
}

interface Place {
  readonly connection: Connection;
  readonly inspector: LiveList | undefined;
}

/** A session of the sample data that can be ended. */
interface Removable {
  readonly session: SampleSession;
  /** In the list of live sessions; undefined where that does not have it. */
  readonly id: string | undefined;
}

/**
 * The sample data of the server that a tab reaches, as far as it still exists. Without a list of all
 * live sessions only what this page has loaded is known.
 */
export function removableSample(
  { store, tokenOf }: FirstRunStore,
  { connection, inspector }: Place,
): readonly Removable[] {
  const host = hostOf(connection.store.getState().url);
  const view = inspector?.store.getState();
  const live = view?.status.state === 'live' ? (inspector?.sessions() ?? []) : [];
  const isWhole = view?.status.state === 'live' && view.totalSessions <= live.length;
  return store
    .getState()
    .sample.filter((session) => session.host === host)
    .flatMap((session): Removable[] => {
      const id = live.find(
        ({ name, maskedToken }) => name === session.name && maskedToken === session.maskedToken,
      )?.id;
      const mayExist = id !== undefined || (!isWhole && tokenOf(session) !== undefined);
      return mayExist ? [{ session, id }] : [];
    });
}
