import { Button } from '../ui/Button.tsx';
import type { Inspector } from './inspector.ts';
import { texts } from './texts.ts';
import { useSecondsLeft } from './useSecondsLeft.ts';

interface RetryNoticeProps {
  readonly inspector: Inspector;
  readonly cause: string;
  readonly retryAtMs: number;
}

/** Why the list does not follow the server, and when it is tried again. */
export function RetryNotice({ inspector, cause, retryAtMs }: RetryNoticeProps) {
  const leftSec = useSecondsLeft(retryAtMs, inspector.nowMs);
  return (
    <div className="notice is-warn">
      <span role="status">{cause}</span>
      {/* Outside the status: nobody wants every second read aloud. */}
      <span className="retry-left">
        {leftSec > 0 ? texts.nextTryIn(leftSec) : texts.tryingAgain}
      </span>
      <Button onClick={() => inspector.retry()}>{texts.retryNow}</Button>
    </div>
  );
}
