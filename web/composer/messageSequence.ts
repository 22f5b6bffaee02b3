import { createStore, type StoreApi } from 'zustand/vanilla';
import { isSuccess, type StatusName } from '../../protocol/status.ts';
import type { Result } from '../../protocol/result.ts';
import type { Connection } from '../connection/page/connection.ts';
import type {
  Exchange,
  ExchangeState,
  OutgoingMessage,
  ReceivedEntry,
} from '../connection/page/exchange.ts';
import type { DraftMessage, MessageFault } from './checkMessage.ts';
import type { Draft } from './draft.ts';

/** Why a sequence is over. */
export type SequenceEnd =
  /** Every message was sent; so many of them were answered with a failure. */
  | { readonly kind: 'finished'; readonly failures: number }
  | { readonly kind: 'stopped' }
  /** The reply to the last message that was sent, or to a quiet one before it, is a failure. */
  | {
      readonly kind: 'failed';
      readonly replyName: string;
      readonly statuses: readonly StatusName[];
    }
  | { readonly kind: 'lost' }
  /** A person took the next message back before it went out. */
  | { readonly kind: 'cancelled' }
  /** The next message cannot be sent. */
  | { readonly kind: 'held'; readonly fault: MessageFault };

/** Where a sequence stands; `sent` counts the messages that went out. */
export type SequenceState =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly sent: number; readonly total: number }
  | {
      readonly state: 'ended';
      readonly sent: number;
      readonly total: number;
      readonly end: SequenceEnd;
    };

/** What the composer shows of a sequence. */
export interface SequenceView {
  readonly progress: SequenceState;
  readonly stopsAtFailure: boolean;
  /** The messages as they were written. */
  readonly written: readonly string[];
  /** Indexes of messages that were answered with a failure, or cannot be sent. */
  readonly failed: readonly number[];
  /** Indexes of messages that were left out. */
  readonly skipped: readonly number[];
}

/** How the messages of a sequence go out. */
export interface Sending {
  readonly connection: Connection;
  /** Called when a message's turn comes: what goes out, or why nothing can. */
  readonly prepare: (message: DraftMessage) => Result<OutgoingMessage, MessageFault>;
}

/** A message that went out. */
interface Step {
  readonly index: number;
  readonly exchange: Exchange;
}

/**
 * Sends messages one after another over one connection, each when the one before it is answered.
 * Quiet commands are not waited for, but a failure that one of them reports counts like any other.
 */
export class MessageSequence {
  readonly store: StoreApi<SequenceView> = createStore<SequenceView>(() => ({
    progress: { state: 'idle' },
    stopsAtFailure: true,
    written: [],
    failed: [],
    skipped: [],
  }));
  #messages: readonly DraftMessage[] = [];
  #sending: Sending | undefined;
  /** The message that must be answered, or at least go out, before the next one. */
  #current: Exchange | undefined;
  #unfollow: (() => void)[] = [];
  /** Index of the first message that was sent since the last start. */
  #from = 0;

  /** Starts, unless one is running. */
  start(messages: readonly DraftMessage[], sending: Sending): void {
    if (this.isRunning()) return;
    this.store.setState({ failed: [], skipped: [] });
    this.#run(messages, sending, 0);
  }

  /**
   * Continues where it ended, with the messages as they are now.
   * @param skip Leaves out the next one.
   */
  resume(
    messages: readonly DraftMessage[],
    { skip, ...sending }: Sending & { readonly skip: boolean },
  ): void {
    const { progress, failed, skipped } = this.store.getState();
    if (progress.state !== 'ended') return;
    const { sent } = progress;
    this.store.setState({
      failed: failed.filter((index) => index < sent),
      skipped: skip ? [...skipped, sent] : skipped,
    });
    this.#run(messages, sending, skip ? sent + 1 : sent);
  }

