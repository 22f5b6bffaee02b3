import type { InspectionEvent } from '../../protocol/inspection/events.ts';

/** A view of the inspector that asks the server for something and shows what comes. */
export interface InspectionPart {
  /** Takes what it asked for out of what the server pushes. */
  receive(event: InspectionEvent): void;
  /** The server can be asked, for the first time or after a lost connection: what was asked before has to be asked again. */
  onLive?(): void;
  /** The connection is lost: nothing more comes until {@link onLive}. */
  onLost?(): void;
}
