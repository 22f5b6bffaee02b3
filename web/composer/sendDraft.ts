import type { Connection } from '../connection/page/connection.ts';
import { checkAgain, checkDraft } from './checkMessage.ts';
import type { Draft } from './draft.ts';

/** What a draft is sent through, and within which limit. */
export interface Route {
  readonly connection: Connection;
  /** UTF-8 bytes that the server accepts in one message. */
  readonly maxPayloadBytes: number;
}

/**
 * Sends what is written, with its variables filled in, or marks it as held back. The text stays.
 * Several messages go out one after another; while they do, nothing else is sent from here.
 */
export function sendDraft(draft: Draft, route: Route): void {
  if (draft.sequence.isRunning()) return;
  draft.sequence.dismiss();
  const { connection, maxPayloadBytes } = route;
  const { text, isLiteral } = draft.store.getState();
  const limitsNow = () => {
    const view = connection.store.getState();
    return { variables: view.variables, maxPayloadBytes, isLiteral, route: view };
  };
  const checked = checkDraft(text, limitsNow());
  draft.refuse(checked.ok ? undefined : text);
  if (!checked.ok) return;
  const [first, ...others] = checked.value;
  if (first && others.length === 0) {
    draft.sent(text, connection.send(first.message));
    return;
  }
  draft.sent(text, undefined);
  draft.sequence.start(checked.value, {
    connection,
    prepare: (each) => checkAgain(each, limitsNow()),
  });
}
