import type { HistoryChunk } from './historyChunk.ts';

/** Memory of a {@link SessionHistory}. */
export const historyBytes = 96;

/** Which changes of a session are remembered, and where the newest is. */
export class SessionHistory {
  /** Number of the chunk with the newest change, and where it is there; 0: there is none. */
  lastChunk = 0;
  lastAt = 0;
  length = 0;
  dropped = 0;
  /** Index of the last change whose keys are not kept; less than 0: there is none. */
  brokenAt = -1;
  /** All changes after it are remembered; milliseconds since the store was opened. */
  sinceMs = 0;
  /** Bytes that those take, about. */
  bytes = 0;
  /** Of a session with many changes: where only its own are. */
  own: HistoryChunk<SessionHistory>[] | undefined = undefined;
  /** Its session has ended and had this id. */
  endedId: string | undefined = undefined;
}
