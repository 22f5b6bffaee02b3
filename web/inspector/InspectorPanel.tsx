import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { Token } from '../../protocol/token.ts';
import { SplitView, type Pane } from '../ui/SplitView.tsx';
import { EmptySessions } from './EmptySessions.tsx';
import type { Inspector } from './inspectorStore.ts';
import { LinkNotice } from './LinkNotice.tsx';
import { SessionDetail } from './SessionDetail.tsx';
import { SessionTable } from './SessionTable.tsx';
import { SessionTools } from './SessionTools.tsx';
import './InspectorPanel.css';

interface InspectorPanelProps {
  readonly inspector: Inspector;
  /** Puts a message that creates a session into the composer. */
  readonly onInsertTemplate?: () => void;
  /** Makes a session's token the active tab's `{{tkn}}`. Called only on a person's wish. */
  readonly onUseToken?: (token: Token, name: string) => void;
}

/** The server's sessions as they change. Connects for as long as it is on screen. */
export function InspectorPanel({ inspector, onInsertTemplate, onUseToken }: InspectorPanelProps) {
  useEffect(() => inspector.look(), [inspector]);
  const link = useStore(inspector.store, (view) => view.link);
  const chosen = useStore(inspector.store, (view) => view.chosen);
  const hasList = useStore(inspector.store, (view) => view.hasList);
  useStore(inspector.store, (view) => view.version);
  useStore(inspector.store, (view) => view.search);
  const sort = useStore(inspector.store, (view) => view.sort);

  // What was there stays to be read while the connection comes back.
  const isShowable = hasList && link.state !== 'needsKey' && link.state !== 'off';
  const isEmpty = !isShowable || inspector.sessions().length === 0;
  const list: Pane = {
    id: 'session-list',
    minSize: '140px',
    content: isEmpty ? (
      <EmptySessions inspector={inspector} onInsertTemplate={onInsertTemplate} />
    ) : (
      // Another order is another list, read from its top.
      <SessionTable key={sort} inspector={inspector} />
    ),
  };
  const detail: Pane[] =
    isShowable && chosen
      ? [
          {
            id: 'session-detail',
            size: '60%',
            minSize: '120px',
            content: (
              <SessionDetail inspector={inspector} chosen={chosen} onUseToken={onUseToken} />
            ),
          },
        ]
      : [];
  return (
    <section className="panel inspector" aria-label="Sessions">
      <SessionTools inspector={inspector} isShowable={isShowable} />
      {link.state === 'retrying' && !isEmpty && <LinkNotice inspector={inspector} link={link} />}
      <div className="inspector-body">
        <SplitView orientation="vertical" panes={[list, ...detail]} />
      </div>
    </section>
  );
}
