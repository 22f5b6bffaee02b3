import { createStore, type StoreApi } from 'zustand/vanilla';
import { readMessage } from '../../protocol/wire/namedMessage.ts';
import { askServer } from '../connection/page/askServer.ts';
import type { StoredText } from '../ui/stored.ts';
import { followFeed, type Feed, type LessonWatch } from './followFeed.ts';
import { followTask, type TaskFollower, type TaskWatch } from './followTask.ts';
import type { StepResult } from './judge.ts';
import type { Finding } from './judgeLesson.ts';
import type { Ask } from './judgeTask.ts';
import type { Lesson, Step } from './lesson.ts';
import {
  freshProgress,
  stepKey,
  storedProgress,
  tickedAgain,
  type Progress,
} from './tutorialProgress.ts';

/** Where a person stands in the tutorial. */
export interface TutorialView extends Progress {
  /** By step key; memory only. */
  readonly results: ReadonlyMap<string, StepResult>;
  /** Of tasks, by step key: for each goal, whether it was met when the server was asked last. */
  readonly met: ReadonlyMap<string, readonly boolean[]>;
  /** Somebody has closed the bar; it stays so until the panel is shown. */
  readonly isBarClosed: boolean;
  /** Came by hand for another step than the open one; until the person goes to a step. */
  readonly byHand: Finding | undefined;
}

/** The tutorial's state. It watches what is sent; only for a task it asks the server, out of sight. */
export interface TutorialStore {
  readonly store: StoreApi<TutorialView>;
  /** In their order; may be empty. */
  readonly lessons: readonly Lesson[];
  /**
   * Watches a connection: a reply ticks the step of the open lesson that it belongs to. After a
   * step done by hand the first step that is not done opens. While a task is open, the server is
   * asked after each reply whether its goals are met.
   * @returns The function that stops watching.
   */
  readonly follow: (feed: Feed) => () => void;
  /** Something was done in the inspector: an open task is judged as after a reply. */
  readonly noticeAct: () => void;
  /** The lesson puts this message into the composer, to be sent: it is not done by hand. */
  readonly handOut: (text: string) => void;
  /** Goes to the first step of a lesson that is not done, or to its first. */
  readonly openLesson: (lessonId: string) => void;
  /** Goes to a step of the current lesson. */
  readonly openStep: (stepId: string) => void;
  /** One step on, into the next lesson after the last. Leaving a reading step ticks it. */
  readonly next: () => void;
  /** One step back, into the lesson before at the first. */
  readonly back: () => void;
  /** Whether the bar is shown while the panel is closed. */
  readonly setBarClosed: (isBarClosed: boolean) => void;
  /** Forgets all progress. @returns The function that brings it back. */
  readonly startOver: () => () => void;
}

interface TutorialDeps {
  readonly lessons: readonly Lesson[];
  readonly stored: StoredText;
  /** How a server is asked whether a task is done. */
  readonly ask?: typeof askServer;
}

interface WatchedTask {
  readonly feed: Feed;
  readonly ask: Ask;
  readonly followers: Set<TaskFollower>;
}

/** A step and the lesson it is in. */
interface Place {
  readonly lesson: Lesson;
  readonly step: Step;
}

