import { sendDraft } from '../composer/sendDraft.ts';
import { maxPayloadBytes } from '../inspector/maxPayloadBytes.ts';
import type { AppParts } from './createParts.ts';
import type { Tab } from '../tabs/tab.ts';

/** Sends what is written in a tab. */
export function sendFrom({ draft, connection }: Tab, parts: AppParts): void {
  const inspector = parts.inspector()?.servers.reachedBy(connection);
  const limit = maxPayloadBytes(inspector?.store.getState());
  sendDraft(draft, { connection, maxPayloadBytes: limit });
}
