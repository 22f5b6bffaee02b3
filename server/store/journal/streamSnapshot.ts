import type { Clock } from '../../../protocol/clock.ts';
import type { SessionRecord } from '../changes.ts';
import type { Files } from './files.ts';
import { writeSnapshot } from './writeSnapshot.ts';

export interface StreamOptions {
  readonly clock: Clock;
  /** Gives it up. */
  readonly signal: AbortSignal;
  /** Takes the next bytes. They are valid until it settles. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
}

/** Writes all sessions as a backup, from its first byte to its last, without a copy of them. */
export async function streamSnapshot(
  { clock, signal, write }: StreamOptions,
  sessions: AsyncIterable<SessionRecord>,
): Promise<void> {
  await writeSnapshot({ files: sinkOf(write), clock, signal }, { number: 1, lsn: 0 }, sessions);
}

/** One file, whatever it is called, that is only ever added to. */
function sinkOf(write: StreamOptions['write']): Files {
  const nothing = () => Promise.resolve();
  const file = {
    write: async (bytes: Uint8Array) => {
      await write(bytes);
      return bytes.length;
    },
    read: () => Promise.resolve(0),
    size: () => Promise.resolve(0),
    sync: nothing,
    truncate: nothing,
    close: nothing,
  };
  return {
    list: () => Promise.resolve([]),
    open: () => Promise.resolve(file),
    rename: nothing,
    remove: nothing,
    syncNames: nothing,
  };
}
