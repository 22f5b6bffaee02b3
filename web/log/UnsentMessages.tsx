import { Clock, Pencil, Send, X } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { Connection } from '../connection/page/connection.ts';
import type { UnsentMessage } from '../connection/page/connectionView.ts';
import type { WaitRefusal } from '../connection/page/exchange.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { frameName } from '../connection/texts/frameName.ts';
import { UndoNotice, type Done } from '../ui/UndoNotice.tsx';
import { formatTime } from '../ui/format.ts';
import { texts } from './texts.ts';
import './UnsentMessages.css';

interface UnsentMessagesProps {
  readonly connection: Connection;
  /** Puts a message into the composer. */
  readonly onEdit: (text: string) => void;
  /** A message cannot be sent now. */
  readonly onRefusal: (refusal: WaitRefusal) => void;
}

/** Messages that wait for a connection, and those that a closed one left unsent: rows at the end of the log. */
export function UnsentMessages({ connection, onEdit, onRefusal }: UnsentMessagesProps) {
  const unsent = useStore(connection.store, (view) => view.unsent);
  const [done, setDone] = useState<Done>();
  const discard = (chosen: readonly UnsentMessage[]) => {
    const undo = connection.discard(chosen.map(({ id }) => id));
    setDone({ text: texts.discarded(chosen.length), undo });
  };
  const send = ({ id }: UnsentMessage) => {
    const refusal = connection.sendHeld(id);
    if (refusal) onRefusal(refusal);
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
            {unsent.map((each) => (
              <UnsentRow
                key={each.id}
                unsent={each}
                onSend={() => send(each)}
                onEdit={() => onEdit(each.message.written?.text ?? each.message.text)}
                onDiscard={() => discard([each])}
              />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

interface UnsentRowProps {
  readonly unsent: UnsentMessage;
  readonly onSend: () => void;
  readonly onEdit: () => void;
  readonly onDiscard: () => void;
}

function UnsentRow({ unsent, onSend, onEdit, onDiscard }: UnsentRowProps) {
  const { atMs, state, message } = unsent;
  const { text } = message;
  const name = message.name === '' ? frameName({ text, binary: undefined }) : message.name;
  const word = texts[state];
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
