import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import { maxReasonLength, type InspectionRequest } from '../../../protocol/inspection/requests.ts';
import type { Log } from '../../log.ts';
import { closeReasons } from '../../sockets/closeReasons.ts';
import type { Connections } from '../../sockets/connections.ts';

type CutRequest = Extract<InspectionRequest, { type: 'cut' }>;
type CutEvent = Extract<InspectionEvent, { type: 'cut' }>;

interface CutParts {
  readonly peers: Pick<Connections, 'cut'>;
  readonly log: Log;
  /** Of the inspector. */
  readonly address: string | undefined;
}

/** Closes a connection to the data socket as an inspector asks for. @returns The answer. */
export function cutClient(
  { connection, reason }: CutRequest,
  { peers, log, address }: CutParts,
): CutEvent {
  const words = plain(reason).slice(0, maxReasonLength) || closeReasons.cut.text;
  const wasOpen = peers.cut(connection, words);
  if (wasOpen) log.info(`An inspector at ${address} closed connection ${connection}: ${words}`);
  return { type: 'cut', connection, wasOpen };
}

interface ServersToCutOn {
  readonly own: { readonly name: string };
  /** @returns Whether there was such a connection; undefined: nobody knows. */
  readonly cut: (server: string, request: CutRequest) => Promise<boolean | undefined>;
}

/** As {@link cutClient}, on this server or another one. */
export async function cutOnServer(
  request: CutRequest,
  { servers, ...parts }: CutParts & { readonly servers: ServersToCutOn | undefined },
): Promise<CutEvent> {
  const { connection, server } = request;
  if (server === undefined || !servers || server === servers.own.name) {
    return { ...cutClient(request, parts), server };
  }
  return { type: 'cut', connection, server, wasOpen: await servers.cut(server, request) };
}

/** A text for a close frame and a log: without what is no printable ASCII, so a character is a byte. */
function plain(text: string): string {
  return text.replaceAll(/[^!-~]+/g, ' ').trim();
}
