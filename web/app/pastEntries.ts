import {
  listOf,
  object,
  oneOf,
  optional,
  string,
  unsigned,
  type Decoded,
} from '../../protocol/codec.ts';
import { statuses, type StatusName } from '../../protocol/status.ts';
import type { Entry, Outcome } from '../connection/exchange.ts';

const statusNames = Object.keys(statuses) as StatusName[];

/** A row of the log as it is kept. Ids are counted from the first row that is kept. */
const pastEntry = object({
  kind: oneOf('sent', 'received', 'connection'),
  atMs: unsigned,
  text: string,
  name: optional(string),
  bytes: optional(unsigned),
  tone: optional(oneOf('good', 'neutral', 'bad')),
  statuses: optional(listOf(oneOf(...statusNames))),
  /** Of a received row: the request it answers. Of a sent one: its reply. */
  partner: optional(unsigned),
  latencyUs: optional(unsigned),
  /** Of a sent one without a reply. */
  end: optional(oneOf('silent', 'lost')),
});

export const pastEntries = listOf(pastEntry);

export type PastEntry = Decoded<typeof pastEntry>;

/** Most rows kept of a log. */
const maxPastEntries = 200;
/** Most characters kept of a log. */
const maxPastCharacters = 100_000;

/** The newest rows of a log that fit, oldest first. */
export function toPast(entries: readonly Entry[]): PastEntry[] {
  let characters = 0;
  let from = entries.length;
  while (from > 0 && entries.length - from < maxPastEntries) {
    characters += entries[from - 1]?.text.length ?? 0;
    if (characters > maxPastCharacters) break;
    from -= 1;
  }
  const kept = entries.slice(from);
  const firstId = kept[0]?.id ?? 0;
  return kept.map((entry) => pastOf(entry, firstId));
}

function pastOf(entry: Entry, firstId: number): PastEntry {
  const atMs = Math.max(0, Math.round(entry.atMs));
  const { text } = entry;
  switch (entry.kind) {
    case 'connection':
      return { kind: entry.kind, atMs, text, tone: entry.tone };
    case 'sent': {
      const { name, bytes, outcome } = entry;
      const rest = { kind: entry.kind, atMs, text, name, bytes };
      if (outcome.state !== 'answered') {
        return { ...rest, end: outcome.state === 'silent' ? 'silent' : 'lost' };
      }
      return { ...rest, ...pair(outcome.replyId - firstId, outcome.latencyMs) };
    }
    case 'received': {
      const { name, bytes, requestId, latencyMs = 0 } = entry;
      const rest = { kind: entry.kind, atMs, text, name, bytes, statuses: [...entry.statuses] };
      return requestId === undefined ? rest : { ...rest, ...pair(requestId - firstId, latencyMs) };
    }
  }
}

/** The other row may be one of those that are not kept. */
function pair(partner: number, latencyMs: number): Pick<PastEntry, 'partner' | 'latencyUs'> {
  const latencyUs = Math.max(0, Math.round(latencyMs * 1000));
  return partner < 0 ? { latencyUs } : { partner, latencyUs };
}

/** The rows again. Their ids come before any of a new connection's, the last one is -1. */
export function fromPast(past: readonly PastEntry[]): Entry[] {
  const firstId = -past.length;
  return past.map((each, at) => {
    const { kind, atMs, text, name = '', bytes = 0 } = each;
    const base = { id: firstId + at, atMs, text };
    switch (kind) {
      case 'connection':
        return { kind, ...base, tone: each.tone ?? 'neutral' };
      case 'sent': {
        const outcome = outcomeOf(each, firstId);
        return { kind, ...base, name, bytes, isQuiet: each.end === 'silent', outcome };
      }
      case 'received':
        return { kind, ...base, name, bytes, ...answerOf(each, firstId), learned: [] };
    }
  });
}

function outcomeOf({ end, partner, latencyUs = 0 }: PastEntry, firstId: number): Outcome {
  if (end !== undefined || partner === undefined) return { state: end ?? 'lost' };
  return { state: 'answered', replyId: firstId + partner, latencyMs: latencyUs / 1000 };
}

function answerOf({ statuses: names, partner, latencyUs }: PastEntry, firstId: number) {
  return {
    statuses: names ?? [],
    requestId: partner === undefined ? undefined : firstId + partner,
    latencyMs: latencyUs === undefined ? undefined : latencyUs / 1000,
  };
}
