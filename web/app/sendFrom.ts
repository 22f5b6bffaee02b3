import { late } from '../ui/late.tsx';
import { uiTexts } from '../ui/uiTexts.ts';
import { maxPayloadBytes } from '../inspector/inspectorView.ts';
import type { AppParts } from './createParts.ts';
import type { Tab } from '../tabs/tab.ts';

const loadSend = late(() => import('../composer/sendDraft.ts'));

/** Sends what is written in a tab. The composer has the code as well: it is here once that is. */
export async function sendFrom({ draft, connection }: Tab, parts: AppParts): Promise<void> {
  const inspector = parts.inspector()?.servers.reachedBy(connection);
  const limit = maxPayloadBytes(inspector?.store.getState());
  try {
    const { sendDraft } = await loadSend();
    sendDraft(draft, { connection, maxPayloadBytes: limit });
  } catch {
    parts.shell.notify(uiTexts.notLoaded);
  }
}
