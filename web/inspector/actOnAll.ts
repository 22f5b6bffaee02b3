import type { SessionSummary } from '../../protocol/inspection/sessionLists.ts';

/** Commands that wait for their answers at a time. */
const maxInFlight = 16;

/** A session for which it did not work, and why. */
export interface Failure {
  readonly session: SessionSummary;
  readonly why: string;
}

/** How far an action on several sessions is. */
export interface Progress {
  readonly done: readonly string[];
  readonly failures: readonly Failure[];
}

interface ActingOn {
  readonly sessions: readonly SessionSummary[];
  /** @returns Why it did not work; undefined: it did. */
  readonly act: (session: SessionSummary) => Promise<string | undefined>;
  readonly onProgress: (progress: Progress) => void;
  /** Whether it is to be left at that. */
  readonly isStopped: () => boolean;
}

/** Does the same with several sessions, some at a time. What fails does not hold up the others. */
export async function actOnAll({
  sessions,
  act,
  onProgress,
  isStopped,
}: ActingOn): Promise<Progress> {
  const done: string[] = [];
  const failures: Failure[] = [];
  const waiting = sessions.values();
  const worker = async () => {
    for (const session of waiting) {
      if (isStopped()) return;
      const why = await act(session);
      if (why === undefined) done.push(session.id);
      else failures.push({ session, why });
      onProgress({ done, failures });
    }
  };
  await Promise.all(Array.from({ length: maxInFlight }, worker));
  return { done, failures };
}