/** Makes the store; unreadable progress counts as none. */
export function createTutorialStore(deps: TutorialDeps): TutorialStore {
  const { lessons, stored, ask = askServer } = deps;
  const places = lessons.flatMap((lesson) => lesson.steps.map((step) => ({ lesson, step })));
  const kept = storedProgress(stored, lessons);
  const store = createStore<TutorialView>(() => ({
    ...kept.store.getState(),
    results: new Map(),
    met: new Map(),
    isBarClosed: false,
    byHand: undefined,
  }));
  const change = (changed: Partial<TutorialView>) => {
    const before = store.getState().ticked;
    store.setState(changed);
    const { lessonId, stepId, ticked } = store.getState();
    const tickAgain = tickedAgain(before, ticked);
    kept.change((progress) => ({ lessonId, stepId, ticked: tickAgain(progress.ticked) }));
    kept.keep();
  };
  // Each window has its own place in the lesson; what is done is shared.
  kept.store.subscribe(({ ticked }) => store.setState({ ticked }));
  const visit: Visit = { isAway: false, handedOut: undefined };
  const knownTokens = new Set<string>();
  const followers = new Set<TaskFollower>();
  const go = (place: Place | undefined, ticked = store.getState().ticked) => {
    visit.isAway = place !== undefined && ticked.has(keyOf(place));
    visit.handedOut = undefined;
    const at = place && { lessonId: place.lesson.id, stepId: place.step.id };
    change({ ticked, byHand: undefined, ...at });
  };

  return {
    store,
    lessons,
    follow: (feed) => {
      const state = { lessons, store, change, visit, knownTokens };
      const ends = [
        followFeed(feed, watchLesson(state)),
        watchTask(state, { feed, followers, ask: (asked) => ask(feed.store.getState(), asked) }),
      ];
      return () => ends.forEach((end) => end());
    },
    noticeAct: () => followers.forEach(({ lookAfterAct }) => lookAfterAct()),
    handOut: (text) => {
      visit.handedOut = readMessage(text)?.name;
    },
    ...createMoves({ places, store, go }),
    setBarClosed: (isBarClosed) => store.setState({ isBarClosed }),
    startOver: () => {
      const before = store.getState();
      change({ ...freshProgress(lessons), results: new Map(), met: new Map(), byHand: undefined });
      return () => change(before);
    },
  };
}

interface Moves {
  /** All steps of all lessons. */
  readonly places: readonly Place[];
  readonly store: StoreApi<TutorialView>;
  readonly go: (place: Place | undefined, ticked?: ReadonlySet<string>) => void;
}

/** The ways to another step. */
function createMoves({ places, store, go }: Moves) {
  const indexNow = () => places.findIndex((place) => isAt(place, store.getState()));
  return {
    openLesson: (lessonId: string) => {
      const { ticked } = store.getState();
      const own = places.filter(({ lesson }) => lesson.id === lessonId);
      go(own.find((place) => !ticked.has(keyOf(place))) ?? own[0]);
    },
    openStep: (stepId: string) => {
      const { lessonId } = store.getState();
      go(places.find((place) => isAt(place, { lessonId, stepId })));
    },
    next: () => {
      const index = indexNow();
      const { ticked } = store.getState();
      const leaving = places[index];
      const isRead = leaving?.step.kind === 'reading';
      go(places[index + 1], isRead ? new Set(ticked).add(keyOf(leaving)) : ticked);
    },
    back: () => go(places[indexNow() - 1]),
  };
}

/** What a person does at the open step. */
interface Visit {
  /** They went to a step that was done already: nothing leads them away from it. */
  isAway: boolean;
  /** The command that the lesson put into the composer last. */
  handedOut: string | undefined;
}

interface LessonState {
  readonly lessons: readonly Lesson[];
  readonly store: StoreApi<TutorialView>;
  readonly change: (changed: Partial<TutorialView>) => void;
  readonly visit: Visit;
  readonly knownTokens: Set<string>;
}

function watchLesson(state: LessonState): LessonWatch {
  const { lessons, store, visit, knownTokens } = state;
  const keyHere = (stepId: string) => stepKey(store.getState().lessonId, stepId);
  return {
    place: () => {
      const { lessonId, stepId: openStepId } = store.getState();
      const lesson = lessons.find(({ id }) => id === lessonId);
      const isDone = (stepId: string) => store.getState().ticked.has(stepKey(lessonId, stepId));
      return lesson && { lesson, openStepId, isDone };
    },
    knownTokens,
    isFromLesson: (commandName) => visit.handedOut === commandName,
    resultOf: (stepId) => store.getState().results.get(keyHere(stepId)),
    setResult: (stepId, result) => {
      const results = new Map(store.getState().results);
      if (result) results.set(keyHere(stepId), result);
      else results.delete(keyHere(stepId));
      store.setState({ results });
    },
    onFinding: (finding, { isByHand }) => take(finding, { ...state, isByHand }),
  };
}

