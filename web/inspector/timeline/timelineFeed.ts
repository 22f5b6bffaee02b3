import type { StoreApi } from 'zustand/vanilla';
import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import {
  maxTimelineRows,
  type MomentKey,
  type TimelineChange,
  type TimelinePart,
  type WholeChange,
} from '../../../protocol/inspection/timeline.ts';
import type { Right } from '../../../protocol/inspection/rights.ts';
import type { ListRows } from '../../ui/virtualList/readingPosition.ts';
import { FrameStore } from '../frameStore.ts';
import type { InspectionPart } from '../inspectionPart.ts';
import type { Inspector } from '../inspector.ts';

/** What the keys of the moment are compared with. */
export type Against = 'nothing' | 'before' | 'now' | 'mark';

/** Keys of the chosen moment. */
export interface MomentKeys {
  readonly at: number;
  readonly against: number | undefined;
  /** Keys at the moment, or that differ; undefined: it is not remembered any more. */
  readonly total: number | undefined;
  readonly keys: readonly MomentKey[];
}

/** What a timeline shows of itself. */
export interface TimelineView {
  /** Undefined: nothing has come yet. */
  readonly facts: Omit<TimelinePart, 'changes' | 'number' | 'id' | 'from'> | undefined;
  /** The right that is missing. */
  readonly refused: { readonly right: Right | undefined } | undefined;
  /** Number of changes before the chosen moment; undefined: now. */
  readonly moment: number | undefined;
  readonly mark: number | undefined;
  readonly against: Against;
  readonly shown: MomentKeys | undefined;
  /** Grows with each change of what {@link TimelineFeed.changeAt} gives. */
  readonly version: number;
}

const nothingKnown: TimelineView = {
  facts: undefined,
  refused: undefined,
  moment: undefined,
  mark: undefined,
  against: 'nothing',
  shown: undefined,
  version: 0,
};

/** Changes asked for at a time while a person reads older ones, and how many of them before those on screen. */
const askedRows = 120;
const spareRows = 40;
/** Of the newest all may be others with each part, so few more are asked for than there is room for. */
const leastNewestRows = 32;
const spareNewestRows = 8;

/** Changes of one session as they come, and the keys at a moment that a person chose. */
export class TimelineFeed implements InspectionPart {
  readonly store: StoreApi<TimelineView>;
  readonly #frames: FrameStore<TimelineView>;
  readonly #inspector: Pick<Inspector, 'ask' | 'add'>;
  readonly #id: string;
  readonly #changes = new Map<number, TimelineChange>();
  /** Index of the first change that was asked for; undefined: the newest. */
  #from: number | undefined;
  #newestRows = leastNewestRows;
  #number = 0;
  /** Number of the question for a moment that has no answer yet. */
  #asked: number | undefined;
  /** Another moment has been chosen. */
  #mustAsk = false;
  readonly #waiting = new Map<number, (changes: readonly WholeChange[] | undefined) => void>();

  constructor(
    { inspector, id }: { readonly inspector: Pick<Inspector, 'ask' | 'add'>; readonly id: string },
    onNextFrame: (run: () => void) => void,
  ) {
    this.#inspector = inspector;
    this.#id = id;
    this.#frames = new FrameStore(nothingKnown, onNextFrame);
    this.store = this.#frames.store;
  }

  /** @returns Ends it. */
  start(): () => void {
    const leave = this.#inspector.add(this);
    return () => {
      leave();
      this.#inspector.ask({ type: 'untimeline' });
    };
  }

  onLive(): void {
    this.#changes.clear();
    this.#asked = undefined;
    this.#askForChanges();
    this.#askForKeys();
  }

