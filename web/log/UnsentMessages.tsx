import { Clock, Pencil, Send, X } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { readMessage } from '../../protocol/wire/namedMessage.ts';
import type { Connection } from '../connection/page/connection.ts';
import type { WrittenMessage } from '../connection/page/exchange.ts';
import type { UnsentMessage } from '../connection/page/unsentMessage.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { frameName } from '../connection/page/frameName.ts';
import { UndoNotice, type Done } from '../ui/UndoNotice.tsx';
import { formatTime } from '../ui/format.ts';
import { texts } from './texts.ts';
import './UnsentMessages.css';

interface UnsentMessagesProps {
  readonly connection: Connection;
  /** Puts a message into the composer. */
  readonly onEdit: (text: string) => void;
  /** @returns Whether the message was sent, or waits again. */
  readonly onSend: (text: string, written: WrittenMessage | undefined) => boolean;
}

/** Messages that wait for a connection, and those that a closed one left unsent: rows at the end of the log. */
export function UnsentMessages({ connection, onEdit, onSend }: UnsentMessagesProps) {
  const unsent = useStore(connection.store, (view) => view.unsent);
  const [done, setDone] = useState<Done>();
  const discard = (chosen: readonly UnsentMessage[]) => {
    connection.outbox.discard(chosen);
    setDone({
      text: texts.discarded(chosen.length),
      undo: () => connection.outbox.putBack(chosen),
    });
  };
  const send = (message: UnsentMessage) => {
    if (onSend(message.text, message.written)) connection.outbox.discard([message]);
  };
  const waiting = unsent.filter(({ state }) => state === 'waiting').length;
  return (
    <>
      {done && <UndoNotice done={done} onDismiss={() => setDone(undefined)} />}
      {unsent.length > 0 && (
        <section className="log-unsent" aria-label={texts.unsent}>
          <div className="notice is-warn log-notice">
            <span role="status">
              {waiting > 0 ? texts.willBeSent(waiting) : texts.notSent(unsent.length)}
            </span>
            <Button onClick={() => discard(unsent)}>{texts.discardAll}</Button>
          </div>
          <ul>
            {unsent.map((message) => (
              <UnsentRow
                key={message.id}
                message={message}
                onSend={() => send(message)}
                onEdit={() => onEdit(message.written?.text ?? message.text)}
                onDiscard={() => discard([message])}
              />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

interface UnsentRowProps {
  readonly message: UnsentMessage;
  readonly onSend: () => void;
  readonly onEdit: () => void;
  readonly onDiscard: () => void;
}

function UnsentRow({ message, onSend, onEdit, onDiscard }: UnsentRowProps) {
  const { text, atMs, state } = message;
  const name = readMessage(text)?.name ?? frameName({ text, binary: undefined });
  const word = state === 'waiting' ? texts.waiting : texts.held;
  return (
    <li className="log-unsent-row" aria-label={texts.unsentRow(name, word)}>
      <Clock size={14} aria-hidden />
      <time>{formatTime(atMs)}</time>
      <code className="log-name" translate="no">
        {name}
      </code>
      <span className="chip is-warn">{word}</span>
      <code className="log-unsent-text" translate="no">
        {text.slice(0, maxPreviewLength)}
      </code>
      {state === 'held' && (
        <IconButton label={texts.sendNow} icon={<Send size={14} />} onClick={onSend} />
      )}
      <IconButton label={texts.edit} icon={<Pencil size={14} />} onClick={onEdit} />
      <IconButton label={texts.discard} icon={<X size={14} />} onClick={onDiscard} />
    </li>
  );
}

/** Characters of a message that a row shows at most. */
const maxPreviewLength = 300;
