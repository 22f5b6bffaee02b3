import {
  listOf,
  object,
  oneOf,
  optional,
  string,
  unsigned,
  type Decoded,
} from '../../protocol/codec/codec.ts';
import { statusCodes, type StatusName } from '../../protocol/status.ts';
import { fromPastEvent, pastEvent } from './pastEvents.ts';
import type { Entry, Outcome } from '../connection/page/exchange.ts';

const statusNames = Object.keys(statusCodes) as StatusName[];

/** A row of the log as it is kept. Ids are counted from the first row that is kept. */
const pastEntry = object({
  kind: oneOf('sent', 'received', 'connection'),
  atMs: unsigned,
  text: string,
  name: optional(string),
  bytes: optional(unsigned),
  /** Of a row about the connection. */
  event: optional(pastEvent),
  statuses: optional(listOf(oneOf(...statusNames))),
  /** Of a received row: the request it answers. Of a sent one: its reply. */
  partner: optional(unsigned),
  latencyUs: optional(unsigned),
  /** Of a sent one without a reply. */
  end: optional(oneOf('silent', 'lost')),
});

export const pastEntries = listOf(pastEntry);

export type PastEntry = Decoded<typeof pastEntry>;

/** The rows again. Their ids come before any of a new connection's, the last one is -1. */
export function fromPast(past: readonly PastEntry[]): Entry[] {
  const firstId = -past.length;
  return past.flatMap((each, at): Entry[] => {
    const { kind, atMs, text, name = '', bytes = 0 } = each;
    const base = { id: firstId + at, atMs };
    switch (kind) {
      case 'connection':
        // An earlier version kept these as sentences.
        return each.event ? [{ kind, ...base, event: fromPastEvent(each.event) }] : [];
      case 'sent': {
        const outcome = outcomeOf(each, firstId);
        return [{ kind, ...base, text, name, bytes, isQuiet: each.end === 'silent', outcome }];
      }
      case 'received':
        return [{ kind, ...base, text, name, bytes, ...answerOf(each, firstId), learned: [] }];
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