  #run(messages: readonly DraftMessage[], sending: Sending, from: number): void {
    this.#messages = messages;
    this.#sending = sending;
    this.#current = undefined;
    this.#from = from;
    this.store.setState({ written: messages.map(({ text }) => text) });
    this.#setProgress({ state: 'running', sent: from, total: messages.length });
    this.#sendNext();
  }

  /** Sends no further message, not even the one that waits for a connection or a confirmation. */
  stop(): void {
    const current = this.#current;
    this.#end({ kind: 'stopped' });
    const isWaiting = current && ['waiting', 'asking'].includes(current.state.state);
    if (isWaiting) this.#sending?.connection.discard([current.id]);
  }

  /** Forgets how the last one ended. */
  dismiss(): void {
    if (!this.isRunning()) this.#setProgress({ state: 'idle' });
  }

  setStopsAtFailure(stopsAtFailure: boolean): void {
    this.store.setState({ stopsAtFailure });
  }

  isRunning(): boolean {
    return this.store.getState().progress.state === 'running';
  }

  #sendNext(): void {
    const { progress } = this.store.getState();
    if (progress.state !== 'running' || !this.#sending) return;
    const { connection, prepare } = this.#sending;
    const { sent, total } = progress;
    const message = this.#messages[sent];
    if (message === undefined) {
      this.#end({ kind: 'finished', failures: this.store.getState().failed.length });
      return;
    }
    // The first waits for a connection; the others belong to the one over which it went out.
    if (sent > this.#from && connection.store.getState().status.state !== 'open') {
      this.#end({ kind: 'lost' });
      return;
    }
    const prepared = prepare(message);
    if (!prepared.ok) {
      this.#fail(sent);
      this.#end({ kind: 'held', fault: prepared.refusal });
      return;
    }
    this.#setProgress({ state: 'running', sent: sent + 1, total });
    this.#follow({ index: sent, exchange: connection.send(prepared.value) });
  }

  #follow(step: Step): void {
    const { exchange } = step;
    this.#current = exchange;
    this.#unfollow.push(exchange.follow((state) => this.#moved(step, state)));
    if (exchange.state.state === 'refused') this.#moved(step, exchange.state);
  }

  #moved({ index, exchange }: Step, state: ExchangeState): void {
    switch (state.state) {
      case 'waiting':
      case 'asking':
      case 'leaving':
      case 'silent':
        return;
      case 'sent':
        if (exchange.message.isQuiet) this.#sendAfter(exchange);
        return;
      case 'answered':
        if (!state.reply.statuses.every(isSuccess)) this.#failed(index, state.reply);
        this.#sendAfter(exchange);
        return;
      case 'refused':
        this.#end({ kind: 'held', fault: { kind: 'cannotWait', refusal: state.refusal } });
        return;
      case 'discarded':
        this.#cancelled(index);
        return;
      case 'held':
      case 'lost':
        this.#end({ kind: 'lost' });
        return;
    }
  }

  #failed(index: number, { name: replyName, statuses }: ReceivedEntry): void {
    this.#fail(index);
    if (this.store.getState().stopsAtFailure) this.#end({ kind: 'failed', replyName, statuses });
  }

  /** It did not go out, so it is the one to continue with. */
  #cancelled(index: number): void {
    const { progress } = this.store.getState();
    if (progress.state === 'running') this.#setProgress({ ...progress, sent: index });
    this.#end({ kind: 'cancelled' });
  }

  #fail(index: number): void {
    this.store.setState(({ failed }) => ({ failed: [...failed, index] }));
  }

  /** Later: first everybody is notified of what has just happened. */
  #sendAfter(exchange: Exchange): void {
    if (this.#current !== exchange) return;
    this.#current = undefined;
    queueMicrotask(() => {
      if (this.#current === undefined) this.#sendNext();
    });
  }

  #end(end: SequenceEnd): void {
    const { progress } = this.store.getState();
    if (progress.state !== 'running') return;
    for (const unfollow of this.#unfollow.splice(0)) unfollow();
    const { sent, total } = progress;
    this.#setProgress({ state: 'ended', sent, total, end });
  }

  #setProgress(progress: SequenceState): void {
    this.store.setState({ progress });
  }
}

/** Made when they are first asked for: a draft is there before this code is loaded. */
const sequences = new WeakMap<Draft, MessageSequence>();

/** Several messages of a draft on their way; continues while another tab is shown. */
export function sequenceOf(draft: Draft): MessageSequence {
  const known = sequences.get(draft) ?? new MessageSequence();
  sequences.set(draft, known);
  return known;
}
