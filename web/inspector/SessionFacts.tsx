import type { ReactNode } from 'react';
import type { SessionSummary } from '../../protocol/inspection.ts';
import { Countdown } from './Countdown.tsx';
import { formatDuration, formatMoment } from './lifeLeft.ts';
import type { ServerClock } from './serverClock.ts';

interface SessionFactsProps {
  readonly session: SessionSummary;
  readonly clock: ServerClock;
  /** The token's line, or what stands in its place. */
  readonly token: ReactNode;
  readonly isGone: boolean;
}

/** What is known of a session besides its keys. */
export function SessionFacts({ session, clock, token, isGone }: SessionFactsProps) {
  const { shared, createdAtMs, expiry } = session;
  return (
    <dl className="session-facts">
      <dt>Token</dt>
      <dd>{token}</dd>
      <dt>Created</dt>
      <dd>{formatMoment(createdAtMs)}</dd>
      <dt>Shared</dt>
      <dd>{shared ? 'yes: whoever knows the name can open it' : 'no'}</dd>
      <dt>Expiry</dt>
      <dd>
        {expiry === null && 'never'}
        {expiry !== null && !isGone && (
          <>
            <Countdown clock={clock} expiry={expiry} /> of {formatDuration(expiry.durationSec)},{' '}
            {expiry.deleteSession
              ? 'then the session ends'
              : 'then its keys are deleted and the time starts again'}
          </>
        )}
        {expiry !== null && isGone && `${formatDuration(expiry.durationSec)} were set`}
      </dd>
    </dl>
  );
}
