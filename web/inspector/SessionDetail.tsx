import { X } from 'lucide-react';
import { useStore } from 'zustand';
import { IconButton } from '../ui/Button.tsx';
import { CountdownText } from './CountdownText.tsx';
import type { Inspector } from './inspector.ts';
import type { WatchedSession } from './inspectorView.ts';
import { KeyList } from './KeyList.tsx';
import { TokenButtons } from './TokenButtons.tsx';
import { countOf, titleOf } from './words.ts';

interface SessionDetailProps {
  readonly inspector: Inspector;
  readonly onUseToken: (token: string, name: string) => void;
}

/** The chosen session: what it is, its token when asked for, its keys. */
export function SessionDetail({ inspector, onUseToken }: SessionDetailProps) {
  const watched = useStore(inspector.store, (view) => view.watched);
  const isLive = useStore(inspector.store, (view) => view.status.state === 'live');
  if (!watched) return null;
  const { summary, isGone } = watched;
  const title = titleOf(summary);
  return (
    <section className="panel session-detail" aria-label="Session">
      <div className="panel-head">
        <h3 title={title}>{title}</h3>
        <span className="spring" />
        {summary.shared && <span className="chip">shared</span>}
        <IconButton
          label="Close session"
          icon={<X size={14} />}
          onClick={() => inspector.watch(undefined)}
        />
      </div>
      {isGone ? (
        <div className="empty">
          <p>
            <strong>This session ended or expired.</strong> Its keys are gone with it. Choose
            another one in the list.
          </p>
        </div>
      ) : (
        <>
          <div className="session-facts">
            <Facts inspector={inspector} watched={watched} />
            <TokenButtons
              key={watched.id}
              inspector={inspector}
              watched={watched}
              isLive={isLive}
              onUseToken={onUseToken}
            />
          </div>
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

function Facts({ inspector, watched: { summary, token } }: PartProps) {
  const { expiry, createdAtMs } = summary;
  const created = new Date(createdAtMs);
  return (
    <dl>
      <dt>Token</dt>
      <dd className="mono session-token">{token ?? summary.maskedToken}</dd>
      <dt>Shared</dt>
      <dd>{summary.shared ? 'yes' : 'no'}</dd>
      <dt>Created</dt>
      <dd>
        <time dateTime={created.toISOString()}>{created.toLocaleString('en-GB')}</time>
      </dd>
      <dt>Expires</dt>
      <dd>
        <CountdownText inspector={inspector} expiry={expiry} />
        {expiry && (
          <span className="session-note">
            {` of ${expiry.durationSec.toLocaleString('en')} s, then `}
            {expiry.deleteSession ? 'the session ends' : 'its keys are deleted'}. Looking does not
            renew expiry.
          </span>
        )}
      </dd>
    </dl>
  );
}

function KeysHead({ inspector, watched: { totalKeys, areKeysKnown } }: PartProps) {
  useStore(inspector.store, (view) => view.keysVersion);
  const shown = inspector.keys().length;
  const isPart = areKeysKnown && shown < totalKeys;
  return (
    <h4 className="key-head">
      {areKeysKnown ? countOf(totalKeys, 'key') : 'Reading keys…'}
      {isPart && `, the first ${shown.toLocaleString('en')} shown`}
    </h4>
  );
}
