import type { JsonText } from '../../../protocol/json/jsonText.ts';
import type { KeyChange, RememberedChange, Timeline } from '../../store/timeline.ts';

type Keys = ReadonlyMap<string, JsonText>;

/** Keys with their values. */
export interface KeysAtMoment extends Iterable<readonly [string, JsonText]> {
  readonly size: number;
}

/** Value of a key at two moments. */
export interface KeyDifference {
  readonly key: string;
  readonly before: JsonText | undefined;
  readonly after: JsonText | undefined;
}

/** Index after the last change. */
export function endOf({ dropped, length }: Timeline): number {
  return dropped + length;
}

/** The earliest moment at which the keys are known: before the first change, if that is whole. */
export function firstMomentOf({ dropped, length, isFirstWhole }: Timeline): number {
  return dropped + (length > 0 && !isFirstWhole ? 1 : 0);
}

/** Changes from one index up to before another, in their order. */
export function changesOf(timeline: Timeline, from: number, end: number): RememberedChange[] {
  const changes: RememberedChange[] = [];
  let index = endOf(timeline);
  for (const change of timeline.newestFirst()) {
    index -= 1;
    if (index < from) break;
    if (index < end) changes.push(change);
  }
  return changes.reverse();
}

/** Whether the keys are known at a moment. */
export function isRemembered(timeline: Timeline, moment: number): boolean {
  return moment >= firstMomentOf(timeline) && moment <= endOf(timeline);
}

/**
 * The keys as they were at a moment that is remembered, found by undoing all changes and making those before it again: so
 * they are in their order, but for keys that were there before the first change and have gone since, which come last of those.
 */
export function keysAt(timeline: Timeline, moment: number): Keys {
  const end = endOf(timeline);
  if (moment === end) return timeline.keys;
  const changes = changesOf(timeline, firstMomentOf(timeline), end);
  const keys = new Map(timeline.keys);
  for (const change of [...changes].reverse()) {
    for (const step of [...change.keys()].reverse()) setKey(keys, step.key, step.before);
  }
  const redone = changes.slice(0, moment - firstMomentOf(timeline));
  for (const change of redone) {
    for (const step of change.keys()) setKey(keys, step.key, step.after);
  }
  return keys;
}

/**
 * As {@link keysAt} without a copy of all keys, for a session that has very many: those that have gone since come last.
 */
export function manyKeysAt(timeline: Timeline, moment: number): KeysAtMoment {
  const changed = differencesOf(timeline, moment, endOf(timeline));
  const before = new Map(changed.map((each) => [each.key, each.before]));
  const gone = changed.filter(({ after }) => after === undefined);
  const added = changed.filter((each) => each.before === undefined);
  return {
    size: timeline.keys.size + gone.length - added.length,
    *[Symbol.iterator]() {
      for (const [key, value] of timeline.keys) {
        const then = before.has(key) ? before.get(key) : value;
        if (then !== undefined) yield [key, then];
      }
      for (const { key, before: then } of gone) if (then !== undefined) yield [key, then];
    },
  };
}

/** The keys that differ between two moments that are remembered, in the order of their first change. */
export function differencesOf(timeline: Timeline, one: number, other: number): KeyDifference[] {
  const [from, end] = [Math.min(one, other), Math.max(one, other)];
  const differences = new Map<string, KeyDifference>();
  for (const change of changesOf(timeline, from, end)) {
    for (const step of change.keys()) {
      const { before } = differences.get(step.key) ?? step;
      differences.set(step.key, { key: step.key, before, after: step.after });
    }
  }
  return [...differences.values()].filter(({ before, after }) => before !== after);
}

/** What a change made of each key; one that went and came back is one. */
export function stepsOf(change: RememberedChange): Iterable<KeyChange> {
  if (change.kind !== 'replaced') return change.keys();
  const steps = new Map<string, KeyChange>();
  for (const step of change.keys()) {
    const before = steps.get(step.key)?.before ?? step.before;
    steps.set(step.key, { ...step, before });
  }
  return steps.values();
}

function setKey(keys: Map<string, JsonText>, key: string, value: JsonText | undefined): void {
  if (value === undefined) keys.delete(key);
  else keys.set(key, value);
}
