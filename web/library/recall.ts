import type { Draft, DraftView } from '../composer/draft.ts';
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
  const { text, recall } = view;
  const isShown = recall.state === 'shown';
  const texts = isShown ? recall.texts : othersThan(text, sent);
  const at = isShown ? recall.at + 1 : 0;
  const older = texts[at];
  if (older === undefined) return isShown;
  const own = isShown ? recall.own : text;
  // At the end of the first line: the same key goes on to the next older one.
  const firstEnd = older.indexOf('\n');
  draft.recall(older, { state: 'shown', texts, at, own }, firstEnd < 0 ? older.length : firstEnd);
  return true;
}

function recallNewer(draft: Draft, { recall }: DraftView): boolean {
  if (recall.state !== 'shown') return false;
  const { texts, at, own } = recall;
  const newer = texts[at - 1];
  if (newer === undefined) draft.recall(own, { state: 'back' }, own.length);
  else draft.recall(newer, { ...recall, at: at - 1 }, newer.length);
  return true;
}

/** The draft itself is left out, as it stays in the editor when it is sent: the key would seem dead. */
function othersThan(text: string, sent: readonly SentMessage[]): readonly string[] {
  const own = plainLineEnds(text);
  return sent.map((each) => plainLineEnds(each.text)).filter((each) => each !== own);
}
