import type { NamedMessage } from '../../protocol/wire/namedMessage.ts';
import type { ConnectionView } from '../connection/page/connectionView.ts';
import { maxVariables } from '../connection/page/variables.ts';
import type {
  Exchange,
  ExchangeState,
  FeedEvent,
  OutgoingMessage,
  ReceivedEntry,
} from '../connection/page/exchange.ts';
import { otherwise, readReply, type StepResult } from './judge.ts';
import { judgeLesson, stepsOf, type Finding, type LessonPlace } from './judgeLesson.ts';
import { texts } from './texts.ts';

/** Anything that reports what goes over a connection; a `Connection` is one. */
export interface Feed {
  /** @returns The function that ends the subscription. */
  readonly subscribe: (listener: (event: FeedEvent) => void) => () => void;
  /** With the variables of that connection: their values are known tokens. */
  readonly store: {
    readonly getState: () => Pick<ConnectionView, 'variables' | 'url' | 'subprotocols'>;
  };
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
  /** The steps that wait for the reply to a message, each with what ends following it. */
  const waiting = new Map<Exchange, { readonly stepId: string; readonly unfollow: () => void }>();
  const stopWaiting = (exchange: Exchange, result?: StepResult) => {
    const step = waiting.get(exchange);
    waiting.delete(exchange);
    step?.unfollow();
    if (!step || watch.resultOf(step.stepId)?.state !== 'waiting') return;
    watch.setResult(step.stepId, result);
  };
  const onMove = (exchange: Exchange, { state }: ExchangeState) => {
    if (state === 'sent') return;
    stopWaiting(exchange, state === 'lost' ? otherwise(texts.lost) : undefined);
  };
  const onSent = (exchange: Exchange) => {
    const { message } = exchange;
    const place = watch.place();
    // The reply may take a token out of the variables: the session has ended.
    if (place && hasUseFor(message.replyName, place)) keepTokens(feed, watch.knownTokens);
    const stepId = waitingStep(message, watch);
    if (stepId === undefined) return;
    const unfollow = exchange.follow((state) => onMove(exchange, state));
    waiting.set(exchange, { stepId, unfollow });
    watch.setResult(stepId, { state: 'waiting' });
  };
  const stop = feed.subscribe((event) => {
    if (event.type !== 'entry') return;
    const { entry, exchange } = event;
    if (entry.kind === 'sent' && exchange) onSent(exchange);
    if (entry.kind === 'received') judgeReply(entry, exchange?.message.request, watch);
  });
  return () => {
    stop();
    // Their replies will not be seen: nothing may seem to wait for them.
    for (const exchange of waiting.keys()) stopWaiting(exchange);
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
  { request, name, replyName }: OutgoingMessage,
  watch: LessonWatch,
): string | undefined {
  const place = watch.place();
  if (!place || !hasUseFor(replyName, place)) return undefined;
  const isAsked = stepsOf(request, replyName, place).some(({ id }) => id === place.openStepId);
  const isExpected = !place.isDone(place.openStepId) || watch.isFromLesson(name);
  return isAsked && isExpected ? place.openStepId : undefined;
}

function judgeReply(
  { text, name }: ReceivedEntry,
  request: NamedMessage | undefined,
  watch: LessonWatch,
): void {
  const place = watch.place();
  if (!place || !hasUseFor(name, place)) return;
  const exchange = readReply(request, text, (token) => watch.knownTokens.has(token));
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
