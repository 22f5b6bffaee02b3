import { late } from '../ui/late.tsx';
import { messages as texts } from '../ui/uiMessages.ts';
import type { Console } from './createConsole.ts';
import { maxPayloadBytes } from './serverLimit.ts';
import type { Tab } from './tab.ts';

const loadSend = late(() => import('../composer/sendDraft.ts'));

/** Sends what is written in a tab. The composer has the code as well: it is here once that is. */
export async function sendFrom({ draft, connection }: Tab, parts: Console): Promise<void> {
  const inspector = parts.inspectionSide()?.servers.reachedBy(connection);
  const limit = maxPayloadBytes(inspector?.store.getState());
  try {
    const { sendDraft } = await loadSend();
    sendDraft(draft, { connection, maxPayloadBytes: limit });
  } catch {
    parts.shell.tell(texts.notLoaded);
  }
}
