import { createStore, type StoreApi } from 'zustand/vanilla';
import type { FeedEvent, ReceivedEntry, SentEntry } from '../connection/exchange.ts';
import type { StoredText } from '../ui/stored.ts';
import { isRequestMeant, judge, type Verdict } from './judge.ts';
import type { Lesson, MessageStep, Step } from './lesson.ts';
import { messages } from './messages.ts';
import { createSentTexts, type SentTexts } from './sentTexts.ts';
import {
  freshProgress,
  readProgress,
  stepKey,
  writeProgress,
  type Progress,
} from './tutorialProgress.ts';

/** What came of a step's message, as far as this page has seen. */
export type StepResult = { readonly state: 'waiting' } | Verdict;

/** Where a person stands in the tutorial. */
export interface TutorialView extends Progress {
  /** By step key; memory only. */
  readonly results: ReadonlyMap<string, StepResult>;
}

/** Anything that tells what goes over a connection; a `Connection` is one. */
export interface Feed {
  /** @returns The function that ends the subscription. */
  readonly subscribe: (listener: (event: FeedEvent) => void) => () => void;
}

/** The tutorial's state. It watches and never sends. */
export interface TutorialStore {
  readonly store: StoreApi<TutorialView>;
  /** In their order; may be empty. */
  readonly lessons: readonly Lesson[];
  /**
   * Watches a connection, whose replies tick the current step, typed by hand or not.
   * @returns The function that stops watching.
   */
  readonly follow: (feed: Feed) => () => void;
  /** Goes to the first step of a lesson that is not done, or to its first. */
  readonly openLesson: (lessonId: string) => void;
  /** Goes to a step of the current lesson. */
  readonly openStep: (stepId: string) => void;
  /** One step on, into the next lesson after the last. Leaving a reading step ticks it. */
  readonly next: () => void;
  /** One step back, into the lesson before at the first. */
  readonly back: () => void;
  /** Forgets all progress. */
  readonly startOver: () => void;
}

interface TutorialDeps {
  readonly lessons: readonly Lesson[];
  readonly stored: StoredText;
}

/** A step and the lesson it is in. */
interface Place {
  readonly lesson: Lesson;
  readonly step: Step;
}

/** Makes the store; unreadable progress counts as none. */
export function createTutorialStore({ lessons, stored }: TutorialDeps): TutorialStore {
  const places = lessons.flatMap((lesson) => lesson.steps.map((step) => ({ lesson, step })));
  const store = createStore<TutorialView>(() => ({
    ...readProgress(stored, lessons),
    results: new Map(),
  }));
  const change = (changed: Partial<TutorialView>) => {
    store.setState(changed);
    writeProgress(stored, store.getState());
  };
  const go = (place: Place | undefined, ticked = store.getState().ticked) =>
    change({ ticked, ...(place && { lessonId: place.lesson.id, stepId: place.step.id }) });
  const indexNow = () => places.findIndex((place) => isAt(place, store.getState()));

  return {
    store,
    lessons,
    follow: (feed) => follow(feed, { store, change, place: () => places[indexNow()] }),
    openLesson: (lessonId) => {
      const { ticked } = store.getState();
      const own = places.filter(({ lesson }) => lesson.id === lessonId);
      go(own.find((place) => !ticked.has(keyOf(place))) ?? own[0]);
    },
    openStep: (stepId) => {
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
    startOver: () => change({ ...freshProgress(lessons), results: new Map() }),
  };
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

interface Watch {
  readonly store: StoreApi<TutorialView>;
  readonly change: (changed: Partial<TutorialView>) => void;
  /** Where the person is now. */
  readonly place: () => Place | undefined;
}

function follow(feed: Feed, watch: Watch): () => void {
  const sent = createSentTexts();
  const stop = feed.subscribe((event) => observe(event, sent, watch));
  return () => {
    stop();
    // Its replies will not be seen any more: nothing may seem to wait for them.
    const { results } = watch.store.getState();
    const settled = [...results].filter(([, { state }]) => state !== 'waiting');
    if (settled.length < results.size) watch.store.setState({ results: new Map(settled) });
  };
}

function observe(event: FeedEvent, sent: SentTexts, watch: Watch): void {
  if (event.type === 'entry') {
    if (event.entry.kind === 'sent') onSent(event.entry, sent, watch);
    if (event.entry.kind === 'received') onReceived(event.entry, sent, watch);
    return;
  }
  const text = event.outcome.state === 'answered' ? undefined : sent.take(event.id);
  if (event.outcome.state === 'lost' && text !== undefined) onLost(text, watch);
}

/** The current step's key and itself, when it has something to check. */
function openStep({ place }: Watch): { key: string; step: MessageStep } | undefined {
  const here = place();
  return here?.step.kind === 'message' ? { key: keyOf(here), step: here.step } : undefined;
}

function onSent({ id, text, name }: SentEntry, sent: SentTexts, watch: Watch): void {
  sent.keep(id, text);
  const open = openStep(watch);
  if (!open || `${name}_RSP` !== open.step.check.reply) return;
  if (isRequestMeant(open.step.check, text)) setResult(watch, open.key, { state: 'waiting' });
}

function onReceived({ requestId, text, name }: ReceivedEntry, sent: SentTexts, watch: Watch): void {
  const requestText = requestId === undefined ? undefined : sent.take(requestId);
  const open = openStep(watch);
  if (!open || name !== open.step.check.reply) return;
  const verdict = judge(open.step.check, { requestText, replyText: text });
  if (!verdict) return;
  setResult(watch, open.key, verdict);
  const { ticked } = watch.store.getState();
  if (verdict.state !== 'passed' || ticked.has(open.key)) return;
  watch.change({ ticked: new Set(ticked).add(open.key) });
}

function onLost(text: string, watch: Watch): void {
  const open = openStep(watch);
  if (!open || watch.store.getState().results.get(open.key)?.state !== 'waiting') return;
  if (!isRequestMeant(open.step.check, text)) return;
  setResult(watch, open.key, {
    state: 'other',
    say: messages.lost,
    offer: undefined,
    waitSec: undefined,
  });
}

function setResult({ store }: Watch, key: string, result: StepResult): void {
  const { results } = store.getState();
  store.setState({ results: new Map(results).set(key, result) });
}
