import { ArrowLeft, ChevronDown, ChevronUp, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { useActions, type Action } from '../../ui/action.ts';
import { ActionButton } from '../../ui/ActionButton.tsx';
import { useWhyNot } from '../access/allowed.ts';
import { composeFor } from '../composeFor.ts';
import { SessionActions } from '../edit/SessionActions.tsx';
import type { Inspector } from '../inspector.ts';
import { KeysView } from './KeysView.tsx';
import { texts } from '../texts.ts';
import type { SameValueStart, ShownServer } from '../viewProps.ts';
import { SessionFacts } from './SessionFacts.tsx';
import { SessionTabs } from '../SessionTabs.tsx';
import type { SessionUse } from '../sessionUse.ts';
import { TokenButtons } from './TokenButtons.tsx';
import { shortName } from '../../../protocol/text/visibleText.ts';
import { titleOf } from '../words.ts';

interface SessionDetailProps {
  readonly inspector: Inspector;
  readonly server: ShownServer;
  readonly onUse: ((use: SessionUse) => void) | undefined;
  readonly onShowSame: (start: SameValueStart) => void;
  /** Seen where the panel's own head is not. */
  readonly widenButton: ReactNode;
  /** Goes to the session before it in the list, or to the one after it. */
  readonly onStep: (step: -1 | 1) => void;
}

/** The chosen session: what it is, its token when asked for, its keys. */
export function SessionDetail(props: SessionDetailProps) {
  const { inspector, onUse, widenButton, onStep } = props;
  const watched = useStore(inspector.store, (view) => view.watched);
  const isLive = useStore(inspector.store, (view) => view.status.state === 'live');
  const noToken = useWhyNot(inspector, 'reveal');
  const { close, previous, next } = detailActions(inspector, onStep);
  useActions(() =>
    watched ? { 'session.close': close, 'session.previous': previous, 'session.next': next } : {},
  );
  if (!watched) return null;
  const { summary, isGone } = watched;
  const title = titleOf(summary);
  // Without the token there is nothing that `{{tkn}}` could stand for.
  const compose =
    noToken === undefined && onUse
      ? (...commands: readonly string[]) =>
          void composeFor(inspector, { session: summary, commands, onUse })
      : undefined;
  const step = (event: KeyboardEvent) => {
    const action = { ArrowUp: previous, ArrowDown: next, Escape: close }[event.key];
    const isInHead = event.target instanceof Element && event.target.closest('.panel-head');
    if (!action || !isInHead) return;
    event.preventDefault();
    action.run();
  };
  return (
    <section className="panel session-detail" aria-label={texts.session} onKeyDown={step}>
      <div className="panel-head">
        <span className="session-back">
          <ActionButton action={close} icon={<ArrowLeft size={16} />} />
        </span>
        <h3 className="session-title" title={title} tabIndex={-1} translate="no">
          {shortName(title)}
        </h3>
        {summary.shared && <span className="chip">{texts.isShared}</span>}
        <span className="spring" />
        <ActionButton action={previous} icon={<ChevronUp size={16} />} />
        <ActionButton action={next} icon={<ChevronDown size={16} />} />
        <span className="session-back">{widenButton}</span>
        <span className="session-close">
          <ActionButton action={close} icon={<X size={14} />} />
        </span>
      </div>
      {isGone && (
        <p className="notice is-warn" role="status">
          {texts.isGone}
        </p>
      )}
      <div className="session-facts">
        <SessionFacts inspector={inspector} watched={watched} />
        {!isGone && (
          <div key={watched.id} className="session-bar">
            <TokenButtons {...{ inspector, watched, isLive, onUse }} />
            <SessionActions {...{ inspector, watched, server: props.server, onCompose: compose }} />
          </div>
        )}
      </div>
      <SessionTabs
        inspector={inspector}
        id={watched.id}
        keys={
          isGone ? undefined : (
            <KeysView
              key={watched.id}
              sessionId={watched.id}
              {...{ inspector, server: props.server, onCompose: compose }}
              onShowSame={props.onShowSame}
            />
          )
        }
      />
    </section>
  );
}

/** Leaving the session, and going to the one above or below it in the list. */
function detailActions(inspector: Inspector, onStep: (step: -1 | 1) => void) {
  const group = texts.session;
  return {
    close: { label: texts.closeSession, group, run: () => inspector.watch(undefined) },
    previous: { label: texts.previousSession, group, run: () => onStep(-1) },
    next: { label: texts.nextSession, group, run: () => onStep(1) },
  } satisfies Record<string, Action>;
}
