import type { Entry, ReceivedEntry, SentEntry } from '../../connection/page/exchange.ts';
import type { DetailActions } from './EntryDetail.tsx';
import type { ListAction } from './logKeys.ts';

/** What keys can do with the entry that has the focus. */
export interface ListCommands extends DetailActions {
  readonly copy: (entries: readonly Entry[]) => void;
  readonly save: (entry: SentEntry | ReceivedEntry) => void;
  readonly nextFailure: (from: Entry, step: -1 | 1) => void;
  readonly undoClear: () => void;
}

/** The actions of keys that concern one entry. */
export function runListAction(action: ListAction, entry: Entry, commands: ListCommands): void {
  if (action.do === 'copy') commands.copy([entry]);
  else if (action.do === 'nextFailure') commands.nextFailure(entry, action.step);
  else if (action.do === 'undoClear') commands.undoClear();
  else if (action.do === 'save' && entry.kind !== 'connection') commands.save(entry);
  else if (entry.kind === 'sent') runOnSent(action, entry, commands);
  else if (action.do === 'goToRequest' && entry.kind === 'received') commands.goToRequest(entry);
}

function runOnSent(action: ListAction, entry: SentEntry, commands: ListCommands): void {
  if (action.do === 'edit') commands.edit(entry);
  if (action.do === 'resend') commands.resend(entry);
}
