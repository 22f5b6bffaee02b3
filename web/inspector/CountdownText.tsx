import { countdownOf, type Expiry } from './countdown.ts';
import type { Inspector } from './inspector.ts';
import { texts } from './texts.ts';
import { useSecondsLeft } from './useSecondsLeft.ts';
import { formatMoment } from '../ui/format.ts';

interface CountdownTextProps {
  readonly inspector: Inspector;
  readonly expiry: Expiry;
}

/** What is left of a session's life, ticking: the only thing that renders with every tick. */
export function CountdownText({ inspector, expiry }: CountdownTextProps) {
  const leftSec = useSecondsLeft(expiry?.deadlineMs, inspector.serverNowMs);
  const { text, tone } = countdownOf(expiry, leftSec);
  return (
    <span className={`countdown is-${tone}`} title={momentOf(expiry)}>
      {text}
    </span>
  );
}

/** When it is over, and what happens then. */
function momentOf(expiry: Expiry): string | undefined {
  // So far ahead there is no date.
  if (!expiry || expiry.deadlineMs >= Number.MAX_SAFE_INTEGER) return undefined;
  const moment = formatMoment(expiry.deadlineMs);
  return expiry.deleteSession ? texts.endsAt(moment) : texts.clearedAt(moment);
}
