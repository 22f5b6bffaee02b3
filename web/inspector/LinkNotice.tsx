import { useSyncExternalStore } from 'react';
import { Button } from '../ui/Button.tsx';
import type { LinkState } from './inspectionLink.ts';
import type { Inspector } from './inspectorStore.ts';

interface LostLinkProps {
  readonly inspector: Inspector;
  readonly link: Extract<LinkState, { state: 'retrying' }>;
}

/** Says across the panel that what is shown is not live, why, and when that may change. */
export function LinkNotice({ inspector, link }: LostLinkProps) {
  return (
    <div className="notice is-warn" role="status">
      <span className="link-cause">
        <strong>Not live.</strong> {link.cause} <RetryCountdown inspector={inspector} link={link} />
      </span>
      <RetryButton inspector={inspector} />
    </div>
  );
}

/** The same where there is nothing else to show. */
export function NoLink({ inspector, link }: LostLinkProps) {
  return (
    <div className="empty">
      <p role="status">
        <strong>Not connected to the inspector.</strong> {link.cause}
      </p>
      <p>
        <RetryCountdown inspector={inspector} link={link} />
      </p>
      <RetryButton inspector={inspector} />
    </div>
  );
}

function RetryButton({ inspector }: { readonly inspector: Inspector }) {
  return <Button onClick={() => inspector.retryNow()}>Retry now</Button>;
}

/** Not read out: a number that changes every second would drown out the rest. */
function RetryCountdown({ inspector: { clock }, link: { retryAtMs } }: LostLinkProps) {
  const seconds = useSyncExternalStore(clock.subscribe, () =>
    Math.max(0, Math.ceil((clock.toServerMs(retryAtMs) - clock.nowMs()) / 1000)),
  );
  return (
    <span className="link-countdown" aria-hidden>
      Next try in {seconds} s.
    </span>
  );
}
