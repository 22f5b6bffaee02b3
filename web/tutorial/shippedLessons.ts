import type { Lesson } from './lesson.ts';
import { parseLesson, type LessonFault } from './parseLesson.ts';

const files = import.meta.glob<string>('./lessons/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Lessons that could be read, in their order, and what is wrong with the others, by file. */
export interface LessonShelf {
  readonly lessons: readonly Lesson[];
  readonly faults: ReadonlyMap<string, readonly LessonFault[]>;
}

/** Reads lesson files; a faulty one is left out and reported. */
export function shelve(texts: Readonly<Record<string, string>>): LessonShelf {
  const lessons: Lesson[] = [];
  const faults = new Map<string, readonly LessonFault[]>();
  for (const [file, text] of Object.entries(texts)) {
    const lesson = parseLesson(text);
    if (lesson.ok) lessons.push(lesson.value);
    else faults.set(file, lesson.refusal);
  }
  lessons.sort((one, other) => one.order - other.order);
  return { lessons, faults };
}

/** The lessons that come with the console. A test keeps them free of faults. */
export const shippedLessons = shelve(files);
