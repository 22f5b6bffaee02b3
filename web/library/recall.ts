import type { Draft, DraftView } from '../composer/draft.ts';
import type { WrittenMessage } from '../connection/page/exchange.ts';
import { plainLineEnds } from '../ui/plainLineEnds.ts';
import type { SentMessage } from './history.ts';

/** Which way to step through what was sent. */
export type RecallDirection = 'older' | 'newer';

/**
 * Steps through the history in the place of a draft, as a shell does: without wrapping around, and
 * behind the newest message the draft comes back.
 * @param sent Newest first.
 * @returns False when there is nothing to step through: nothing else was sent, or towards newer ones
 *   while none is shown. Beyond the oldest nothing happens, and that is true.
 */
export function recallMessage(
  draft: Draft,
  sent: readonly SentMessage[],
  direction: RecallDirection,
): boolean {
  const view = draft.store.getState();
  return direction === 'older' ? recallOlder(draft, view, sent) : recallNewer(draft, view);
}

function recallOlder(draft: Draft, view: DraftView, sent: readonly SentMessage[]): boolean {
  const { text, isLiteral, recall } = view;
  const isShown = recall.state === 'shown';
  const messages = isShown ? recall.messages : othersThan(text, sent);
  const at = isShown ? recall.at + 1 : 0;
  const older = messages[at];
  if (older === undefined) return isShown;
  const own = isShown ? recall.own : { text, isLiteral };
  // At the end of the first line: the same key continues to the next older one.
  const firstEnd = older.text.indexOf('\n');
  const cursor = firstEnd < 0 ? older.text.length : firstEnd;
  draft.recall(older, { state: 'shown', messages, at, own }, cursor);
  return true;
}

function recallNewer(draft: Draft, { recall }: DraftView): boolean {
  if (recall.state !== 'shown') return false;
  const { messages, at, own } = recall;
  const newer = messages[at - 1];
  if (newer === undefined) draft.recall(own, { state: 'back' }, own.text.length);
  else draft.recall(newer, { ...recall, at: at - 1 }, newer.text.length);
  return true;
}

/** The draft itself is left out, as it stays in the editor when it is sent: the key would seem dead. */
function othersThan(text: string, sent: readonly SentMessage[]): readonly WrittenMessage[] {
  const own = plainLineEnds(text);
  return sent
    .map(({ text: each, isLiteral = false }) => ({ text: plainLineEnds(each), isLiteral }))
    .filter((each) => each.text !== own);
}
