import type { StoreApi } from 'zustand/vanilla';
import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import type { Right } from '../../../protocol/inspection/rights.ts';
import type { ListRows } from '../../ui/virtualList/readingPosition.ts';
import { FrameStore } from '../frameStore.ts';
import type { InspectionPart } from '../inspectionPart.ts';
import type { Inspector } from '../inspector.ts';
import { ServerCounts } from './serverCounts.ts';
import type { ShownCommand, ShownFigures } from './shownCommand.ts';
import { faultsOf, noFilter, serverFilterOf, type StreamFilter } from './streamFilter.ts';

/** Commands kept; older ones are dropped, and counted. */
export const maxKeptCommands = 5_000;

export type FeedState =
  | { readonly state: 'off' }
  /** Commands come, or the connection is lost and they will again. */
  | { readonly state: 'running' }
  /** The right that is missing; absent: the key is not for all sessions. */
  | { readonly state: 'refused'; readonly right: Right | undefined };

/** What the stream says of itself. */
export interface FeedView {
  readonly status: FeedState;
  readonly filter: StreamFilter;
  readonly isPaused: boolean;
  /** Commands that match, since the stream or its filter began. */
  readonly counted: number;
  /** Those of them that came too fast to be sent. */
  readonly leftOut: number;
  /** Sent ones that are not kept any more. */
  readonly dropped: number;
  readonly arrivedWhilePaused: number;
  readonly costMs: number;
  readonly ranMs: number;
  readonly figures: ShownFigures | undefined;
  /** Names of the servers that commands have come from, once there are several. */
  readonly servers: readonly string[];
  /** Grows with each change of {@link CommandFeed.rows}. */
  readonly version: number;
}

const nothingCounted = {
  counted: 0,
  leftOut: 0,
  dropped: 0,
  arrivedWhilePaused: 0,
  costMs: 0,
  ranMs: 0,
  figures: undefined,
};

const off: FeedView = {
  ...nothingCounted,
  status: { state: 'off' },
  filter: noFilter,
  isPaused: false,
  servers: [],
  version: 0,
};

/** Commands in the order of their coming; each is known by its number, counted from 0. */
interface Kept {
  readonly firstId: number;
  readonly commands: readonly ShownCommand[];
}

/** The commands of all clients, from when a person starts it until it is stopped. */
export class CommandFeed implements InspectionPart {
  readonly store: StoreApi<FeedView>;
  readonly #frames: FrameStore<FeedView>;
  readonly #inspector: Pick<Inspector, 'ask' | 'add'>;
  #kept: Kept = { firstId: 0, commands: [] };
  /** What is shown while it is paused. */
  #held: Kept | undefined;
  #number = 0;
  #leave: (() => void) | undefined;
  readonly #counts = new ServerCounts();
  readonly #servers = new Set<string>();
  /** Counted by a stream before the connection was lost. */
  #before = { counted: 0, leftOut: 0 };

  constructor(
    inspector: Pick<Inspector, 'ask' | 'add'>,
    onNextFrame: (run: () => void) => void = (run) => requestAnimationFrame(run),
  ) {
    this.#inspector = inspector;
    this.#frames = new FrameStore(off, onNextFrame);
    this.store = this.#frames.store;
  }

