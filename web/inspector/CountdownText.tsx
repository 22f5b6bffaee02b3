import { countdownOf, type Expiry } from './countdown.ts';
import type { Inspector } from './inspector.ts';
import { useSecondsLeft } from './useSecondsLeft.ts';

interface CountdownTextProps {
  readonly inspector: Inspector;
  readonly expiry: Expiry;
}

/** What is left of a session's life, ticking: the only thing that renders with every tick. */
export function CountdownText({ inspector, expiry }: CountdownTextProps) {
  const leftSec = useSecondsLeft(expiry?.deadlineMs, inspector.serverNowMs);
  const { text, tone, part } = countdownOf(expiry, leftSec);
  return (
    <span className={`countdown is-${tone}`}>
      {text}
      {part !== undefined && (
        <span className="countdown-bar" aria-hidden>
          <span style={{ width: `${Math.ceil(part * 100)}%` }} />
        </span>
      )}
    </span>
  );
}
