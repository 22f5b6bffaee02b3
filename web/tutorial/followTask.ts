import type { Feed } from './followFeed.ts';
import { judgeTask, type Ask, type TaskResult } from './judgeTask.ts';
import type { TaskStep } from './lesson.ts';

/** What the tutorial wants to know of a task. */
export interface TaskWatch {
  /** The open step, while it is a task that is not done. */
  readonly task: () => TaskStep | undefined;
  /** @param isAfterAct Something was done since the step was opened. */
  readonly onJudged: (step: TaskStep, result: TaskResult, isAfterAct: boolean) => void;
}

/** Looks whether the open task is done: when asked to, and whenever something was done. */
export interface TaskFollower {
  readonly look: () => void;
  /** Something was done that the feed does not report, as in the inspector. */
  readonly lookAfterAct: () => void;
  readonly stop: () => void;
}

/** @param feed The connection over which a person works on the task. */
export function followTask(feed: Feed, ask: Ask, watch: TaskWatch): TaskFollower {
  let isStopped = false;
  const judgeNow = async (isAfterAct: boolean) => {
    const step = watch.task();
    if (!step) return;
    const result = await judgeTask(step.task, feed.store.getState().variables, ask);
    const isWanted = !isStopped && watch.task() === step;
    if (result && isWanted) watch.onJudged(step, result, isAfterAct);
  };
  let isAsking = false;
  /** What happened while the server was being asked: it has to be asked again. */
  let next: { readonly isAfterAct: boolean } | undefined;
  const look = (isAfterAct: boolean) => {
    next = { isAfterAct: isAfterAct || next?.isAfterAct === true };
    if (!isAsking) void askOn();
  };
  const askOn = async () => {
    const now = next;
    next = undefined;
    isAsking = now !== undefined;
    if (!now) return;
    await judgeNow(now.isAfterAct);
    await askOn();
  };
  const unsubscribe = feed.subscribe((event) => {
    if (event.type !== 'outcome') return;
    if (event.outcome.state === 'answered' || event.outcome.state === 'silent') look(true);
  });
  return {
    look: () => look(false),
    lookAfterAct: () => look(true),
    stop: () => {
      isStopped = true;
      unsubscribe();
    },
  };
}
