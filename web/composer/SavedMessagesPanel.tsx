import { Trash2 } from 'lucide-react';
import { useStore } from 'zustand';
import { IconButton } from '../ui/Button.tsx';
import { previewLine } from './previewLine.ts';
import type { SavedMessages } from './savedMessages.ts';
import './SavedMessagesPanel.css';

interface SavedMessagesPanelProps {
  readonly saved: SavedMessages;
  /** Puts a message into the composer. */
  readonly onInsert: (text: string) => void;
}

/** The messages kept by *Save message*. */
export function SavedMessagesPanel({ saved, onInsert }: SavedMessagesPanelProps) {
  const { messages, isStored } = useStore(saved.store);
  return (
    <section className="panel" aria-label="Saved messages">
      <div className="panel-head">
        <h2>Saved messages</h2>
      </div>
      {!isStored && (
        <p className="notice is-warn" role="status">
          The browser has no room: these messages are lost when the page closes.
        </p>
      )}
      {messages.length === 0 ? (
        <div className="empty">
          <p>
            <strong>Nothing saved yet.</strong> Write a message you need often and press Save
            message above the editor.
          </p>
        </div>
      ) : (
        <ul className="panel-body">
          {messages.map(({ id, name, text }) => (
            <li key={id} className="saved-row">
              <button
                type="button"
                className="saved-insert"
                aria-label={`Insert ${name}`}
                onClick={() => onInsert(text)}
              >
                <span>{name}</span>
                <code>{previewLine(text)}</code>
              </button>
              <IconButton
                label={`Delete ${name}`}
                icon={<Trash2 size={14} />}
                onClick={() => saved.remove(id)}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
