import { useStore } from 'zustand';
import type { Connection } from '../connection/page/connection.ts';
import { Button } from '../ui/Button.tsx';
import { noFilter } from './search/logFilter.ts';
import type { MessageLog } from './store/messageLog.ts';
import { onlyLabels, texts } from './texts.ts';

interface EmptyLogProps {
  readonly log: MessageLog;
  readonly connection: Connection;
  /** Puts the cursor into the composer. */
  readonly onCompose: () => void;
}

/** Why the list is empty, and what to do about it. */
export function EmptyLog({ log, connection, onCompose }: EmptyLogProps) {
  const { kept } = useStore(log.store, (view) => view.counts);
  const isSearching = useStore(log.store, (view) => view.isSearching);
  const isPaused = useStore(log.store, (view) => view.arrivedWhilePaused !== undefined);
  const { search, show, facets } = useStore(log.store, (view) => view.filter);
  if (isSearching) return <p className="empty log-empty">{texts.searching}</p>;
  if (isPaused && search.text === '' && show === 'all' && facets.length === 0) {
    return (
      <Nothing
        title={texts.pausedTitle}
        text={texts.pausedEmpty}
        action={texts.resume}
        onAct={() => log.resume()}
      />
    );
  }
  if (kept === 0) return <NothingYet {...{ log, connection, onCompose }} />;
  const filtered = facets.length > 0 || show === 'all' ? texts.noMatchFilters : onlyLabels[show];
  return (
    <Nothing
      title={texts.noMatchTitle(search.text === '' ? filtered : search.text)}
      text={texts.hidden(kept)}
      action={texts.showAllMessages}
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
          title={wasCleared ? texts.clearedTitle : texts.emptyTitle}
          text={wasCleared ? texts.clearedEmpty : texts.empty}
          action={texts.goToComposer}
          onAct={onCompose}
        />
      );
    case 'connecting':
      return <p className="empty log-empty">{texts.connecting}</p>;
    case 'retrying':
      return (
        <Nothing
          title={status.close.wasOpen ? texts.lostTitle : texts.noneTitle}
          text={texts.lost}
          action={texts.tryNow}
          onAct={connect}
        />
      );
    case 'closed':
      return (
        <Nothing title={texts.offTitle} text={texts.off} action={texts.connect} onAct={connect} />
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
