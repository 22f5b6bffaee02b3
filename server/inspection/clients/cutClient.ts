import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import { maxReasonLength, type InspectionRequest } from '../../../protocol/inspection/requests.ts';
import type { Log } from '../../log.ts';
import { closeReasons } from '../../sockets/closeReasons.ts';
import type { Connections } from '../../sockets/connections.ts';

interface CutParts {
  readonly peers: Pick<Connections, 'cut'>;
  readonly log: Log;
  /** Of the inspector. */
  readonly address: string | undefined;
}

/** Closes a connection to the data socket as an inspector asks for. @returns The answer. */
export function cutClient(
  { connection, reason }: Extract<InspectionRequest, { type: 'cut' }>,
  { peers, log, address }: CutParts,
): Extract<InspectionEvent, { type: 'cut' }> {
  const words = plain(reason).slice(0, maxReasonLength) || closeReasons.cut.text;
  const wasOpen = peers.cut(connection, words);
  if (wasOpen) log.info(`An inspector at ${address} closed connection ${connection}: ${words}`);
  return { type: 'cut', connection, wasOpen };
}

/** A text for a close frame and a log: without what is no printable ASCII, so a character is a byte. */
function plain(text: string): string {
  return text.replaceAll(/[^!-~]+/g, ' ').trim();
}
