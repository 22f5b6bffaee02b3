import type { Connection } from '../connection/page/connection.ts';
import type { Action } from '../ui/action.ts';
import { texts } from './texts.ts';

/** What the connection bar needs; shortcuts may have other keys for them. */
export type ConnectionActions = Readonly<Record<'connect' | 'disconnect' | 'details', Action>>;

interface ConnectionActionsDeps {
  /** Of the active tab. */
  readonly connection: () => Connection;
  readonly onDetails: () => void;
}

/** Connecting and disconnecting. */
export function connectionActions({ connection, onDetails }: ConnectionActionsDeps) {
  const { group } = texts;
  const state = () => connection().store.getState().status.state;
  return {
    connect: {
      label: texts.connect,
      group,
      isEnabled: () => state() === 'closed',
      run: () => connection().connect(),
    },
    disconnect: {
      label: texts.disconnect,
      group,
      isEnabled: () => state() !== 'closed',
      run: () => void connection().disconnect(),
    },
    details: {
      label: texts.details,
      group,
      run: onDetails,
    },
  } satisfies Record<string, Action>;
}
