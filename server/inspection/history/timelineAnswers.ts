import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import { maxListedValueLength } from '../../../protocol/inspection/events.ts';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import {
  maxChangesLength,
  maxTimelineRows,
  type MomentKey,
  type WholeChange,
} from '../../../protocol/inspection/timeline.ts';
import type { JsonText } from '../../../protocol/json/jsonText.ts';
import type { KeyChange, Timeline } from '../../store/timeline.ts';
import { maxFrameLength } from '../frameSize.ts';
import type { InspectedStore } from '../sharedViews.ts';
import { valueOf } from '../valueOf.ts';
import { authorOf } from './authorOf.ts';
import {
  changesOf,
  differencesOf,
  endOf,
  isRemembered,
  keysAt,
  manyKeysAt,
  stepsOf,
  type KeyDifference,
  type KeysAtMoment,
} from './timelineReading.ts';

/** A session of more keys is not copied. */
const maxCopied = 10_000;

type MomentRequest = Extract<InspectionRequest, { type: 'moment' }>;
type ChangesRequest = Extract<InspectionRequest, { type: 'changes' }>;

/** A question about a timeline that is answered once. */
export type TimelineQuestion = MomentRequest | ChangesRequest;

type HistoryStore = Pick<InspectedStore, 'readTimeline'>;

/** Rejects when the store cannot answer now. */
export async function answerTimelineQuestion(
  store: HistoryStore,
  question: TimelineQuestion,
): Promise<InspectionEvent> {
  const { id } = question;
  if (question.type === 'changes') {
    const changes = valueOf(await store.readTimeline(id, (each) => wholeChanges(each, question)));
    return { ...question, changes };
  }
  const found = valueOf(await store.readTimeline(id, (each) => keysOf(each, question)));
  return { ...question, total: found?.total, keys: found?.keys ?? [] };
}

function keysOf(timeline: Timeline, question: MomentRequest) {
  const { at, against, from } = question;
  if (!isRemembered(timeline, at)) return undefined;
  if (against !== undefined && !isRemembered(timeline, against)) return undefined;
  const count = Math.min(question.count, maxTimelineRows);
  if (against === undefined) {
    const isLarge = timeline.keys.size > maxCopied;
    const keys = isLarge ? manyKeysAt(timeline, at) : keysAt(timeline, at);
    return { total: keys.size, keys: momentKeys(slice(keys, from, count)) };
  }
  const differences = differencesOf(timeline, at, against).map(({ key, before, after }) =>
    at < against ? { key, one: before, other: after } : { key, one: after, other: before },
  );
  return { total: differences.length, keys: momentKeys(differences.slice(from, from + count)) };
}

interface TwoValues {
  readonly key: KeyDifference['key'];
  readonly one: JsonText | undefined;
  readonly other?: JsonText | undefined;
}

function slice(keys: KeysAtMoment, from: number, count: number): TwoValues[] {
  const found: TwoValues[] = [];
  let at = 0;
  for (const [key, one] of keys) {
    if (at >= from + count) break;
    if (at >= from) found.push({ key, one });
    at += 1;
  }
  return found;
}

/** Long values, and those that a frame has no room for, are left out. */
function momentKeys(keys: readonly TwoValues[]): MomentKey[] {
  let room = maxFrameLength;
  const fitting = (value: JsonText | undefined) => {
    if (value === undefined || value.length > Math.min(room, maxListedValueLength))
      return undefined;
    room -= value.length;
    return value;
  };
  return keys.map(({ key, one, other }) => ({
    key,
    length: one?.length,
    value: fitting(one),
    otherLength: other?.length,
    other: fitting(other),
  }));
}

function wholeChanges(timeline: Timeline, { from, end }: ChangesRequest) {
  if (from < timeline.dropped || end > endOf(timeline)) return undefined;
  const whole: WholeChange[] = [];
  let room = maxChangesLength;
  for (const change of changesOf(timeline, from, end)) {
    const keys = [...stepsOf(change)];
    for (const step of keys) room -= lengthOf(step);
    if (room < 0 || !change.isWhole) return undefined;
    whole.push({ kind: change.kind, author: authorOf(change), keys });
  }
  return whole;
}

function lengthOf({ key, before, after }: KeyChange): number {
  return key.length + (before?.length ?? 0) + (after?.length ?? 0);
}
