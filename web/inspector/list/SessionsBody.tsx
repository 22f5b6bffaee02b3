import { useStore } from 'zustand';
import { Button } from '../../ui/Button.tsx';
import { visibleName } from '../../../protocol/text/visibleText.ts';
import { useWhyNot } from '../access/allowed.ts';
import { RefusedNotice } from '../access/RefusedNotice.tsx';
import type { Inspector } from '../inspector.ts';
import { LiveGate } from '../LiveGate.tsx';
import type { ShownServer } from '../viewProps.ts';
import { EndedButton, ListCounts } from './ListCounts.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import type { SessionList } from './sessionList.ts';
import type { LoadedRows } from './listView.ts';
import { SessionTable } from './SessionTable.tsx';
import { texts } from './texts.ts';

interface SessionsBodyProps {
  readonly inspector: Inspector;
  readonly source: SessionList;
  readonly server: ShownServer;
  readonly onInsertTemplate: () => void;
}

/** The list, or why there is none and what to do about it. */
export function SessionsBody(props: SessionsBodyProps) {
  const { inspector } = props;
  const isLive = useStore(inspector.store, ({ status }) => status.state === 'live');
  const refusal = useWhyNot(inspector, 'look');
  const known = (waitingText: string) => <KnownSessions {...props} waitingText={waitingText} />;
  const shown = () => {
    if (!isLive) return known(texts.noneKnown);
    return refusal === undefined ? (
      known(texts.reading)
    ) : (
      <RefusedNotice inspector={inspector} right="look" />
    );
  };
  return (
    <LiveGate inspector={inspector} server={props.server} waiting={known(texts.connecting)}>
      {shown()}
    </LiveGate>
  );
}

interface KnownSessionsProps extends SessionsBodyProps {
  /** Said while the server has not answered. */
  readonly waitingText: string;
}

function KnownSessions(props: KnownSessionsProps) {
  const { inspector, source, server, waitingText, onInsertTemplate } = props;
  // One by one: what is on screen changes with each scrolled frame.
  const query = useStore(source.store, (view) => view.query);
  const loaded = useStore(source.store, (view) => view.loaded);
  const isBusy = useStore(source.store, (view) => view.isBusy);
  const refused = useStore(source.store, (view) => view.refused);
  const selectedId = useStore(inspector.store, ({ watched }) =>
    watched?.isGone === true ? undefined : watched?.id,
  );
  if (refused !== undefined) {
    return <RefusedNotice inspector={inspector} right={refused ?? undefined} />;
  }
  if (!loaded) {
    return (
      <div className="empty">
        <p>{waitingText}</p>
      </div>
    );
  }
  if (loaded.length === 0 && !isBusy) {
    return (
      <>
        <NoSessions {...{ source, loaded, onInsertTemplate }} />
        {loaded.looked !== undefined && <ListCounts source={source} />}
      </>
    );
  }
  return (
    <>
      <SessionTable {...{ inspector, source, query, loaded, isBusy, selectedId }} />
      <SelectionBar {...{ inspector, source, server }} />
      <ListCounts source={source} />
    </>
  );
}

interface NoSessionsProps extends Pick<SessionsBodyProps, 'source' | 'onInsertTemplate'> {
  readonly loaded: LoadedRows;
}

function whyNoContent({ looked, stopped }: LoadedRows, text: string): string {
  if (stopped === 'path') return texts.stoppedPath;
  return looked === undefined ? texts.noContent(text) : texts.searching;
}

/** An empty list says why it is empty. */
function NoSessions({ source, loaded, onInsertTemplate }: NoSessionsProps) {
  const { query } = source.store.getState();
  if (loaded.all === 0) {
    return (
      <div className="empty">
        <p>
          <strong>{texts.noneYet}</strong> {texts.noneYetHint}
        </p>
        <Button onClick={onInsertTemplate}>{texts.insertNew}</Button>
        <EndedButton source={source} />
      </div>
    );
  }
  const { text } = source.store.getState().search;
  const isSearch = query.find.trim() !== '';
  if (query.content) {
    return (
      <div className="empty">
        <p>
          <strong>{whyNoContent(loaded, text)}</strong>{' '}
          {query.content.path !== undefined && loaded.stopped !== 'path' && texts.pathHint}
        </p>
        <Button onClick={() => source.showAll()}>{texts.showAll}</Button>
      </div>
    );
  }
  return (
    <div className="empty">
      <p>
        {isSearch ? (
          <>
            <strong>{texts.noMatch(query.find)}</strong> {texts.noMatchIn(loaded.all)}
          </>
        ) : (
          <strong>{texts.noMatchOfPrefix(visibleName(query.prefix ?? ''))}</strong>
        )}
      </p>
      <Button onClick={() => source.showAll()}>{texts.showAll}</Button>
    </div>
  );
}
