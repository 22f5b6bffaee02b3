import type { InspectionEvent } from '../../protocol/inspection/events.ts';
import type { Eventually } from '../eventually.ts';
import type { Change, Gap } from '../store/changes.ts';

/** Something that one inspector watches, and what it does not know of it yet. */
export interface Watch {
  readonly hasChanges: boolean;
  /** The next frame, if there is anything to say. More may follow at once, while {@link hasChanges}. */
  next(): Eventually<InspectionEvent | undefined>;
  /** Notes what a change of the store makes different. Called in the same turn. */
  mark?(change: Change | Gap): void;
  /** What {@link next} gave is sent, which took this time. */
  noteSent?(tookMs: number): void;
  /** Forgets what was sent: the next frame has all. */
  sendAll?(): void;
  /** Nobody watches any more. */
  close?(): void;
}
