import { readMessage } from '../../../protocol/wire/namedMessage.ts';
import { canAnswer } from '../../../protocol/wire/pairing.ts';
import type { WireMessage } from '../socketPort.ts';

/** A sent message whose reply has not come. */
interface Pending extends WireMessage {
  readonly sentAtMs: number;
}

/** The request that a reply answers, and the quiet ones before it that are known to be done. */
export interface Pairing {
  readonly request: { readonly id: number; readonly sentAtMs: number } | undefined;
  readonly silentIds: readonly number[];
}

/** A message that came in. */
interface Received {
  /** Reply name; empty when the text is no message of the protocol. */
  readonly name: string;
  readonly text: string;
}

/** Most requests remembered; beyond it the oldest quiet or unanswered ones are dropped. */
const maxPending = 50_000;
const unpaired: Pairing = { request: undefined, silentIds: [] };

/**
 * Finds the request of each reply. The server answers in order and names the command in the reply,
 * so the first waiting request must match; only quiet requests may be skipped, and being skipped
 * means that they succeeded.
 */
export function createPendingReplies() {
  let pending: Pending[] = [];

  return {
    sent({ id, text, replyName, isQuiet }: WireMessage, sentAtMs: number): void {
      // The text of one that is sure to be answered is not needed to find its reply.
      pending.push({ id, text: isQuiet ? text : '', replyName, isQuiet, sentAtMs });
      if (pending.length > maxPending) pending = pending.slice(-maxPending / 2);
    },

    received(reply: Received): Pairing {
      if (pending.length === 0 || reply.name === '') return unpaired;
      const index = indexOfRequest(pending, reply);
      const request = pending[index];
      if (!request) return unpaired;
      const settled = pending.splice(0, index + 1);
      return { request, silentIds: settled.slice(0, -1).map((each) => each.id) };
    },
  };
}

/** @returns Length of the list when no waiting request can be meant. */
function indexOfRequest(pending: readonly Pending[], reply: Received): number {
  for (const [index, request] of pending.entries()) {
    if (answers(request, reply)) return index;
    if (!request.isQuiet) break;
  }
  return pending.length;
}

function answers(request: Pending, reply: Received): boolean {
  if (request.replyName !== reply.name) return false;
  if (!request.isQuiet) return true;
  const message = readMessage(reply.text);
  return message !== undefined && canAnswer(request.text, message);
}
