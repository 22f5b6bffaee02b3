import type { Connection } from '../connection/connection.ts';
import { checkMessage } from './checkMessage.ts';
import type { Draft } from './draft.ts';

/** What a draft is sent through, and within which limit. */
export interface Route {
  readonly connection: Connection;
  /** UTF-8 bytes that the server accepts in one message. */
  readonly maxPayloadBytes: number;
}

/** Sends what is written, with its variables filled in, or marks it as held back. The text stays. */
export function sendDraft(draft: Draft, { connection, maxPayloadBytes }: Route): void {
  const { text } = draft.store.getState();
  const { variables } = connection.store.getState();
  const checked = checkMessage(text, { variables, maxPayloadBytes });
  draft.refuse(checked.ok ? undefined : text);
  if (checked.ok) connection.send(checked.value);
}
