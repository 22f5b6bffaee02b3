import { formatAgo } from '../../ui/format.ts';
import { useNow } from '../../ui/useNow.ts';
import { CountdownText } from '../CountdownText.tsx';
import type { Expiry } from '../countdown.ts';
import type { Inspector } from '../inspector.ts';
import type { WatchedSession } from '../inspectorView.ts';
import { Moment } from '../Moment.tsx';
import { texts } from '../texts.ts';

interface SessionFactsProps {
  readonly inspector: Inspector;
  readonly watched: WatchedSession;
}

/** What is known of the chosen session; of one that is gone, what was last known. */
export function SessionFacts({ inspector, watched }: SessionFactsProps) {
  const { summary, token, isGone } = watched;
  const { expiry } = summary;
  useNow(30_000);
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
          <Moment atMs={summary.createdAtMs} />{' '}
          <span className="session-note" translate="no">
            {formatAgo(summary.createdAtMs, inspector.serverNowMs())}
          </span>
        </dd>
      </div>
      {(expiry || !isGone) && (
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
      )}
    </dl>
  );
}

/** The end of the sentence: after what is left, or after when it was over. */
function termsOf({ durationSec, deleteSession }: NonNullable<Expiry>, isGone: boolean): string {
  if (isGone) return texts.afterSeconds(durationSec);
  return deleteSession ? texts.thenEnds(durationSec) : texts.thenCleared(durationSec);
}
