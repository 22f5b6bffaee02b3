import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { templateOf } from '../../protocol/wire/template.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { SplitView, type Pane } from '../ui/SplitView.tsx';
import type { Inspector } from './inspector.ts';
import { SessionDetail } from './session/SessionDetail.tsx';
import type { ViewProps } from './viewProps.ts';
import { WidenButton } from './WidenButton.tsx';
import { LiveGate } from './LiveGate.tsx';
import { EndedSessions } from './list/EndedSessions.tsx';
import { GroupTools, ListTools } from './list/ListTools.tsx';
import { neighbourOf } from './list/neighbour.ts';
import { sessionListOf } from './list/sessionList.ts';
import { SessionsBody } from './list/SessionsBody.tsx';
import { texts } from './list/texts.ts';
import { useSessionFocus } from './useSessionFocus.ts';
import { texts as inspectorTexts } from './texts.ts';
import './tableRows.css';

/** Every session of the server, live, and the one that was chosen. */
export function SessionsView(props: ViewProps) {
  const { inspector, server, isWidened = false, onWiden } = props;
  const watchedId = useStore(inspector.store, ({ watched, opening }) => watched?.id ?? opening?.id);
  const source = sessionListOf(inspector);
  const areEndedShown = useStore(source.store, (view) => view.areEndedShown);
  useEffect(() => source.open(), [source]);
  const listPane = useRef<HTMLDivElement>(null);
  useSessionFocus(listPane, watchedId);
  const list = (
    <div ref={listPane} className="sessions-list">
      <ListTools source={source} />
      {areEndedShown ? (
        <LiveGate inspector={inspector} server={server}>
          <EndedSessions inspector={inspector} onClose={() => source.showEnded(false)} />
        </LiveGate>
      ) : (
        <>
          <GroupTools source={source} />
          <SessionsBody
            inspector={inspector}
            source={source}
            server={server}
            onInsertTemplate={() => props.onInsertTemplate(templateOf('SH_NEW'))}
          />
        </>
      )}
    </div>
  );
  const panes: Pane[] = [
    {
      id: 'sessions',
      label: texts.listPane,
      content: list,
      // Wider, its columns would be far apart.
      room:
        isWidened && watchedId !== undefined
          ? { kind: 'fixed', size: 'clamp(560px, 40vw, 880px)' }
          : { kind: 'share', share: 45 },
      minSize: '240px',
    },
  ];
  if (watchedId !== undefined) {
    panes.push({
      id: 'session',
      label: texts.sessionPane,
      content: (
        <ChosenSession
          {...props}
          widenButton={onWiden && <WidenButton isWidened={isWidened} onWiden={onWiden} />}
          onStep={(step) => void stepFrom(inspector, step)}
        />
      ),
      room: { kind: 'share', share: 55 },
      minSize: '260px',
    });
  }
  return (
    <div className="sessions-split">
      <SplitView orientation="horizontal" panes={panes} />
    </div>
  );
}

async function stepFrom(inspector: Inspector, step: -1 | 1): Promise<void> {
  const { id } = inspector.store.getState().watched ?? {};
  if (id === undefined) return;
  const next = await neighbourOf(sessionListOf(inspector), id, step);
  if (next && inspector.store.getState().watched?.id === id) inspector.watch(next.id, next);
}

type ChosenSessionProps = ViewProps &
  Pick<Parameters<typeof SessionDetail>[0], 'onStep' | 'widenButton'>;

/** The chosen session, or what is known of one that was chosen by its id. */
function ChosenSession(props: ChosenSessionProps) {
  const { inspector } = props;
  const opening = useStore(inspector.store, (view) => view.opening);
  if (!opening) return <SessionDetail {...props} onUse={props.onUse} />;
  const close = () => inspector.watch(undefined);
  return (
    <section className="panel session-detail" aria-label={texts.sessionPane}>
      <div className="panel-head">
        <span className="session-back">
          <IconButton
            label={inspectorTexts.closeSession}
            icon={<ArrowLeft size={16} />}
            onClick={close}
          />
        </span>
      </div>
      <div className="empty">
        {opening.isMissing ? (
          <>
            <p>
              <strong>{texts.isMissing}</strong> {texts.isMissingWhy}
            </p>
            <Button onClick={close}>{texts.closeMissing}</Button>
          </>
        ) : (
          <p>{texts.opening}</p>
        )}
      </div>
    </section>
  );
}
