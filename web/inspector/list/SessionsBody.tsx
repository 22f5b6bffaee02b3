import { useStore } from 'zustand';
import { Button } from '../../ui/Button.tsx';
import { visibleName } from '../../../protocol/text/visibleText.ts';
import { useWhyNot } from '../access/allowed.ts';
import { RefusedNotice } from '../access/RefusedNotice.tsx';
import { ForeignNotice } from '../ForeignNotice.tsx';
import type { Inspector } from '../inspector.ts';
import { KeyForm } from '../KeyForm.tsx';
import { RetryNotice } from '../RetryNotice.tsx';
import type { ShownServer } from '../viewProps.ts';
import { ListCounts } from './ListCounts.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import type { LoadedRows, SessionList } from './sessionList.ts';
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
  const status = useStore(inspector.store, (view) => view.status);
  const refusal = useWhyNot(inspector, 'look');
  switch (status.state) {
    case 'needsKey':
      return <LockedSessions {...props} wasRefused={status.wasRefused} />;
    case 'off':
      return (
        <div className="empty">
          <p>
            <strong>{texts.isOff}</strong> {texts.isOffWhy}
          </p>
          <Button onClick={() => inspector.retry()}>{texts.checkAgain}</Button>
        </div>
      );
    case 'retrying':
      return (
        <>
          {props.server.isLost === true || (
            <RetryNotice inspector={inspector} cause={status.cause} retryAtMs={status.retryAtMs} />
          )}
          <KnownSessions {...props} waitingText={texts.noneKnown} />
        </>
      );
    case 'idle':
    case 'connecting':
      return <KnownSessions {...props} waitingText={texts.connecting} />;
    case 'live':
      if (refusal !== undefined) return <RefusedNotice inspector={inspector} right="look" />;
      return <KnownSessions {...props} waitingText={texts.reading} />;
  }
}

function LockedSessions(props: SessionsBodyProps & { readonly wasRefused: boolean }) {
  const { inspector, server, wasRefused } = props;
  const { foreign } = server;
  const onKey = (key: string) => inspector.useKey(key);
  if (foreign) return <ForeignNotice server={foreign} wasRefused={wasRefused} onKey={onKey} />;
  const refusal = wasRefused ? texts.keyRefused : undefined;
  return <KeyForm wanted={texts.wantsKey} refusal={refusal} onKey={onKey} />;
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
      </div>
    );
  }
  const { text } = source.store.getState().search;
  const isSearch = query.find.trim() !== '';
  if (query.content) {
    return (
      <div className="empty">
        <p>
          <strong>{whyNoContent(loaded, text)}</strong>
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
