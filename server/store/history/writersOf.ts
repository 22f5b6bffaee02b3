import type { RememberedChange, Timeline, Writer } from '../timeline.ts';

/** Who wrote these keys last, which are there; without those of which it is not remembered. */
export function writersOf(
  { newestFirst }: Timeline,
  keys: Iterable<string>,
): ReadonlyMap<string, Writer> {
  const writers = new Map<string, Writer>();
  const asked = new Set(keys);
  for (const change of newestFirst()) {
    if (asked.size === 0) break;
    const { cause, atMs } = change;
    for (const key of writtenBy(change, asked)) {
      writers.set(key, { cause, atMs });
      asked.delete(key);
    }
  }
  return writers;
}

/** Of the keys that are there and that no later change wrote. */
function writtenBy(change: RememberedChange, asked: ReadonlySet<string>): string[] {
  const hasWrittenAll = change.kind === 'created' || change.kind === 'replaced';
  if (hasWrittenAll) return [...asked];
  const written: string[] = [];
  for (const { key } of change.keys()) if (asked.has(key)) written.push(key);
  return written;
}