  /** Starts, or starts again with another filter: what was counted before is forgotten, what was shown stays. */
  start(filter: Partial<StreamFilter> = this.#frames.latest().filter): void {
    const whole = { ...noFilter, ...filter };
    if (Object.keys(faultsOf(whole)).length > 0) return;
    this.#clear();
    this.#held = undefined;
    this.#before = { counted: 0, leftOut: 0 };
    const status: FeedState = { state: 'running' };
    this.#frames.changeNow({ ...nothingCounted, status, filter: whole, isPaused: false });
    if (this.#leave) this.#ask();
    else this.#leave = this.#inspector.add(this);
  }

  /** Sets what the next start, or the running stream, lets through. */
  setFilter(filter: StreamFilter): void {
    if (this.#frames.latest().status.state === 'running') this.start(filter);
    else this.#frames.changeNow({ filter });
  }

  stop(): void {
    this.#end({ state: 'off' });
    this.#inspector.ask({ type: 'unstream' });
  }

  /** Commands are still counted and kept, the list stands still. */
  pause(): void {
    this.#held = this.#kept;
    this.#frames.changeNow({ isPaused: true, arrivedWhilePaused: 0 });
  }

  resume(): void {
    this.#held = undefined;
    this.#show({ isPaused: false, arrivedWhilePaused: 0 });
    this.#frames.flush();
  }

  /** Empties the list; what was counted stays. */
  clear(): void {
    this.#clear();
    this.#held &&= this.#kept;
    this.#show({ arrivedWhilePaused: 0 });
    this.#frames.flush();
  }

  onLive(): void {
    const { counted, leftOut } = this.#frames.latest();
    this.#before = { counted, leftOut };
    this.#ask();
  }

  receive(event: InspectionEvent): void {
    if (event.type === 'streamed' && event.number === this.#number) this.#take(event);
    if (event.type === 'refused' && event.request === 'stream' && event.number === this.#number) {
      this.#end({ state: 'refused', right: event.right });
    }
  }

  /** Those that are shown. */
  rows(): ListRows<number> {
    const { firstId, commands } = this.#shown;
    const { length } = commands;
    return {
      count: length,
      idAt: (index) => (index >= 0 && index < length ? firstId + index : undefined),
      indexOf: (id) => Math.min(Math.max(id - firstId, -1), length - 1),
    };
  }

  find(id: number | undefined): ShownCommand | undefined {
    const { firstId, commands } = this.#shown;
    return id === undefined ? undefined : commands[id - firstId];
  }

  get #shown(): Kept {
    return this.#held ?? this.#kept;
  }

  #ask(): void {
    this.#number += 1;
    this.#counts.clear();
    const { filter } = this.#frames.latest();
    this.#inspector.ask({ type: 'stream', number: this.#number, ...serverFilterOf(filter) });
  }

  #end(status: FeedState): void {
    this.#leave?.();
    this.#leave = undefined;
    this.#held = undefined;
    this.#show({ status, isPaused: false });
    this.#frames.flush();
  }

  #take(event: Extract<InspectionEvent, { type: 'streamed' }>): void {
    const { server } = event;
    const { isPaused, dropped, arrivedWhilePaused } = this.#frames.latest();
    const entries = event.entries.map((entry) => ({ ...entry, server }));
    this.#counts.take(event);
    if (server !== undefined) this.#servers.add(server);
    const { counted, leftOut, costMs, ranMs } = this.#counts.totals();
    const all = [...this.#kept.commands, ...entries];
    const over = Math.max(0, all.length - maxKeptCommands);
    this.#kept = { firstId: this.#kept.firstId + over, commands: all.slice(over) };
    const news = {
      counted: this.#before.counted + counted,
      leftOut: this.#before.leftOut + leftOut,
      costMs,
      ranMs,
      dropped: dropped + over,
      figures: this.#counts.figures(),
      servers: this.#servers.size > 1 ? [...this.#servers].toSorted() : [],
    };
    if (isPaused) {
      this.#frames.change({ ...news, arrivedWhilePaused: arrivedWhilePaused + entries.length });
    } else this.#show(news);
  }

  #clear(): void {
    const { firstId, commands } = this.#kept;
    this.#kept = { firstId: firstId + commands.length, commands: [] };
  }

  #show(part: Partial<FeedView>): void {
    this.#frames.change({ ...part, version: this.#frames.latest().version + 1 });
  }
}

const feeds = new WeakMap<Inspector, CommandFeed>();

/** The feed of a server: it stays while other views are shown. */
export function feedOf(inspector: Inspector): CommandFeed {
  const known = feeds.get(inspector);
  if (known) return known;
  const feed = new CommandFeed(inspector);
  feeds.set(inspector, feed);
  return feed;
}
