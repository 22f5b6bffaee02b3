import type { StoreApi } from 'zustand/vanilla';
import { maxEndedShown, type ListedEnd } from '../../../protocol/inspection/endedSessions.ts';
import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import { FrameStore } from '../frameStore.ts';
import type { InspectionPart } from '../inspectionPart.ts';
import type { Inspector } from '../inspector.ts';

interface EndedState {
  /** The newest first; undefined: they have not come yet. */
  readonly sessions: readonly ListedEnd[] | undefined;
  /** Whether the server remembers what has ended. */
  readonly isRemembered: boolean;
}

/** The sessions that ended last, while somebody looks. */
export class EndedFeed implements InspectionPart {
  readonly store: StoreApi<EndedState>;
  readonly #frames: FrameStore<EndedState>;
  readonly #inspector: Pick<Inspector, 'ask' | 'add' | 'newNumber'>;
  #number = 0;

  constructor(
    inspector: Pick<Inspector, 'ask' | 'add' | 'newNumber'>,
    onNextFrame: (run: () => void) => void = (run) => requestAnimationFrame(run),
  ) {
    this.#inspector = inspector;
    this.#frames = new FrameStore<EndedState>(
      { sessions: undefined, isRemembered: true },
      onNextFrame,
    );
    this.store = this.#frames.store;
  }

  /** @returns Ends the looking. */
  start(): () => void {
    const leave = this.#inspector.add(this);
    return () => {
      leave();
      this.#inspector.ask({ type: 'unended' });
    };
  }

  onLive(): void {
    this.#number = this.#inspector.newNumber();
    this.#frames.change({ sessions: undefined });
    this.#inspector.ask({ type: 'ended', number: this.#number });
  }

  receive(event: InspectionEvent): void {
    if (event.type !== 'ended' || event.number !== this.#number) return;
    const { sessions: news, isRemembered } = event;
    const known = this.#frames.latest().sessions ?? [];
    const sessions = [...news, ...known].slice(0, maxEndedShown);
    this.#frames.change({ sessions, isRemembered });
  }
}
