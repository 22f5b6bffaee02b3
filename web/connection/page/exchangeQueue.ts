import type { StoreApi } from 'zustand/vanilla';
import type { ConnectionView } from './connectionView.ts';
import type { ExchangeState, OutgoingMessage, WaitRefusal } from './exchange.ts';
import { QueuedExchange } from './queuedExchange.ts';
import type { ExchangeFeed } from './exchangeFeed.ts';
import type { Arrival } from '../socketPort.ts';

/** Most messages that wait for a connection; the next is refused. */
export const maxUnsent = 100;
/** Most requests remembered; beyond it the older half is never settled. */
const maxSent = 50_000;

/** Why a message cannot be given to a connection now; undefined when it can. */
export function refusalOf(
  { name, late }: Pick<OutgoingMessage, 'name' | 'late'>,
  { status, unsent }: Pick<ConnectionView, 'status' | 'unsent'>,
): WaitRefusal | undefined {
  if (status.state === 'open') return undefined;
  return late === 'safe' ? refusalOfMore(unsent) : { reason: late, name };
}

function refusalOfMore({ length }: ConnectionView['unsent']): WaitRefusal | undefined {
  return length >= maxUnsent ? { reason: 'full', most: maxUnsent } : undefined;
}

interface Circumstances {
  /** There is a socket to send over. */
  readonly isOpen: boolean;
  /** A person confirms the message first. */
  readonly asks: boolean;
  readonly atMs: number;
}

/**
 * The messages of a connection that are not settled: those that wait for it, those on their way to
 * the socket, and those whose reply may come. The first are `unsent` of the connection's view.
 */
export class ExchangeQueue {
  readonly #view: StoreApi<ConnectionView>;
  readonly #feed: ExchangeFeed;
  readonly #open = new Map<number, QueuedExchange>();
  #lastId = 0;

  constructor(view: StoreApi<ConnectionView>, feed: ExchangeFeed) {
    this.#view = view;
    this.#feed = feed;
  }

  /** Takes a message: for the socket, for the next one, to ask about it, or not at all. */
  add(message: OutgoingMessage, { isOpen, asks, atMs }: Circumstances): QueuedExchange {
    this.#lastId += 1;
    const view = this.#view.getState();
    const refusal = refusalOf(message, view) ?? (asks ? refusalOfMore(view.unsent) : undefined);
    const state: ExchangeState = refusal
      ? { state: 'refused', refusal }
      : { state: asks ? 'asking' : isOpen ? 'leaving' : 'waiting' };
    const exchange = new QueuedExchange({ id: this.#lastId, atMs, message, state });
    this.#keep(exchange);
    if (isUnsent(state)) this.#showUnsent();
    return exchange;
  }

  /** Whether a message is on its way, or its reply. */
  isBusy(): boolean {
    return this.#open.size > this.#view.getState().unsent.length;
  }

  /**
   * A message that only a person sends waits again.
   * @param asks Whether it has to be confirmed first.
   * @returns Why it does not.
   */
  release(id: number, asks: (message: OutgoingMessage) => boolean): WaitRefusal | undefined {
    const held = this.#in('held', 'asking').filter((each) => each.id === id);
    const { status } = this.#view.getState();
    const [refusal] = held.flatMap(
      ({ message }) => refusalOf(message, { status, unsent: [] }) ?? [],
    );
    const isAsking = held.some(({ message }) => asks(message));
    if (!refusal) this.#move(held, { state: isAsking ? 'asking' : 'waiting' });
    return refusal;
  }

  /** There is a socket. @returns What waited for it. */
  takeWaiting(): readonly QueuedExchange[] {
    return this.#move(this.#in('waiting'), { state: 'leaving' });
  }

  /** A message went out. */
  wentOut(id: number, atMs: number): void {
    const exchange = this.#open.get(id);
    if (!exchange) return;
    exchange.entryId = this.#feed.sent(exchange, atMs);
    this.#move([exchange], { state: 'sent' });
  }

  /** What the socket has goes out, but nobody will report it. */
  allWentOut(atMs: number): void {
    for (const { id } of this.#in('leaving')) this.wentOut(id, atMs);
  }

  /** A message came in. @returns Whether it answers a request. */
  received(arrival: Arrival): boolean {
    const silent = arrival.silent.flatMap((id) => this.#open.get(id) ?? []);
    this.#move(silent, { state: 'silent' });
    const request = arrival.answers === undefined ? undefined : this.#open.get(arrival.answers);
    const reply = this.#feed.received(arrival, request);
    if (request) this.#move([request], { state: 'answered', reply });
    return request !== undefined;
  }

  /** No reply comes any more for what went out. */
  loseSent(): void {
    this.#move(this.#in('sent'), { state: 'lost' });
    this.#feed.flush();
  }

  /** From now on only a person sends these. @returns How many they are. */
  hold(those: 'waiting' | 'leaving'): number {
    return this.#move(this.#in(those), { state: 'held' }).length;
  }

  /**
   * Takes messages out that have not been sent.
   * @returns The function that brings them back. They then wait only if a connection is being made
   *   and the catalog lets them.
   */
  discard(ids: readonly number[]): () => void {
    const chosen = this.#in(...unsentStates).filter(({ id }) => ids.includes(id));
    this.#move(chosen, { state: 'discarded' });
    this.#feed.flush();
    return () => {
      const { state } = this.#view.getState().status;
      const isComing = state === 'connecting' || state === 'retrying';
      for (const each of chosen.filter((one) => one.state.state === 'discarded')) {
        const mayWait = isComing && each.message.late === 'safe';
        this.#move([each], { state: mayWait ? 'waiting' : 'held' });
      }
      this.#feed.flush();
    };
  }

  /** Those in one of these states, oldest first. */
  #in(...states: readonly ExchangeState['state'][]): readonly QueuedExchange[] {
    const found = [...this.#open.values()].filter(({ state }) => states.includes(state.state));
    return found.toSorted((a, b) => a.id - b.id);
  }

  #move(exchanges: readonly QueuedExchange[], state: ExchangeState): readonly QueuedExchange[] {
    if (exchanges.length === 0) return exchanges;
    const isOfUnsent = [state, ...exchanges.map((each) => each.state)].some(isUnsent);
    for (const exchange of exchanges) {
      exchange.state = state;
      this.#keep(exchange);
      this.#feed.moved(exchange, state);
    }
    if (isOfUnsent) this.#showUnsent();
    return exchanges;
  }

  #keep(exchange: QueuedExchange): void {
    if (isSettled(exchange.state)) this.#open.delete(exchange.id);
    else this.#open.set(exchange.id, exchange);
    if (this.#open.size > maxSent) this.#forgetOlderHalf();
  }

  #forgetOlderHalf(): void {
    for (const { id } of this.#in('sent').slice(0, maxSent / 2)) this.#open.delete(id);
  }

  #showUnsent(): void {
    const unsent = unsentStates.flatMap((state) =>
      this.#in(state).map(({ id, atMs, message }) => ({ id, atMs, message, state })),
    );
    this.#view.setState({ unsent: unsent.toSorted((a, b) => a.id - b.id) });
  }
}

/** Those of {@link ConnectionView.unsent}. */
const unsentStates = ['waiting', 'held', 'asking'] as const;

function isUnsent({ state }: ExchangeState): boolean {
  return unsentStates.some((each) => each === state);
}

function isSettled(state: ExchangeState): boolean {
  return !(isUnsent(state) || state.state === 'leaving' || state.state === 'sent');
}
