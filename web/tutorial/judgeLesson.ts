import type { NamedMessage } from '../../protocol/wire/namedMessage.ts';
import { isRequestMeant, judge, type RequestAndReply, type Verdict } from './judge.ts';
import type { Lesson, MessageStep } from './lesson.ts';
import { findMismatch } from './pattern.ts';

/** Where a person is in a lesson. */
export interface LessonPlace {
  readonly lesson: Lesson;
  readonly openStepId: string;
  readonly isDone: (stepId: string) => boolean;
}

/** What an exchange means for one step. */
export interface Finding {
  readonly step: MessageStep;
  readonly verdict: Verdict;
}

/** What an exchange means for a lesson. */
export interface LessonFindings {
  /** The one step that the exchange belongs to. */
  readonly owner: Finding | undefined;
  /** The open step, if the exchange could be about that. */
  readonly open: Finding | undefined;
}

/** Judges an exchange against all steps of the open lesson. */
export function judgeLesson(exchange: RequestAndReply, place: LessonPlace): LessonFindings {
  const { request, reply } = exchange;
  const found = stepsOf(request, reply?.name ?? '', place).flatMap((step): Finding[] => {
    const verdict = judge(step.check, exchange);
    return verdict ? [{ step, verdict }] : [];
  });
  const open = found.find(({ step }) => step.id === place.openStepId);
  return { owner: ownerOf(found, open, place), open };
}

/** The steps whose reply a request can lead to; those with just this message, if there are any. */
export function stepsOf(
  request: NamedMessage | undefined,
  replyName: string,
  place: LessonPlace,
): readonly MessageStep[] {
  const steps = place.lesson.steps.filter(
    (step): step is MessageStep =>
      step.kind === 'message' &&
      step.check.reply === replyName &&
      isRequestMeant(step.check, request) &&
      (!step.check.inOrder || isDue(step, place)),
  );
  const repeated = steps.filter(({ message: { pattern } }) => {
    return request && pattern && !findMismatch(pattern, request.body);
  });
  return repeated.length > 0 ? repeated : steps;
}

function isDue(step: MessageStep, { lesson, openStepId, isDone }: LessonPlace): boolean {
  if (step.id === openStepId || isDone(step.id)) return true;
  return lesson.steps.slice(0, lesson.steps.indexOf(step)).every(({ id }) => isDone(id));
}

/**
 * The open step comes first, then the first that is not done and passes. A step before that with
 * a hint for this reply keeps it: a wrong token must not count as a session that has ended.
 */
function ownerOf(
  found: readonly Finding[],
  open: Finding | undefined,
  { isDone }: LessonPlace,
): Finding | undefined {
  if (open?.verdict.state === 'passed') return open;
  const undone = found.filter(({ step }) => !isDone(step.id));
  const first = undone.find(({ verdict }) => verdict.state === 'passed' || verdict.isHint);
  return first ?? open ?? found.find(({ verdict }) => verdict.state === 'passed');
}
