import { CornerDownLeft, X } from 'lucide-react';
import { useStore } from 'zustand';
import type { Token } from '../../protocol/token.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import type { Chosen, Inspector } from './inspectorStore.ts';
import { KeyTable } from './KeyTable.tsx';
import { formatMoment } from './lifeLeft.ts';
import { SessionFacts } from './SessionFacts.tsx';
import { TokenLine } from './TokenLine.tsx';
import { visibleName } from './visibleText.ts';

const maxNameLength = 300;

interface SessionDetailProps {
  readonly inspector: Inspector;
  readonly chosen: Chosen;
  readonly onUseToken?: ((token: Token, name: string) => void) | undefined;
}

/** The chosen session: what is known of it, and its keys. */
export function SessionDetail({ inspector, chosen, onUseToken }: SessionDetailProps) {
  const isLive = useStore(inspector.store, (view) => view.link.state === 'live');
  const { session } = chosen;
  const name = visibleName(session.name, maxNameLength);
  const use = async () => {
    const token = await inspector.askToken(session.id);
    if (token !== undefined) onUseToken?.(token, session.name);
  };
  return (
    <section className="session-detail" aria-label="Session">
      <div className="session-title">
        <h3 title={name}>
          <bdi>{name}</bdi>
        </h3>
        {onUseToken && chosen.state === 'watched' && (
          <Button
            look="quiet"
            title="Makes this session’s token the {{tkn}} of the active tab"
            disabled={!isLive}
            onClick={() => void use()}
          >
            <CornerDownLeft size={14} aria-hidden /> Use in composer
          </Button>
        )}
        <IconButton
          label="Close session"
          icon={<X size={15} />}
          onClick={() => inspector.choose(undefined)}
        />
      </div>
      {chosen.state === 'gone' ? (
        <GoneSession inspector={inspector} chosen={chosen} />
      ) : (
        <WatchedSession inspector={inspector} chosen={chosen} isLive={isLive} />
      )}
    </section>
  );
}

interface GoneSessionProps {
  readonly inspector: Inspector;
  readonly chosen: Extract<Chosen, { state: 'gone' }>;
}

function GoneSession({ inspector, chosen: { session, goneAtMs } }: GoneSessionProps) {
  const { keyCount } = session;
  return (
    <div className="session-scroll">
      <p className="notice is-warn" role="status">
        This session ended or expired at {formatMoment(goneAtMs)}. It had{' '}
        {keyCount.toLocaleString('en')} {keyCount === 1 ? 'key' : 'keys'}; they are deleted.
      </p>
      <SessionFacts
        session={session}
        clock={inspector.clock}
        token={<code>{session.maskedToken}</code>}
        isGone
      />
    </div>
  );
}

interface WatchedSessionProps {
  readonly inspector: Inspector;
  readonly chosen: Extract<Chosen, { state: 'watched' }>;
  readonly isLive: boolean;
}

function WatchedSession({ inspector, chosen, isLive }: WatchedSessionProps) {
  const { session, token, hasKeys } = chosen;
  const line = <TokenLine inspector={inspector} session={session} token={token} isLive={isLive} />;
  return (
    <>
      <SessionFacts session={session} clock={inspector.clock} token={line} isGone={false} />
      <KeyTable key={session.id} inspector={inspector} hasKeys={hasKeys} isLive={isLive} />
      <p className="session-note">Looking does not renew expiry.</p>
    </>
  );
}
