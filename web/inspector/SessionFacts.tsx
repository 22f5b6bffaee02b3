import { CountdownText } from './CountdownText.tsx';
import type { Expiry } from './countdown.ts';
import type { Inspector } from './inspector.ts';
import type { WatchedSession } from './inspectorView.ts';

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
      <dt>Token</dt>
      <dd className="mono session-token">{token ?? summary.maskedToken}</dd>
      <dt>Shared</dt>
      <dd>{summary.shared ? 'yes' : 'no'}</dd>
      <dt>Created</dt>
      <dd>
        <Moment atMs={summary.createdAtMs} />
      </dd>
      <dt>{isGone ? 'Expiry' : 'Expires'}</dt>
      <dd>
        {isGone && expiry ? (
          <Moment atMs={expiry.deadlineMs} />
        ) : (
          <CountdownText inspector={inspector} expiry={expiry} />
        )}
        <span className="session-note">
          {termsOf(expiry, isGone)} Looking does not renew expiry.
        </span>
      </dd>
    </dl>
  );
}

/** Goes on after what is left, or after when it was over. */
function termsOf(expiry: Expiry, isGone: boolean): string {
  if (!expiry) return '.';
  const seconds = `${expiry.durationSec.toLocaleString('en')} s`;
  if (isGone) return `, after ${seconds}.`;
  return ` of ${seconds}, then ${expiry.deleteSession ? 'the session ends' : 'its keys are deleted'}.`;
}

/** The largest time that a Date can hold. */
const maxDateMs = 8.64e15;

function Moment({ atMs }: { readonly atMs: number }) {
  if (atMs > maxDateMs) return <>beyond the calendar</>;
  const moment = new Date(atMs);
  return <time dateTime={moment.toISOString()}>{moment.toLocaleString('en-GB')}</time>;
}
