import type { Connection } from '../connection/page/connection.ts';
import { composeSpot, type Shell } from '../layout/shellStore.ts';
import { texts } from './texts.ts';

/**
 * Says what the next message of a connection was answered with, and offers the way there: on a
 * narrow page the log is another view. Only while no other message goes out.
 */
export function offerReply(connection: Connection, shell: Shell): void {
  let requestId: number | undefined;
  const stop = connection.subscribe((event) => {
    if (event.type !== 'entry') return;
    const { entry } = event;
    if (requestId === undefined) {
      if (entry.kind === 'sent') requestId = entry.id;
      return;
    }
    if (entry.kind === 'received' && entry.requestId !== requestId) return;
    stop();
    if (entry.kind !== 'received') return;
    const summary = [entry.name, ...entry.statuses].join(' · ');
    shell.offerPanel(summary, texts.viewReply, composeSpot);
  });
}
