import { listOf, object, string, unsigned } from '../../protocol/codec.ts';
import { readJson } from '../../protocol/json/readJson.ts';
import type { StoredText } from '../ui/stored.ts';
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

/** Reads what was kept. Something unreadable, or a place that is gone, counts as nothing. */
export function readProgress(place: StoredText, lessons: readonly Lesson[]): Progress {
  const json = readJson(place.read() ?? '');
  const read = json.ok ? stored.read(json.value) : undefined;
  if (read?.version !== version) return freshProgress(lessons);
  const keys = new Set(
    lessons.flatMap(({ id, steps }) => steps.map((each) => stepKey(id, each.id))),
  );
  const ticked = new Set(read.ticked.filter((key) => keys.has(key)));
  const isThere = keys.has(stepKey(read.lesson, read.step));
  const at = isThere ? { lessonId: read.lesson, stepId: read.step } : {};
  return { ...freshProgress(lessons), ...at, ticked };
}

/** Keeps the progress. Where the browser does not allow it, it lasts as long as the page. */
export function writeProgress(place: StoredText, { lessonId, stepId, ticked }: Progress): void {
  place.write(stored.write({ version, lesson: lessonId, step: stepId, ticked: [...ticked] }));
}
