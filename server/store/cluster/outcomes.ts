import type { Refusal } from '../../../protocol/wire/reply.ts';
import { ok, type Refused, type Result } from '../../../protocol/result.ts';
import { limitReached, unavailable } from '../refusals.ts';
import type { Reply } from './replies.ts';

/** What came of sending a call once. */
export type Attempt = Result<Reply, Refusal> | Again;

/** The call was not carried out, and may be sent again. */
export interface Again {
  readonly ok: undefined;
  /** The node does not know the library. */
  readonly isForgotten: boolean;
}

/** Errors of a node that has not carried out a call and may soon. */
const passing = /\b(?:MOVED|ASK|TRYAGAIN|CLUSTERDOWN|LOADING|READONLY|MASTERDOWN|BUSY)\b/;

/** The client has no connection, and has not sent it. */
const notSent = /isn't writeable|isn't ready/;

/** What is to be done about a call of which nobody can say whether it was carried out. */
interface Unknown {
  /** It only reads: it may be sent again. */
  readonly isHarmless: boolean;
  readonly note: (error: Error) => void;
}

export function attemptOf(sent: Promise<unknown>, unknown: Unknown): Promise<Attempt> {
  return sent.then(
    (reply) => ok(reply as Reply), // The client gives buffers, numbers, null and lists of them.
    (error: unknown) => {
      const { message } = error instanceof Error ? error : new Error(String(error));
      const refusal = refusalOf(message);
      if (refusal) return refusal;
      const isForgotten = message.includes('Function not found');
      if (isForgotten || passing.test(message) || notSent.test(message)) {
        return { ok: undefined, isForgotten };
      }
      if (unknown.isHarmless) return { ok: undefined, isForgotten: false };
      unknown.note(new Error(message, { cause: error }));
      return unavailable();
    },
  );
}

function refusalOf(message: string): Refused<Refusal> | undefined {
  const limit = /^LIMIT (\S+)/.exec(message)?.[1];
  if (limit !== undefined) return limitReached(limit);
  return message.startsWith('OOM ') ? limitReached('max-memory') : undefined;
}
