import type { Clock } from '../../../protocol/clock.ts';
import { writeInspectionEvent, type InspectionEvent } from '../../../protocol/inspection/events.ts';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import { maxFigureRows, type SessionSummary } from '../../../protocol/inspection/sessionLists.ts';
import type { InspectedStore } from '../sharedViews.ts';
import { listedSummaryOf } from '../summaryOf.ts';
import type { Watch } from '../watch.ts';
import type { GroupRow } from '../list/flatRows.ts';
import type { OpenListing, SessionListings } from '../list/sessionListings.ts';
import type { KeysBySize } from './biggestKeys.ts';

type FiguresRequest = Extract<InspectionRequest, { type: 'figures' }>;
type FiguresEvent = Extract<InspectionEvent, { type: 'figures' }>;

/** What figures are made from. */
export interface FiguresParts {
  readonly hub: {
    readonly views: InspectedStore;
    readonly listings: SessionListings;
    readonly biggestKeys: KeysBySize;
  };
  readonly clock: Clock;
  /** Called when {@link FiguresWatch.next} may have something. */
  readonly onDue: () => void;
  /** Only sessions whose names begin so. */
  readonly within?: string;
}

/** The figures are looked at again after so long. */
export const figuresMs = 1_000;

const secondsOf = { minute: 60, hour: 3_600, day: 86_400 } as const;

/** What an overview shows of the sessions, for one inspector. */
export class FiguresWatch implements Watch {
  readonly #parts: FiguresParts;
  readonly #request: FiguresRequest;
  readonly #count: number;
  readonly #within: string;
  readonly #groups: OpenListing;
  readonly #bySize: OpenListing;
  readonly #byDeadline: OpenListing;
  readonly #closeKeys: () => void;
  /** What was sent, but for its time. */
  #sent = '';
  #isDue = true;
  #stopTimer: (() => void) | undefined;

  constructor(request: FiguresRequest, parts: FiguresParts) {
    const { hub, within = '' } = parts;
    this.#parts = parts;
    this.#request = request;
    this.#count = Math.min(request.count, maxFigureRows);
    this.#within = within;
    const bySize = { sort: 'bytes', descending: true, find: '', within } as const;
    this.#groups = hub.listings.open({ ...bySize, separator: request.separator });
    this.#bySize = hub.listings.open(bySize);
    this.#byDeadline = hub.listings.open({ sort: 'expires', descending: false, find: '', within });
    this.#closeKeys = hub.biggestKeys.open();
  }

  get hasChanges(): boolean {
    return this.#isDue;
  }

  close(): void {
    this.#stopTimer?.();
    for (const opened of [this.#groups, this.#bySize, this.#byDeadline]) opened.close();
    this.#closeKeys();
  }

  /** Nothing when all is as it was. */
  async next(): Promise<InspectionEvent | undefined> {
    const { clock, onDue } = this.#parts;
    this.#isDue = false;
    this.#stopTimer ??= clock.setTimer(() => {
      this.#stopTimer = undefined;
      this.#isDue = true;
      onDue();
    }, figuresMs);
    const event = await this.#figures();
    const text = writeInspectionEvent({ ...event, nowMs: 0 });
    if (text === this.#sent) return undefined;
    this.#sent = text;
    return event;
  }

  async #figures(): Promise<FiguresEvent> {
    for (const each of [this.#groups, this.#bySize, this.#byDeadline]) await each.refresh();
    const { number } = this.#request;
    const { grouped, rows } = this.#groups.listing;
    const { total, ungrouped, groupCount } = grouped ?? noGroups;
    return {
      type: 'figures',
      number,
      nowMs: Math.round(this.#parts.clock.nowMs()),
      ...total,
      groups: rows.slice(0, Math.min(groupCount, this.#count)).groups.map(plainGroup),
      groupCount,
      ungrouped: { ...ungrouped },
      ...(await this.#calendar()),
      biggestSessions: await this.#summaries(this.#bySize, 0, this.#count),
      ...(await this.#biggestKeys()),
    };
  }

  async #calendar(): Promise<Pick<FiguresEvent, keyof typeof secondsOf | 'later' | 'never'>> {
    const { listing } = this.#byDeadline;
    const nowMs = this.#parts.clock.nowMs();
    const endingIn = (seconds: number) => listing.countTo(nowMs + seconds * 1_000);
    const minute = endingIn(secondsOf.minute);
    const hour = endingIn(secondsOf.hour);
    const day = endingIn(secondsOf.day);
    const ever = endingIn(Number.MAX_VALUE / 1_000_000);
    return {
      minute: await this.#ending(0, minute),
      hour: await this.#ending(minute, hour),
      day: await this.#ending(hour, day),
      later: ever - day,
      never: listing.matching - ever,
    };
  }

  async #ending(from: number, to: number): Promise<FiguresEvent['minute']> {
    const sessions = to - from;
    const count = Math.min(sessions, this.#count);
    return { sessions, first: await this.#summaries(this.#byDeadline, from, count) };
  }

  #summaries(opened: OpenListing, from: number, count: number): Promise<SessionSummary[]> {
    return opened.summariesAt(opened.listing.rows.slice(from, count).numbers);
  }

  async #biggestKeys(): Promise<Pick<FiguresEvent, 'biggestKeys' | 'keysOf'>> {
    const top = await this.#parts.hub.biggestKeys.top(this.#count, this.#within);
    const biggestKeys = top.keys.map(({ session, key, bytes }) => ({
      session: listedSummaryOf(session, { operations: this.#bySize.operationsOf(session.number) }),
      key,
      bytes,
    }));
    return { biggestKeys, keysOf: top.looked };
  }
}

function plainGroup({ name, sessions, keys, bytes }: GroupRow): GroupRow {
  return { name, sessions, keys, bytes };
}

const nothing = { sessions: 0, keys: 0, bytes: 0 };
const noGroups = { total: nothing, ungrouped: { name: '', ...nothing }, groupCount: 0 };
