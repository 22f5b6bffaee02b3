/** When a save was made; its directory has the name of it. */
export interface SaveStamp {
  /** Unix time in whole milliseconds. */
  readonly ms: number;
  /** Distinguishes saves of one millisecond, counting up. */
  readonly sequence: number;
}

const stampName = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d\.\d{3}Z)(?:-(\d{1,9}))?$/;
const maxSequence = 999_999_999;

/** As `2026-11-25T03-39-18.007Z`, and `…Z-1` for the next one of that millisecond. */
export function nameOfStamp({ ms, sequence }: SaveStamp): string {
  // No colons: Windows does not take them.
  const time = new Date(ms).toISOString().replaceAll(':', '-');
  return sequence === 0 ? time : `${time}-${sequence}`;
}

/** @returns undefined for a name that {@link nameOfStamp} does not give. */
export function readStamp(name: string): SaveStamp | undefined {
  const [, hour, minute, second, sequence = '0'] = stampName.exec(name) ?? [];
  const ms = Date.parse(`${hour}:${minute}:${second}`);
  if (Number.isNaN(ms)) return undefined;
  const stamp = { ms, sequence: Number(sequence) };
  return nameOfStamp(stamp) === name ? stamp : undefined;
}

/** Negative when the first is older. */
export function compareStamps(first: SaveStamp, second: SaveStamp): number {
  return first.ms - second.ms || first.sequence - second.sequence;
}

/**
 * The stamp of a save made now. Later than the newest there is, even where the system's clock has
 * been set back: the last save made is the newest. Throws when there can be no later one.
 */
export function stampAfter(newest: SaveStamp | undefined, nowMs: number): SaveStamp {
  const now = { ms: Math.floor(nowMs), sequence: 0 };
  if (newest === undefined || compareStamps(newest, now) < 0) return now;
  if (newest.sequence === maxSequence) throw new Error('There are too many saves of this time');
  return { ms: newest.ms, sequence: newest.sequence + 1 };
}