  onLost(): void {
    for (const answer of this.#waiting.values()) answer(undefined);
    this.#waiting.clear();
  }

  receive(event: InspectionEvent): void {
    if (event.type === 'timeline' && event.id === this.#id) this.#takePart(event);
    else if (event.type === 'moment' && event.number === this.#asked) this.#takeKeys(event);
    else if (event.type === 'changes') this.#answer(event.number, event.changes);
    else if (event.type === 'unanswered') this.#takeUnanswered(event.number);
    else if (event.type === 'refused' && event.request === 'timeline') {
      this.#frames.change({ refused: { right: event.right } });
    }
  }

  /** All changes that are remembered; each is known by its index. */
  rows(): ListRows<number> {
    const { dropped = 0, end = 0 } = this.store.getState().facts ?? {};
    return {
      count: end - dropped,
      idAt: (row) => (row >= 0 && row < end - dropped ? dropped + row : undefined),
      indexOf: (index) => (index >= dropped && index < end ? index - dropped : -1),
    };
  }

  /** Undefined: it is not here yet. */
  changeAt(index: number): TimelineChange | undefined {
    return this.#changes.get(index);
  }

  /** To be called with the indexes of the changes on screen. */
  show(first: number, last: number): void {
    const { end = 0 } = this.store.getState().facts ?? {};
    if (last >= end - 1) {
      this.#showNewest(last - first + 1);
      return;
    }
    if (this.#changes.has(first) && this.#changes.has(last)) return;
    const from = Math.max(0, first - spareRows);
    if (from === this.#from) return;
    this.#from = from;
    this.#askForChanges();
  }

  #showNewest(rows: number): void {
    const hasRoom = rows + spareNewestRows <= this.#newestRows;
    if (this.#from === undefined && hasRoom) return;
    this.#from = undefined;
    this.#newestRows = Math.max(leastNewestRows, rows + spareNewestRows);
    this.#askForChanges();
  }

  /** @param moment Undefined: now. */
  choose(moment: number | undefined): void {
    const { end, firstMoment } = this.#frames.latest().facts ?? { end: 0, firstMoment: 0 };
    const isNow = moment === undefined || moment >= end;
    this.#frames.changeNow({ moment: isNow ? undefined : Math.max(moment, firstMoment) });
    this.#askForKeys();
  }

  compareWith(against: Against): void {
    this.#frames.changeNow({ against });
    this.#askForKeys();
  }

  /** Keeps the chosen moment to compare others with. */
  setMark(): void {
    const { moment, facts } = this.#frames.latest();
    this.#frames.changeNow({ mark: moment ?? facts?.end });
    this.#askForKeys();
  }

  /** Whether what was before the chosen change is not remembered: the first one, or one that was too large to keep. */
  isBeforeUnknown(): boolean {
    const { facts, moment } = this.store.getState();
    if (!facts) return false;
    const at = moment ?? facts.end;
    return at > 0 && at - 1 < facts.firstMoment;
  }

  /** More keys of the moment. */
  showMore(): void {
    const { shown } = this.store.getState();
    if (shown) this.#askForKeys(shown.keys.length);
  }

  /** Changes from one index up to before another, whole; undefined: they are too large, or gone. */
  wholeChanges(from: number, end: number): Promise<readonly WholeChange[] | undefined> {
    this.#number += 1;
    const number = this.#number;
    if (!this.#inspector.ask({ type: 'changes', number, id: this.#id, from, end })) {
      return Promise.resolve(undefined);
    }
    return new Promise((resolve) => {
      this.#waiting.set(number, resolve);
    });
  }

  #askForChanges(): void {
    this.#number += 1;
    this.#inspector.ask({
      type: 'timeline',
      number: this.#number,
      id: this.#id,
      from: this.#from,
      count: this.#from === undefined ? this.#newestRows : askedRows,
    });
  }

  #takePart({ from, changes, ...part }: Part): void {
    const { isKnown, isEnded, dropped, end, firstMoment, sinceMs } = part;
    const facts = { isKnown, isEnded, dropped, end, firstMoment, sinceMs };
    for (const change of changes) this.#changes.set(change.index, change);
    for (const index of this.#changes.keys()) {
      if (index < from || index >= from + askedRows) this.#changes.delete(index);
    }
    const before = this.#frames.latest();
    const isLater = facts.end !== before.facts?.end;
    this.#frames.change({ facts, refused: undefined, version: before.version + 1 });
    if (isLater && (before.moment === undefined || before.against === 'now')) this.#askForKeys();
  }

  #takeKeys({
    at,
    against,
    from,
    total,
    keys,
  }: Extract<InspectionEvent, { type: 'moment' }>): void {
    this.#asked = undefined;
    const { shown } = this.#frames.latest();
    const isMore = from > 0 && shown?.at === at && shown.against === against;
    const all = isMore ? [...shown.keys.slice(0, from), ...keys] : keys;
    this.#frames.change({ shown: { at, against, total, keys: all } });
    if (this.#mustAsk) this.#askForKeys();
  }

  #takeUnanswered(number: number | undefined): void {
    if (number === undefined) return;
    if (number === this.#asked) this.#asked = undefined;
    this.#answer(number, undefined);
  }

  #answer(number: number, changes: readonly WholeChange[] | undefined): void {
    this.#waiting.get(number)?.(changes);
    this.#waiting.delete(number);
  }

  /** One question at a time: while a person drags, moments in between are passed over. */
  #askForKeys(from = 0): void {
    this.#mustAsk = this.#asked !== undefined;
    const { facts, moment, mark, against } = this.#frames.latest();
    if (this.#mustAsk || !facts) return;
    const at = moment ?? facts.end;
    const others = { nothing: undefined, before: at - 1, now: facts.end, mark };
    const other = others[against];
    const isKnown = other === undefined || other >= facts.firstMoment;
    this.#number += 1;
    const question = { number: this.#number, id: this.#id, at, from, count: maxTimelineRows };
    const asked = { type: 'moment', ...question, against: isKnown ? other : at } as const;
    if (this.#inspector.ask(asked)) this.#asked = this.#number;
  }
}

type Part = Extract<InspectionEvent, { type: 'timeline' }>;
