import { replyNameOf } from '../../protocol/wire/replyName.ts';
import { readMessage } from '../../protocol/wire/namedMessage.ts';
import { maxVariables, type Variables } from '../connection/page/variables.ts';
import type { FeedEvent, ReceivedEntry, SentEntry } from '../connection/page/exchange.ts';
import { otherwise, readExchange, type StepResult } from './judge.ts';
import { judgeLesson, stepsOf, type Finding, type LessonPlace } from './judgeLesson.ts';
import { texts } from './texts.ts';
import { createSentTexts } from './sentTexts.ts';

/** Anything that reports what goes over a connection; a `Connection` is one. */
export interface Feed {
  /** @returns The function that ends the subscription. */
  readonly subscribe: (listener: (event: FeedEvent) => void) => () => void;
  /** With the variables of that connection: their values are known tokens. */
  readonly store: { readonly getState: () => { readonly variables: Variables } };
}

/** What the feed of a connection changes in the tutorial. */
export interface LessonWatch {
  /** undefined: there are no lessons. */
  readonly place: () => LessonPlace | undefined;
  /** Whether the lesson put this command into the composer: then it is not done by hand. */
  readonly isFromLesson: (commandName: string) => boolean;
  /** Tokens that this page had when something was sent, over any connection. */
  readonly knownTokens: Set<string>;
  readonly resultOf: (stepId: string) => StepResult | undefined;
  /** undefined removes it. */
  readonly setResult: (stepId: string, result: StepResult | undefined) => void;
  /** A reply has been judged. */
  readonly onFinding: (finding: Finding, from: { readonly isByHand: boolean }) => void;
}

/**
 * Judges what goes over a connection, however it was sent: written, sent again, run by the lesson.
 * @returns The function that stops it.
 */
export function followFeed(feed: Feed, watch: LessonWatch): () => void {
  const sent = createSentTexts();
  /** The step that waits for the reply to a message, by the id of its entry. */
  const waiting = new Map<number, string>();
  const stopWaiting = (id: number, result?: StepResult) => {
    const stepId = waiting.get(id);
    waiting.delete(id);
    if (stepId === undefined || watch.resultOf(stepId)?.state !== 'waiting') return;
    watch.setResult(stepId, result);
  };
  const onSent = ({ id, text, name }: SentEntry) => {
    sent.keep(id, text);
    const place = watch.place();
    // The reply may take a token out of the variables: the session has ended.
    if (place && hasUseFor(replyNameOf(name), place)) keepTokens(feed, watch.knownTokens);
    const stepId = waitingStep({ text, name }, watch);
    if (stepId === undefined) return;
    waiting.set(id, stepId);
    watch.setResult(stepId, { state: 'waiting' });
  };
  const onReceived = (entry: ReceivedEntry) => {
    const { requestId } = entry;
    const requestText = requestId === undefined ? undefined : sent.take(requestId);
    judgeReply(entry, requestText, watch);
    if (requestId !== undefined) stopWaiting(requestId);
  };
  const stop = feed.subscribe((event) => {
    if (event.type === 'entry') {
      if (event.entry.kind === 'sent') onSent(event.entry);
      if (event.entry.kind === 'received') onReceived(event.entry);
      return;
    }
    if (event.outcome.state === 'answered') return;
    sent.take(event.id);
    stopWaiting(event.id, event.outcome.state === 'lost' ? otherwise(texts.lost) : undefined);
  });
  return () => {
    stop();
    // Their replies will not be seen: nothing may seem to wait for them.
    for (const id of waiting.keys()) stopWaiting(id);
  };
}

/** Most tokens that are known; the oldest go first. */
const maxKnownTokens = 2 * maxVariables;

function keepTokens(feed: Feed, known: Set<string>): void {
  for (const value of feed.store.getState().variables.values()) {
    known.delete(value);
    known.add(value);
  }
  for (const oldest of known) {
    if (known.size <= maxKnownTokens) break;
    known.delete(oldest);
  }
}

/** The open step, if a message is one that it asks for. */
function waitingStep(
  { text, name }: Pick<SentEntry, 'text' | 'name'>,
  watch: LessonWatch,
): string | undefined {
  const place = watch.place();
  if (!place || !hasUseFor(replyNameOf(name), place)) return undefined;
  const asked = stepsOf(readMessage(text), replyNameOf(name), place);
  const isAsked = asked.some(({ id }) => id === place.openStepId);
  const isExpected = !place.isDone(place.openStepId) || watch.isFromLesson(name);
  return isAsked && isExpected ? place.openStepId : undefined;
}

function judgeReply(
  { text, name }: ReceivedEntry,
  requestText: string | undefined,
  watch: LessonWatch,
): void {
  const place = watch.place();
  if (!place || !hasUseFor(name, place)) return;
  const exchange = readExchange(requestText, text, (token) => watch.knownTokens.has(token));
  const { owner, open } = judgeLesson(exchange, place);
  const isByHand = !watch.isFromLesson(exchange.request?.name ?? '');
  if (open && (open === owner || !isByHand || !place.isDone(open.step.id))) {
    watch.setResult(open.step.id, open.verdict);
  }
  if (owner) watch.onFinding(owner, { isByHand });
}

/** Whether a reply can matter: a flood of others must cost nothing. */
function hasUseFor(replyName: string, { lesson, openStepId, isDone }: LessonPlace): boolean {
  return lesson.steps.some(
    ({ id, ...step }) =>
      'check' in step && step.check.reply === replyName && (id === openStepId || !isDone(id)),
  );
}
