import { X } from 'lucide-react';
import { useStore } from 'zustand';
import { useActions, type Action } from '../ui/action.ts';
import { ActionButton } from '../ui/ActionButton.tsx';
import type { Inspector } from './inspector.ts';
import type { WatchedSession } from './inspectorView.ts';
import { KeyList } from './KeyList.tsx';
import { texts } from './texts.ts';
import { SessionFacts } from './SessionFacts.tsx';
import type { SessionUse } from './sessionUse.ts';
import { TokenButtons } from './TokenButtons.tsx';
import { shortName } from './visibleText.ts';
import { titleOf } from './words.ts';

interface SessionDetailProps {
  readonly inspector: Inspector;
  readonly onUse: ((use: SessionUse) => void) | undefined;
}

/** The chosen session: what it is, its token when asked for, its keys. */
export function SessionDetail({ inspector, onUse }: SessionDetailProps) {
  const watched = useStore(inspector.store, (view) => view.watched);
  const isLive = useStore(inspector.store, (view) => view.status.state === 'live');
  const closeSession: Action = {
    label: texts.closeSession,
    group: texts.session,
    run: () => inspector.watch(undefined),
  };
  useActions(() => (watched ? { 'session.close': closeSession } : {}));
  if (!watched) return null;
  const { summary, isGone } = watched;
  const title = titleOf(summary);
  return (
    <section className="panel session-detail" aria-label={texts.session}>
      <div className="panel-head">
        <h3 title={title} translate="no">
          {shortName(title)}
        </h3>
        <span className="spring" />
        {summary.shared && <span className="chip">{texts.isShared}</span>}
        <ActionButton action={closeSession} icon={<X size={14} />} />
      </div>
      {isGone && (
        <p className="notice is-warn" role="status">
          {texts.isGone}
        </p>
      )}
      <div className="session-facts">
        <SessionFacts inspector={inspector} watched={watched} />
        {!isGone && (
          <TokenButtons
            key={watched.id}
            inspector={inspector}
            watched={watched}
            isLive={isLive}
            onUse={onUse}
          />
        )}
      </div>
      {!isGone && (
        <>
          <KeysHead inspector={inspector} watched={watched} />
          <KeyList key={watched.id} inspector={inspector} />
        </>
      )}
    </section>
  );
}

interface PartProps {
  readonly inspector: Inspector;
  readonly watched: WatchedSession;
}

function KeysHead({ inspector, watched: { totalKeys, areKeysKnown } }: PartProps) {
  useStore(inspector.store, (view) => view.keysVersion);
  const shown = inspector.keys().length;
  const isPart = areKeysKnown && shown < totalKeys;
  return (
    <h4 className="key-head">
      {areKeysKnown ? texts.countOfKeys(totalKeys) : texts.readingKeys}
      {isPart && texts.firstShown(shown)}
    </h4>
  );
}
