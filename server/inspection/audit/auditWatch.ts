import type { AuditEntry } from '../../../protocol/inspection/audit.ts';
import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import type { Watch } from '../watch.ts';
import type { AuditList } from './auditList.ts';

interface AuditWatchParts {
  readonly audit: AuditList;
  /** Called when {@link AuditWatch.next} has something. */
  readonly onDue: () => void;
}

/** The audit list, for one inspector. */
export class AuditWatch implements Watch {
  readonly #number: number;
  readonly #audit: AuditList;
  readonly #stopFollowing: () => void;
  /** What the inspector does not have, by number. */
  #unsent: Map<number, AuditEntry>;
  #hasChanges = true;

  /** @param number Comes back with each frame. */
  constructor(number: number, { audit, onDue }: AuditWatchParts) {
    this.#number = number;
    this.#audit = audit;
    this.#unsent = new Map(audit.entries.map((entry) => [entry.number, entry]));
    this.#stopFollowing = audit.follow((entry) => {
      this.#unsent.set(entry.number, entry);
      // A slow reader gets those that are still kept.
      for (const number of this.#unsent.keys()) {
        if (number > audit.dropped) break;
        this.#unsent.delete(number);
      }
      this.#hasChanges = true;
      onDue();
    });
  }

  get hasChanges(): boolean {
    return this.#hasChanges;
  }

  next(): InspectionEvent {
    const entries = [...this.#unsent.values()];
    this.#unsent = new Map();
    this.#hasChanges = false;
    return { type: 'audited', number: this.#number, entries, dropped: this.#audit.dropped };
  }

  close(): void {
    this.#stopFollowing();
  }
}
