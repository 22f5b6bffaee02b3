import type { Connection } from '../connection/page/connection.ts';
import type { Action } from '../ui/action.ts';
import { lateTexts } from './lateTexts.ts';
import { texts } from './texts.ts';

/** @param connection Of the active tab. */
export function lateConnectionActions(connection: () => Connection) {
  return {
    retryNow: {
      label: lateTexts.retryNow,
      group: texts.group,
      isEnabled: () => connection().store.getState().status.state === 'retrying',
      run: () => connection().connect(),
    },
  } satisfies Record<string, Action>;
}
