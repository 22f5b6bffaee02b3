import { Eraser } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useActions, type Action } from '../ui/action.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import { foldText, holdsFolded } from '../../protocol/text/foldText.ts';
import { SearchField } from '../ui/SearchField.tsx';
import { UndoNotice, type Done } from '../ui/UndoNotice.tsx';
import { useNow } from '../ui/useNow.ts';
import type { History, SentMessage } from './history.ts';
import { NoResults } from './NoResults.tsx';
import { HistoryRow } from './HistoryRow.tsx';
import { texts } from './texts.ts';
import { RenameDialog } from './RenameDialog.tsx';
import './Library.css';

export interface HistoryPanelProps {
  readonly history: History;
  /** Puts a message into the composer. */
  readonly onInsert: (message: SentMessage) => void;
}

/** What was sent: found again, pinned, named, inserted. */
export function HistoryPanel({ history, onInsert }: HistoryPanelProps) {
  const sent = useStore(history.store, (view) => view.sent);
  const nowMs = useNow(30_000);
  const [search, setSearch] = useState('');
  const [done, setDone] = useState<Done>();
  const [renamed, setRenamed] = useState<SentMessage>();
  const found = sent.filter((message) => matches(message, search));
  const groups = [
    { title: texts.pinned, messages: found.filter((message) => message.isPinned) },
    { title: texts.recent, messages: found.filter((message) => !message.isPinned) },
  ].filter(({ messages }) => messages.length > 0);
  const clearable = sent.filter((message) => !message.isPinned).length;
  const clear: Action = {
    label: texts.clearHistory,
    group: texts.history,
    isEnabled: () => clearable > 0,
    run: () => setDone({ text: texts.cleared(clearable), undo: history.clear() }),
  };
  useActions(() => ({ 'history.clear': clear }));
  return (
    <section className="panel" aria-label={texts.history}>
      <div className="panel-head">
        <h2>{texts.history}</h2>
        <span className="spring" />
        <ActionButton action={clear} title={texts.clearHistoryTitle} icon={<Eraser size={15} />} />
      </div>
      {done && <UndoNotice done={done} onDismiss={() => setDone(undefined)} />}
      {sent.length > 0 && (
        <div className="panel-tools">
          <SearchField label={texts.findHistory} search={search} onSearch={setSearch} />
        </div>
      )}
      {sent.length === 0 && <EmptyHistory />}
      {sent.length > 0 && found.length === 0 && <NoResults onShowAll={() => setSearch('')} />}
      <div className="panel-body">
        {groups.map(({ title, messages }) => (
          <section key={title} aria-label={title}>
            <h3 className="saved-folder-head">{title}</h3>
            <ul>
              {messages.map((message) => (
                <HistoryRow
                  key={message.text}
                  message={message}
                  nowMs={nowMs}
                  onInsert={() => onInsert(message)}
                  onPin={() => history.pin(message.text, !message.isPinned)}
                  onRename={() => setRenamed(message)}
                  onRemove={(name) =>
                    setDone({ text: texts.removed(name), undo: history.forget(message.text) })
                  }
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      {renamed && (
        <RenameDialog
          name={renamed.name}
          onRename={(name) => history.rename(renamed.text, name)}
          onClose={() => setRenamed(undefined)}
        />
      )}
    </section>
  );
}

function EmptyHistory() {
  return (
    <div className="empty">
      <p>
        <strong>{texts.emptyHistory}</strong> {texts.historyHint}
      </p>
    </div>
  );
}

function matches({ name, text }: SentMessage, search: string): boolean {
  const needle = foldText(search);
  return holdsFolded(name, needle) || holdsFolded(text, needle);
}
