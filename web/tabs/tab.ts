import type { Connection } from '../connection/page/connection.ts';
import type { Variables } from '../connection/page/variables.ts';
import type { Draft } from '../composer/draft.ts';
import type { UnsentText } from '../composer/unsentText.ts';
import type { MessageLog } from '../log/store/messageLog.ts';
import type { PastEntry } from './pastEntries.ts';

/** One connection tab and all that belongs to it. */
export interface Tab {
  readonly id: string;
  /** The one that a person gave, or the name of its server. */
  readonly title: string;
  /** Given by a person; empty: the tab is named after its server. */
  readonly ownTitle: string;
  readonly connection: Connection;
  readonly draft: Draft;
  readonly log: MessageLog;
  readonly unsent: UnsentText;
}

/** What a tab is made of after a reload, or after it was closed. */
export interface TabSeed {
  /** Given by a person, or empty. */
  readonly title: string;
  readonly url: string;
  readonly subprotocols: readonly string[];
  readonly text: string;
  /** The text is sent as it is written. */
  readonly isLiteral?: boolean | undefined;
  /** Reconnects when the connection is lost. */
  readonly isReconnecting: boolean;
  /** Closing the tab would not lose the text. */
  readonly isSettled: boolean;
  /** It was disconnected with the button, and stays so. */
  readonly isOff: boolean;
  readonly variables: Variables;
  /** Name of the session that `{{tkn}}` stood for. */
  readonly lastSession?: string | undefined;
  /** Rows of its log from before. */
  readonly past?: readonly PastEntry[] | undefined;
}

/** What it takes to make this tab again, without its log. */
export function seedOf(tab: Tab): TabSeed {
  const { url, subprotocols, options, status, variables } = tab.connection.store.getState();
  return {
    title: tab.ownTitle,
    url,
    subprotocols,
    isReconnecting: options.isReconnecting,
    ...tab.unsent.toKeep(),
    isOff: status.state === 'closed',
    variables,
  };
}
