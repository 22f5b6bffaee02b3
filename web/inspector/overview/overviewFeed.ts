import type { StoreApi } from 'zustand/vanilla';
import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import type { Right } from '../../../protocol/inspection/rights.ts';
import {
  rememberedSec,
  type CommandCount,
  type FiguresSample,
} from '../../../protocol/inspection/serverFigures.ts';
import { FrameStore } from '../frameStore.ts';
import type { InspectionPart } from '../inspectionPart.ts';
import type { Inspector } from '../inspector.ts';

type EventOf<T extends InspectionEvent['type']> = Extract<InspectionEvent, { type: T }>;

/** Something that was asked for. */
export type Asked<T> =
  | { readonly state: 'waiting' }
  | { readonly state: 'known'; readonly value: T }
  /** The right that is missing; absent: the key is not for all sessions. */
  | { readonly state: 'refused'; readonly right: Right | undefined };

/** How the server is doing. */
export interface ServerNow {
  readonly frame: EventOf<'overview'>;
  /** The last minutes, the oldest first; the last one is of now. */
  readonly samples: readonly FiguresSample[];
  /** What was answered between this frame and the one before, and in how many seconds; absent: this is the first. */
  readonly since?: { readonly commands: readonly CommandCount[]; readonly sec: number };
}

export interface OverviewState {
  readonly server: Asked<ServerNow>;
  readonly sessions: Asked<EventOf<'figures'>>;
  readonly separator: string;
}

/** Rows of each table about sessions. */
const tableRows = 10;

const first: OverviewState = {
  server: { state: 'waiting' },
  sessions: { state: 'waiting' },
  separator: ':',
};

/** The figures of a server and of its sessions, while somebody looks at them. */
export class OverviewFeed implements InspectionPart {
  readonly store: StoreApi<OverviewState>;
  readonly #frames: FrameStore<OverviewState>;
  readonly #inspector: Pick<Inspector, 'ask' | 'add'>;
  #number = 0;
  #history: readonly FiguresSample[] = [];
  #before: EventOf<'overview'> | undefined;

  constructor(
    inspector: Pick<Inspector, 'ask' | 'add'>,
    onNextFrame: (run: () => void) => void = (run) => requestAnimationFrame(run),
  ) {
    this.#inspector = inspector;
    this.#frames = new FrameStore(first, onNextFrame);
    this.store = this.#frames.store;
  }

  /** @returns Ends the looking. */
  start(): () => void {
    const leave = this.#inspector.add(this);
    return () => {
      leave();
      this.#inspector.ask({ type: 'unoverview' });
      this.#inspector.ask({ type: 'unfigures' });
    };
  }

  /** Groups names by what they have up to the first of these. */
  groupBy(separator: string): void {
    this.#frames.changeNow({ separator });
    this.#askSessions();
  }

  onLive(): void {
    this.#history = [];
    this.#before = undefined;
    this.#number += 1;
    this.#inspector.ask({ type: 'overview', number: this.#number });
    this.#askSessions();
  }

  receive(event: InspectionEvent): void {
    if (event.type === 'refused') this.#takeRefusal(event);
    if (!('number' in event) || event.number !== this.#number) return;
    if (event.type === 'overview') this.#takeServer(event);
    if (event.type === 'figures') {
      this.#frames.change({ sessions: { state: 'known', value: event } });
    }
  }

  #askSessions(): void {
    const { separator } = this.#frames.latest();
    this.#inspector.ask({ type: 'figures', number: this.#number, separator, count: tableRows });
  }

  #takeRefusal({ request, right }: EventOf<'refused'>): void {
    if (request === 'overview') this.#frames.change({ server: { state: 'refused', right } });
    if (request === 'figures') this.#frames.change({ sessions: { state: 'refused', right } });
  }

  #takeServer(frame: EventOf<'overview'>): void {
    this.#history = [...this.#history, ...frame.history].slice(-rememberedSec);
    const before = this.#before;
    this.#before = frame;
    const { now } = frame;
    const samples = [...this.#history.filter(({ atMs }) => atMs < now.atMs), now];
    const since = before && {
      commands: newAnswers(before.commands, frame.commands),
      sec: Math.max(0.001, (now.atMs - before.now.atMs) / 1000),
    };
    this.#frames.change({
      server: { state: 'known', value: { frame, samples, ...(since && { since }) } },
    });
  }
}

/** What was counted since. */
function newAnswers(before: readonly CommandCount[], now: readonly CommandCount[]): CommandCount[] {
  const known = new Map(before.map((each) => [each.command, each]));
  return now.map(({ command, statuses, totalUs }) => {
    const old = known.get(command);
    const counts = new Map(old?.statuses.map(({ status, count }) => [status, count]));
    return {
      command,
      totalUs: totalUs - (old?.totalUs ?? 0),
      statuses: statuses.map(({ status, count }) => ({
        status,
        count: count - (counts.get(status) ?? 0),
      })),
    };
  });
}
