import { useSyncExternalStore } from 'react';
import type { SessionSummary } from '../../protocol/inspection.ts';
import { lifeLeft, lifeWord } from './lifeLeft.ts';
import type { ServerClock } from './serverClock.ts';

interface CountdownProps {
  readonly clock: ServerClock;
  readonly expiry: SessionSummary['expiry'];
}

/** Time left to a session. Renders again only when its own words change. */
export function Countdown({ clock, expiry }: CountdownProps) {
  // Without a deadline there is nothing to follow, and no ticker runs for it.
  return expiry === null ? (
    <span className="countdown is-endless">never</span>
  ) : (
    <TickingCountdown clock={clock} expiry={expiry} />
  );
}

function TickingCountdown({ clock, expiry }: CountdownProps) {
  // One text for both, so that it can be compared: the tone, then the words.
  const shown = useSyncExternalStore(clock.subscribe, () => {
    const life = lifeLeft(expiry, clock.nowMs());
    const isUrgent = life.state === 'expired' || (life.state === 'counting' && life.isNearEnd);
    return `${isUrgent ? 'is-near-end' : 'is-counting'}|${lifeWord(life)}`;
  });
  const [tone, words] = shown.split('|');
  return <span className={`countdown ${tone}`}>{words}</span>;
}
