import type { MouseEvent } from 'react';
import type { SentEntry } from '../../connection/page/exchange.ts';
import type { MessageLog } from '../store/messageLog.ts';
import type { DetailActions } from './EntryDetail.tsx';

/** Callbacks of a row. They stay the same from render to render. */
export interface RowActions extends DetailActions {
  readonly edit: (entry: SentEntry) => void;
  readonly resend: (entry: SentEntry) => void;
  readonly press: (id: number, event: MouseEvent) => void;
  readonly focus: (id: number) => void;
  readonly toggleSelected: (id: number) => void;
  readonly setHeight: (id: number, heightPx: number) => void;
}

/** What every line of the log knows of its row. */
export interface RowProps {
  readonly log: MessageLog;
  readonly isUnfolded: boolean;
  /** It is replaced in a moment, so it has no buttons. */
  readonly isPassing: boolean;
  readonly isTabStop: boolean;
  readonly actions: RowActions;
}
