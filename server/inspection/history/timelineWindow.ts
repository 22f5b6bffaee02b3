import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import {
  maxShownKeys,
  maxShownValueLength,
  maxTimelineRows,
  type KeyStep,
  type ShownValue,
  type TimelineChange,
  type TimelinePart,
} from '../../../protocol/inspection/timeline.ts';
import type { Change, Gap } from '../../store/changes.ts';
import type { RememberedChange, Timeline } from '../../store/timeline.ts';
import { maxMarked } from '../frameSize.ts';
import type { InspectedStore } from '../sharedViews.ts';
import { valueOf } from '../valueOf.ts';
import type { Watch } from '../watch.ts';
import { authorOf } from './authorOf.ts';
import { changesOf, endOf, firstMomentOf, stepsOf } from './timelineReading.ts';

type TimelineRequest = Extract<InspectionRequest, { type: 'timeline' }>;

/** The changes of a session that one inspector shows, and what it does not know of them yet. */
export class TimelineWindow implements Watch {
  readonly #store: Pick<InspectedStore, 'readTimeline'>;
  readonly #request: TimelineRequest;
  /** What the inspector was sent: how often each change had been made, by index. */
  #known = new Map<number, number>();
  #hasChanges = true;

  constructor(store: Pick<InspectedStore, 'readTimeline'>, request: TimelineRequest) {
    this.#store = store;
    this.#request = request;
  }

  get hasChanges(): boolean {
    return this.#hasChanges;
  }

  mark(change: Change | Gap): void {
    if (isOf(change, this.#request.id)) this.#hasChanges = true;
  }

  async next(): Promise<InspectionEvent> {
    this.#hasChanges = false;
    const { number, id } = this.#request;
    try {
      const part = valueOf(await this.#store.readTimeline(id, (each) => this.#partOf(each)));
      return { type: 'timeline', number, id, ...(part ?? unknown) };
    } catch (error) {
      this.#hasChanges = true;
      this.#known.clear();
      throw error;
    }
  }

  #partOf(timeline: Timeline): Omit<TimelinePart, 'number' | 'id'> {
    const { dropped, isEnded, sinceMs } = timeline;
    const end = endOf(timeline);
    const count = Math.min(this.#request.count, maxTimelineRows);
    const newest = Math.max(end - count, 0);
    const from = Math.max(dropped, Math.min(this.#request.from ?? newest, newest));
    const shown = changesOf(timeline, from, from + count);
    const known = new Map(shown.map(({ times }, at) => [from + at, times]));
    const changes = shown.flatMap((change, at) =>
      this.#known.get(from + at) === change.times ? [] : [shownChange(change, from + at)],
    );
    this.#known = known;
    const firstMoment = firstMomentOf(timeline);
    const facts = { isKnown: true, isEnded, dropped, end, firstMoment };
    return { ...facts, sinceMs: sinceMs && Math.round(sinceMs), from, changes };
  }
}

const unknown = {
  isKnown: false,
  isEnded: true,
  dropped: 0,
  end: 0,
  firstMoment: 0,
  sinceMs: undefined,
  from: 0,
  changes: [],
};

function shownChange(change: RememberedChange, index: number): TimelineChange {
  const { kind, times, keyCount, isWhole, deadlineMs } = change;
  const keys: KeyStep[] = [];
  for (const { key, before, after } of stepsOf(change)) {
    if (keys.length === maxShownKeys) break;
    keys.push({ key, before: shownValue(before), after: shownValue(after) });
  }
  const counts = { times, keyCount, keys, isWhole };
  const deadline = deadlineMs === undefined ? undefined : wholeMs(deadlineMs);
  return { index, kind, author: authorOf(change), ...counts, deadlineMs: deadline };
}

function wholeMs(timeMs: number): number {
  return Math.min(Math.round(timeMs), Number.MAX_SAFE_INTEGER);
}

function shownValue(text: string | undefined): ShownValue | undefined {
  return text === undefined
    ? undefined
    : { text: text.slice(0, maxShownValueLength), length: text.length };
}

/** Whether a change may be of a session. */
function isOf(change: Change | Gap, id: string): boolean {
  if (change.kind === 'gap') return true;
  if ('session' in change) return change.session.id === id;
  if (change.sessions.length > maxMarked) return true;
  return [...change.sessions].some((session) => session.id === id);
}
