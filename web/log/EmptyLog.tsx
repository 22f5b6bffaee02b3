import { useStore } from 'zustand';
import type { Connection } from '../connection/connection.ts';
import { Button } from '../ui/Button.tsx';
import { noFilter } from './logFilter.ts';
import type { MessageLog } from './messageLog.ts';
import { messages, showLabels } from './messages.ts';

interface EmptyLogProps {
  readonly log: MessageLog;
  readonly connection: Connection;
  /** Puts the cursor into the composer. */
  readonly onCompose: () => void;
}

/** Says why there is nothing to see, and what to do about it. */
export function EmptyLog({ log, connection, onCompose }: EmptyLogProps) {
  const { kept } = useStore(log.store, (view) => view.counts);
  const isSearching = useStore(log.store, (view) => view.isSearching);
  const isPaused = useStore(log.store, (view) => view.arrivedWhilePaused !== undefined);
  const { search, show, facets } = useStore(log.store, (view) => view.filter);
  if (isSearching) return <p className="empty log-empty">{messages.searching}</p>;
  if (isPaused && search.text === '' && show === 'all' && facets.length === 0) {
    return (
      <Nothing
        title={messages.pausedTitle}
        text={messages.pausedEmpty}
        action={messages.resume}
        onAct={() => log.resume()}
      />
    );
  }
  if (kept === 0) return <NothingYet {...{ log, connection, onCompose }} />;
  const filtered = facets.length > 0 ? messages.noMatchFilters : showLabels[show];
  return (
    <Nothing
      title={messages.noMatchTitle(search.text === '' ? filtered : search.text)}
      text={messages.hidden(kept)}
      action={messages.showAllMessages}
      onAct={() => log.setFilter(noFilter)}
    />
  );
}

function NothingYet({ log, connection, onCompose }: EmptyLogProps) {
  const wasCleared = useStore(log.store, (view) => view.wasCleared);
  const status = useStore(connection.store, (view) => view.status);
  const connect = () => connection.connect();
  switch (status.state) {
    case 'open':
      return (
        <Nothing
          title={wasCleared ? messages.clearedTitle : messages.emptyTitle}
          text={wasCleared ? messages.clearedEmpty : messages.empty}
          action={messages.goToComposer}
          onAct={onCompose}
        />
      );
    case 'connecting':
      return <p className="empty log-empty">{messages.connecting}</p>;
    case 'retrying':
      return (
        <Nothing
          title={status.close.wasOpen ? messages.lostTitle : messages.noneTitle}
          text={messages.lost}
          action={messages.tryNow}
          onAct={connect}
        />
      );
    case 'closed':
      return (
        <Nothing
          title={messages.offTitle}
          text={messages.off}
          action={messages.connect}
          onAct={connect}
        />
      );
  }
}

interface NothingProps {
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly onAct: () => void;
}

function Nothing({ title, text, action, onAct }: NothingProps) {
  return (
    <div className="empty log-empty">
      <p>
        <strong>{title}</strong> {text}
      </p>
      <Button onClick={onAct}>{action}</Button>
    </div>
  );
}
