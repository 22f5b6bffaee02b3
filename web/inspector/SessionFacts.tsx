import { formatMoment } from '../ui/format.ts';
import { CountdownText } from './CountdownText.tsx';
import type { Expiry } from './countdown.ts';
import type { Inspector } from './inspector.ts';
import type { WatchedSession } from './inspectorView.ts';
import { texts } from './texts.ts';

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
      <div>
        <dt>{texts.token}</dt>
        <dd className="mono session-token" translate="no">
          {token ?? summary.maskedToken}
        </dd>
      </div>
      <div>
        <dt>{texts.created}</dt>
        <dd>
          <Moment atMs={summary.createdAtMs} />
        </dd>
      </div>
      <div>
        <dt>{isGone ? texts.expiry : texts.expires}</dt>
        <dd>
          {isGone && expiry ? (
            <Moment atMs={expiry.deadlineMs} />
          ) : (
            <CountdownText inspector={inspector} expiry={expiry} />
          )}
          {expiry && (
            <span className="session-note">
              {termsOf(expiry, isGone)}
              {!isGone && ` ${texts.viewingExtendsNothing}`}
            </span>
          )}
        </dd>
      </div>
    </dl>
  );
}

/** The end of the sentence: after what is left, or after when it was over. */
function termsOf({ durationSec, deleteSession }: NonNullable<Expiry>, isGone: boolean): string {
  if (isGone) return texts.afterSeconds(durationSec);
  return deleteSession ? texts.thenEnds(durationSec) : texts.thenCleared(durationSec);
}

/** The largest time that a Date can hold. */
const maxDateMs = 8.64e15;

function Moment({ atMs }: { readonly atMs: number }) {
  if (atMs > maxDateMs) return <>{texts.tooFarAhead}</>;
  return (
    <time dateTime={new Date(atMs).toISOString()} translate="no">
      {formatMoment(atMs)}
    </time>
  );
}
