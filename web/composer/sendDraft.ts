import type { Connection } from '../connection/page/connection.ts';
import { sendOrWait } from '../connection/page/sendOrWait.ts';
import { checkDraft, checkMessage } from './checkMessage.ts';
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
  const limits = limitsNow();
  const messages = checkDraft(text, limits);
  draft.refuse(messages.ok ? undefined : text);
  if (!messages.ok) return;
  draft.sent(text);
  if (messages.value.length > 1) {
    draft.sequence.start(messages.value, {
      connection,
      prepare: (message) => checkMessage(message, limitsNow()),
      send: (filled, message) => {
        sendOrWait(connection, filled, { text: message, isLiteral });
      },
    });
    return;
  }
  const message = checkMessage(text, limits);
  if (message.ok) sendOrWait(connection, message.value, { text, isLiteral });
}
