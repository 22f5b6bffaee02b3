import type { InProcessServer } from '../../server/inProcess.ts';
import { refusal, type Faults, type PlantedFault } from './faults.ts';
import type { Recordings } from './received.ts';
import type { TestClock } from './testClock.ts';

type Dispatch = InProcessServer['dispatch'];

interface Disturbances {
  readonly clock: TestClock;
  readonly recordings: Recordings;
  readonly faults: Faults;
  /** Drops a connection without a closing frame. */
  readonly lose: (connection: number) => void;
}

/** What stands between clients and commands: it keeps what comes, and lets go wrong what is to go wrong. */
export function disturbed(dispatch: Dispatch, parts: Disturbances): Dispatch {
  const { clock, recordings, faults, lose } = parts;
  const spoiled = async (planted: PlantedFault, asked: Parameters<Dispatch>) => {
    const { command, fault } = planted;
    const { delayMs, status, drop } = fault;
    const [, connection] = asked;
    const isCarriedOut = status === undefined && drop !== 'request';
    const reply = isCarriedOut ? await dispatch(...asked) : refusal(command, status ?? 'Unknown');
    if (delayMs !== undefined) {
      await new Promise<void>((resolve) => {
        clock.setTimer(resolve, delayMs);
      });
    }
    if (drop === undefined) return reply;
    lose(connection);
    return null;
  };
  return (...asked) => {
    const [text, connection] = asked;
    const recorded = recordings.begin(text, connection);
    const planted = faults.take(recorded.command, connection);
    const noted = (reply: string | null) => (recorded.reply = reply);
    const outcome = planted ? spoiled(planted, asked) : dispatch(...asked);
    return outcome instanceof Promise ? outcome.then(noted) : noted(outcome);
  };
}
