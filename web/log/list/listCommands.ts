import { textOf } from '../../connection/texts/describeEvent.ts';
import type {
  Entry,
  ReceivedEntry,
  SentEntry,
  WrittenMessage,
} from '../../connection/page/exchange.ts';
import type { DetailActions } from './EntryDetail.tsx';
import type { ListAction } from './logKeys.ts';
import { copyText } from '../../ui/copyText.ts';
import type { MessageLog } from '../store/messageLog.ts';
import { texts } from '../texts.ts';
import { messagesOf } from './messagesOf.ts';
import { saveMessage } from './saveMessage.ts';

/** What keys can do with the entry that has the focus. */
export interface ListCommands extends DetailActions {
  readonly edit: (entry: SentEntry) => void;
  readonly resend: (entry: SentEntry) => void;
  readonly copy: (entries: readonly Entry[]) => void;
  readonly save: (entry: SentEntry | ReceivedEntry) => void;
  readonly nextFailure: (from: Entry, step: -1 | 1) => void;
  readonly undoClear: () => void;
}

interface CommandsInput {
  readonly log: MessageLog;
  readonly onEdit: (text: string) => void;
  readonly onResend: (text: string) => void;
  readonly onCode: (message: WrittenMessage) => void;
  readonly way: {
    readonly goTo: (id: number) => void;
    readonly nextFailure: (fromId: number, step: -1 | 1) => void;
  };
  /** Shows what was done. */
  readonly notify: (sentence: string) => void;
}

/** What can be done with entries, by key and by button. */
export function listCommands({ log, onEdit, onResend, onCode, way, notify }: CommandsInput) {
  const copy = async (entries: readonly Entry[]) => {
    const text = messagesOf(log, entries).map(textOf).join('\n');
    notify((await copyText(text)) ? texts.copied : texts.copyRefused);
  };
  const commands: ListCommands = {
    copy: (entries) => void copy(entries),
    // A row is saved as what came of it.
    save: (entry) => saveMessage(log.replyOf(entry) ?? entry),
    edit: ({ text }) => onEdit(text),
    resend: ({ text }) => onResend(text),
    // As it went over the wire: braces in it are text.
    showCode: ({ text }) => onCode({ text, isLiteral: true }),
    goToRequest: ({ requestId }) => {
      if (requestId !== undefined) way.goTo(requestId);
    },
    nextFailure: ({ id }, step) => way.nextFailure(id, step),
    undoClear: () => log.undoClear(),
  };
  return { copy, commands };
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
