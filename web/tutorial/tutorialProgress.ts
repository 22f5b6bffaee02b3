import { listOf, object, string, unsigned } from '../../protocol/codec/codec.ts';
import type { StoredText } from '../ui/stored.ts';
import { createStoredValue, readVersioned, type StoredValue } from '../ui/storedValue.ts';
import type { Lesson } from './lesson.ts';

const stored = object({ version: unsigned, lesson: string, step: string, ticked: listOf(string) });
const version = 1;

/** How far somebody has come: ids only, never tokens or replies. */
export interface Progress {
  readonly lessonId: string;
  readonly stepId: string;
  /** Keys of the steps that are done, as {@link stepKey} makes them. */
  readonly ticked: ReadonlySet<string>;
}

/** Names a step among those of all lessons. */
export function stepKey(lessonId: string, stepId: string): string {
  return `${lessonId}/${stepId}`;
}

/** Nothing done, at the first step of the first lesson. */
export function freshProgress(lessons: readonly Lesson[]): Progress {
  const [first] = lessons;
  return { lessonId: first?.id ?? '', stepId: first?.steps[0]?.id ?? '', ticked: new Set() };
}

/** What the browser keeps. A place that is gone counts as the first step. */
export function storedProgress(
  place: StoredText,
  lessons: readonly Lesson[],
): StoredValue<Progress> {
  return createStoredValue(place, {
    read: (text) => readProgress(text, lessons),
    write: writeProgress,
    empty: freshProgress(lessons),
  });
}

function readProgress(text: string, lessons: readonly Lesson[]): Progress | undefined {
  const read = readVersioned(text, stored, version);
  if (!read) return undefined;
  const keys = new Set(
    lessons.flatMap(({ id, steps }) => steps.map((each) => stepKey(id, each.id))),
  );
  const ticked = new Set(read.ticked.filter((key) => keys.has(key)));
  const isThere = keys.has(stepKey(read.lesson, read.step));
  const at = isThere ? { lessonId: read.lesson, stepId: read.step } : {};
  return { ...freshProgress(lessons), ...at, ticked };
}

function writeProgress({ lessonId, stepId, ticked }: Progress): string {
  return stored.write({ version, lesson: lessonId, step: stepId, ticked: [...ticked] });
}

/** The same change to the ticks, over what another window has ticked meanwhile. */
export function tickedAgain(
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): (ticked: ReadonlySet<string>) => ReadonlySet<string> {
  const added = [...after].filter((key) => !before.has(key));
  const removed = new Set([...before].filter((key) => !after.has(key)));
  return (ticked) => new Set([...[...ticked].filter((key) => !removed.has(key)), ...added]);
}
