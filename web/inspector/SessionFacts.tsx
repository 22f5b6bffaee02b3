import { CountdownText } from './CountdownText.tsx';
import type { Expiry } from './countdown.ts';
import type { Inspector } from './inspector.ts';
import type { WatchedSession } from './inspectorView.ts';
import { messages as say } from './messages.ts';

interface SessionFactsProps {
  readonly inspector: Inspector;
  readonly watched: WatchedSession;
}

/** What is known of the chosen session; of one that is gone, what was last known. */
export function SessionFacts({ inspector, watched }: SessionFactsProps) {
  const { summary, token, isGone } = watched;
  const { expiry } = summary;
  return (
    <dl>
      <dt>{say.token}</dt>
      <dd className="mono session-token" translate="no">
        {token ?? summary.maskedToken}
      </dd>
      <dt>{say.shared}</dt>
      <dd>{summary.shared ? say.yes : say.no}</dd>
      <dt>{say.created}</dt>
      <dd>
        <Moment atMs={summary.createdAtMs} />
      </dd>
      <dt>{isGone ? say.expiry : say.expires}</dt>
      <dd>
        {isGone && expiry ? (
          <Moment atMs={expiry.deadlineMs} />
        ) : (
          <CountdownText inspector={inspector} expiry={expiry} />
        )}
        <span className="session-note">
          {termsOf(expiry, isGone)} {say.lookingRenewsNot}
        </span>
      </dd>
    </dl>
  );
}

/** Goes on after what is left, or after when it was over. */
function termsOf(expiry: Expiry, isGone: boolean): string {
  if (!expiry) return '.';
  const { durationSec, deleteSession } = expiry;
  if (isGone) return say.afterSeconds(durationSec);
  return deleteSession ? say.thenEnds(durationSec) : say.thenCleared(durationSec);
}

/** The largest time that a Date can hold. */
const maxDateMs = 8.64e15;

function Moment({ atMs }: { readonly atMs: number }) {
  if (atMs > maxDateMs) return <>{say.beyondCalendar}</>;
  const moment = new Date(atMs);
  return (
    <time dateTime={moment.toISOString()} translate="no">
      {moment.toLocaleString('en-GB')}
    </time>
  );
}
