import { createStore, type StoreApi } from 'zustand/vanilla';
import { isSuccess, type StatusName } from '../../protocol/status.ts';
import type { ConnectionView } from '../connection/page/connectionView.ts';
import type { Entry, FeedEvent, Outcome } from '../connection/page/exchange.ts';
import type { Result } from '../../protocol/result.ts';
import type { UnsentMessage } from '../connection/page/unsentMessage.ts';
import type { Connection } from '../connection/page/connection.ts';
import type { MessageFault } from './checkMessage.ts';

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
}

/** How the messages of a sequence go out. */
export interface Sending {
  readonly connection: Connection;
  /** Called when a message's turn comes: what goes over the wire, or why nothing can. */
  readonly prepare: (message: string) => Result<string, MessageFault>;
  /** Sends it, or keeps it until there is a connection. */
  readonly send: (text: string, message: string) => void;
}

/**
 * Sends messages one after another over one connection, each when the one before it is answered.
 * Quiet commands are not waited for, but a failure that one of them reports counts like any other.
 */
export class MessageSequence {
  readonly store: StoreApi<SequenceView> = createStore<SequenceView>(() => ({
    progress: { state: 'idle' },
    stopsAtFailure: true,
  }));
  #messages: readonly string[] = [];
  #sending: Sending | undefined;
  #unsubscribe = () => {};
  /** Our messages by the ids of their log entries. */
  readonly #ids = new Set<number>();
  /** What was handed to the connection and did not go out yet. */
  #outgoing: string | undefined;
  /** The message whose reply is waited for. */
  #awaitedId: number | undefined;
  #failures = 0;

  /** Starts, unless one is running. @param messages As written, variables not filled in. */
  start(messages: readonly string[], sending: Sending): void {
    if (this.isRunning()) return;
    this.#messages = messages;
    this.#sending = sending;
    this.#ids.clear();
    this.#outgoing = undefined;
    this.#awaitedId = undefined;
    this.#failures = 0;
    const { connection } = sending;
    const stopFeed = connection.subscribe((event) => this.#observe(event));
    const stopStatus = connection.store.subscribe((view) => this.#follow(view));
    this.#unsubscribe = () => {
      stopFeed();
      stopStatus();
    };
    this.#setProgress({ state: 'running', sent: 0, total: messages.length });
    this.#sendNext();
  }

  /** Sends no further message, not even the one that waits for a connection. */
  stop(): void {
    const connection = this.#sending?.connection;
    const waiting = connection && this.#waiting(connection.store.getState());
    this.#end({ kind: 'stopped' });
    if (waiting) connection.outbox.discard([waiting]);
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
    const { sent, total } = progress;
    const message = this.#messages[sent];
    if (message === undefined) {
      this.#end({ kind: 'finished', failures: this.#failures });
      return;
    }
    const checked = this.#sending.prepare(message);
    if (!checked.ok) {
      this.#end({ kind: 'held', fault: checked.refusal });
      return;
    }
    this.#setProgress({ state: 'running', sent: sent + 1, total });
    this.#outgoing = checked.value;
    this.#sending.send(checked.value, message);
  }

  #observe(event: FeedEvent): void {
    if (event.type === 'outcome') this.#settle(event.id, event.outcome);
    else this.#take(event.entry);
  }

  #take(entry: Entry): void {
    if (entry.kind === 'sent' && entry.text === this.#outgoing) {
      this.#outgoing = undefined;
      this.#ids.add(entry.id);
      if (entry.isQuiet) this.#resume();
      else this.#awaitedId = entry.id;
    }
    const isOurs = entry.kind === 'received' && this.#ids.has(entry.requestId ?? 0);
    if (!isOurs || entry.statuses.every(isSuccess)) return;
    this.#failures += 1;
    const { name: replyName, statuses } = entry;
    if (this.store.getState().stopsAtFailure) this.#end({ kind: 'failed', replyName, statuses });
  }

  #settle(id: number, { state }: Outcome): void {
    if (id !== this.#awaitedId) return;
    if (state === 'lost') this.#end({ kind: 'lost' });
    else this.#resume();
  }

  /** Later: first everybody hears of what has just happened, and the message at hand goes out. */
  #resume(): void {
    this.#awaitedId = undefined;
    queueMicrotask(() => {
      if (this.#awaitedId === undefined && this.#outgoing === undefined) this.#sendNext();
    });
  }

  /** What waits for a first connection goes out with it; anything else ends with the connection. */
  #follow(view: ConnectionView): void {
    if (view.status.state !== 'open' && !this.#waiting(view)) this.#end({ kind: 'lost' });
  }

  /** Our message that waits for a connection. */
  #waiting({ unsent }: ConnectionView): UnsentMessage | undefined {
    return unsent.findLast(({ text, state }) => state === 'waiting' && text === this.#outgoing);
  }

  #end(end: SequenceEnd): void {
    const { progress } = this.store.getState();
    if (progress.state !== 'running') return;
    this.#unsubscribe();
    const { sent, total } = progress;
    this.#setProgress({ state: 'ended', sent, total, end });
  }

  #setProgress(progress: SequenceState): void {
    this.store.setState({ progress });
  }
}
