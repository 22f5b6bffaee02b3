import type { JsonText } from '../../protocol/json/jsonText.ts';
import type { Template } from '../../protocol/wire/template.ts';
import type { ForeignServer } from './ForeignNotice.tsx';
import type { Inspector } from './inspector.ts';
import type { StreamFilter } from './stream/streamFilter.ts';
import type { SessionUse } from './sessionUse.ts';

/** Names of the views. */
export type ViewId = 'sessions-view' | 'overview' | 'commands' | 'clients' | 'audit';

/** What each view of the inspector is given. */
export interface ViewProps {
  readonly inspector: Inspector;
  readonly server: ShownServer;
  /** It has the whole window beside the rail. */
  readonly isWidened?: boolean;
  /** Absent: there is nothing beside it. */
  readonly onWiden?: (isWidened: boolean) => void;
  /** Puts a template of SH_NEW into the composer. */
  readonly onInsertTemplate: (template: Template) => void;
  /** Puts a session to use in the composer. Absent where its messages would reach another server. */
  readonly onUse?: ((use: SessionUse) => void) | undefined;
  /** Shows a session and its keys. */
  readonly onOpenSession: (id: string) => void;
  /** Shows what clients send, from now on, with this filter. */
  readonly onShowCommands: (filter: Partial<StreamFilter>) => void;
  /** Finds the sessions with the same value, such as those of one user. */
  readonly onShowSame: (start: SameValueStart) => void;
}

/** A value in a session, for which others with the same one are looked for. */
export interface SameValueStart {
  readonly key: string;
  /** A JSON path over the value of the key. */
  readonly path: string;
  readonly json: JsonText;
  /** Id of the session that it is in. */
  readonly sessionId: string;
}

/** The server whose sessions are shown. */
export interface ShownServer {
  /** What it is for; absent where nobody has said. Production asks more before actions. */
  readonly mode?: 'local' | 'staging' | 'production' | undefined;
  /** What a person calls it. */
  readonly name?: string;
  /** Named in the heading; absent when it is the one that the tab is about. */
  readonly host?: string | undefined;
  /** Leaves sessions that were shown instead of those of the tab's server. */
  readonly back?: { readonly host: string; readonly onShow: () => void } | undefined;
  readonly foreign?: ForeignServer | undefined;
  /** The tab's own connection is lost: the bar at the top says what is done about it. */
  readonly isLost?: boolean;
}
