import type { Entry } from '../../connection/page/exchange.ts';
import { copyText } from '../../ui/copyText.ts';
import type { MessageLog } from '../store/messageLog.ts';
import { texts } from '../texts.ts';
import type { ListCommands } from './runListAction.ts';
import { saveMessage } from './saveMessage.ts';

interface CommandsInput {
  readonly log: MessageLog;
  readonly onEdit: (text: string) => void;
  readonly onResend: (text: string) => void;
  readonly way: {
    readonly goTo: (id: number) => void;
    readonly nextFailure: (fromId: number, step: -1 | 1) => void;
  };
  /** Says what was done. */
  readonly tell: (sentence: string) => void;
}

/** What can be done with entries, by key and by button. */
export function listCommands({ log, onEdit, onResend, way, tell }: CommandsInput) {
  const copy = async (entries: readonly Entry[]) => {
    const text = entries.map((entry) => entry.text).join('\n');
    tell((await copyText(text)) ? texts.copied : texts.copyRefused);
  };
  const commands: ListCommands = {
    copy: (entries) => void copy(entries),
    save: saveMessage,
    edit: ({ text }) => onEdit(text),
    resend: ({ text }) => onResend(text),
    goToRequest: ({ requestId }) => {
      if (requestId !== undefined) way.goTo(requestId);
    },
    nextFailure: ({ id }, step) => way.nextFailure(id, step),
    undoClear: () => log.undoClear(),
  };
  return { copy, commands };
}
