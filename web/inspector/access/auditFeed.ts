import type { StoreApi } from 'zustand/vanilla';
import type { AuditEntry } from '../../../protocol/inspection/audit.ts';
import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import { FrameStore } from '../frameStore.ts';
import type { InspectionPart } from '../inspectionPart.ts';
import type { Inspector } from '../inspector.ts';

/** Entries that the page keeps; the server keeps as many. */
const maxEntries = 1_000;

interface AuditState {
  /** The newest first; undefined: they have not come yet. */
  readonly entries: readonly AuditEntry[] | undefined;
  /** Older ones that the server does not keep any more. */
  readonly dropped: number;
}

/** The audit list of a server, while somebody looks at it. */
export class AuditFeed implements InspectionPart {
  readonly store: StoreApi<AuditState>;
  readonly #frames: FrameStore<AuditState>;
  readonly #inspector: Pick<Inspector, 'ask' | 'add'>;
  #entries = new Map<number, AuditEntry>();
  #number = 0;

  constructor(
    inspector: Pick<Inspector, 'ask' | 'add'>,
    onNextFrame: (run: () => void) => void = (run) => requestAnimationFrame(run),
  ) {
    this.#inspector = inspector;
    this.#frames = new FrameStore<AuditState>({ entries: undefined, dropped: 0 }, onNextFrame);
    this.store = this.#frames.store;
  }

  /** @returns Ends the looking. */
  start(): () => void {
    const leave = this.#inspector.add(this);
    return () => {
      leave();
      this.#inspector.ask({ type: 'unaudit' });
    };
  }

  onLive(): void {
    this.#number += 1;
    this.#entries.clear();
    this.#inspector.ask({ type: 'audit', number: this.#number });
  }

  receive(event: InspectionEvent): void {
    if (event.type !== 'audited' || event.number !== this.#number) return;
    for (const entry of event.entries) this.#entries.set(entry.number, entry);
    const newestFirst = [...this.#entries.values()].toReversed();
    for (const { number } of newestFirst.splice(maxEntries)) this.#entries.delete(number);
    this.#frames.change({ entries: newestFirst, dropped: event.dropped });
  }
}
