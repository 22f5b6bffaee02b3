import type { Entry } from '../connection/page/exchange.ts';
import { textOf } from '../connection/texts/describeEvent.ts';
import type { PastEntry } from './pastEntries.ts';
import { toPastEvent } from './pastEvents.ts';

/** Most rows kept of a log. */
const maxPastEntries = 200;
/** Most characters kept of a log. */
const maxPastCharacters = 100_000;

/** The newest rows of a log that fit, oldest first. */
export function toPast(entries: readonly Entry[]): PastEntry[] {
  let characters = 0;
  let from = entries.length;
  while (from > 0 && entries.length - from < maxPastEntries) {
    characters += lengthOf(entries[from - 1]);
    if (characters > maxPastCharacters) break;
    from -= 1;
  }
  const kept = entries.slice(from);
  const firstId = kept[0]?.id ?? 0;
  return kept.map((entry) => pastOf(entry, firstId));
}

function pastOf(entry: Entry, firstId: number): PastEntry {
  const atMs = Math.max(0, Math.round(entry.atMs));
  switch (entry.kind) {
    case 'connection':
      return { kind: entry.kind, atMs, text: '', event: toPastEvent(entry.event) };
    case 'sent': {
      const { name, bytes, outcome } = entry;
      const rest = { kind: entry.kind, atMs, text: textOf(entry), name, bytes };
      if (outcome.state !== 'answered') {
        return { ...rest, end: outcome.state === 'silent' ? 'silent' : 'lost' };
      }
      return { ...rest, ...pair(outcome.replyId - firstId, outcome.latencyMs) };
    }
    case 'received': {
      const { name, bytes, requestId, latencyMs = 0 } = entry;
      const statuses = [...entry.statuses];
      const rest = { kind: entry.kind, atMs, text: textOf(entry), name, bytes, statuses };
      return requestId === undefined ? rest : { ...rest, ...pair(requestId - firstId, latencyMs) };
    }
  }
}

function lengthOf(entry: Entry | undefined): number {
  return entry && entry.kind !== 'connection' ? entry.text.length : 0;
}

/** The other row may be one of those that are not kept. */
function pair(partner: number, latencyMs: number): Pick<PastEntry, 'partner' | 'latencyUs'> {
  const latencyUs = Math.max(0, Math.round(latencyMs * 1000));
  return partner < 0 ? { latencyUs } : { partner, latencyUs };
}