/** Looks at the open task when it is opened, and after each reply. */
function watchTask({ lessons, store, change }: LessonState, watched: WatchedTask): () => void {
  const openKey = () => stepKey(store.getState().lessonId, store.getState().stepId);
  const watch: TaskWatch = {
    task: () => {
      const { lessonId, stepId, ticked } = store.getState();
      const lesson = lessons.find(({ id }) => id === lessonId);
      const step = lesson?.steps.find(({ id }) => id === stepId);
      return step?.kind === 'task' && !ticked.has(openKey()) ? step : undefined;
    },
    onJudged: (_, { met, verdict }, isAfterAct) => {
      const { ticked, results, ...view } = store.getState();
      const key = openKey();
      const isPassed = verdict.state === 'passed';
      change({
        ticked: isPassed ? new Set(ticked).add(key) : ticked,
        met: new Map(view.met).set(key, met),
        // Nobody has tried anything yet: then nothing is said to be missing.
        results: isPassed || isAfterAct ? new Map(results).set(key, verdict) : results,
      });
    },
  };
  const follower = followTask(watched.feed, watched.ask, watch);
  watched.followers.add(follower);
  follower.look();
  const unfollow = store.subscribe((now, before) => {
    if (now.stepId !== before.stepId || now.lessonId !== before.lessonId) follower.look();
  });
  return () => {
    unfollow();
    watched.followers.delete(follower);
    follower.stop();
  };
}

function take(finding: Finding, state: LessonState & { readonly isByHand: boolean }): void {
  const { store, change, visit, isByHand } = state;
  const { step, verdict } = finding;
  const { lessonId, ticked, results } = store.getState();
  const key = stepKey(lessonId, step.id);
  const isPassed = verdict.state === 'passed';
  const isNew = !isPassed || !ticked.has(key);
  const led = isByHand && isNew ? lead(finding, state) : {};
  if (isPassed) visit.handedOut = undefined;
  change({
    ticked: isPassed ? new Set(ticked).add(key) : ticked,
    results: new Map(results).set(key, verdict),
    byHand: undefined,
    ...led,
  });
}

/** Where the view goes after something by hand, and what it says there. */
function lead(finding: Finding, { lessons, store, visit }: LessonState): Partial<TutorialView> {
  const { step, verdict } = finding;
  const { lessonId, stepId, ticked } = store.getState();
  const isOpen = step.id === stepId;
  const isFree = ticked.has(stepKey(lessonId, stepId)) && !visit.isAway;
  if (verdict.state === 'passed') {
    const lesson = lessons.find(({ id }) => id === lessonId);
    const way = lesson && (isOpen || isFree) ? wayOn(lesson, step, ticked) : {};
    return { ...way, byHand: finding };
  }
  if (isOpen) return {};
  return isFree ? { stepId: step.id } : { byHand: finding };
}

/** The first step after this one that is not done, or the first of all; with the ticks then. */
function wayOn(
  { id: lessonId, steps }: Lesson,
  done: Step,
  ticked: ReadonlySet<string>,
): Partial<TutorialView> {
  const nowTicked = new Set(ticked).add(stepKey(lessonId, done.id));
  const undone = steps.filter(({ id }) => !nowTicked.has(stepKey(lessonId, id)));
  const after = steps.slice(steps.indexOf(done) + 1);
  const target = undone.find((step) => after.includes(step)) ?? undone[0];
  if (!target) return {};
  // Nothing is left to do: the closing words are in view, which is all that they ask for.
  const isClosing = target.kind === 'reading' && undone.length === 1;
  if (isClosing) nowTicked.add(stepKey(lessonId, target.id));
  return { stepId: target.id, ticked: nowTicked };
}

function isAt(
  { lesson, step }: Place,
  { lessonId, stepId }: Pick<Progress, 'lessonId' | 'stepId'>,
): boolean {
  return lesson.id === lessonId && step.id === stepId;
}

function keyOf({ lesson, step }: Place): string {
  return stepKey(lesson.id, step.id);
}
