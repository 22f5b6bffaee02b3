import type {
  Entry,
  Exchange,
  ExchangeState,
  FeedEvent,
  Outcome,
  ReceivedEntry,
} from './exchange.ts';
import type { ConnectionEvent } from './connectionEvent.ts';
import type { QueuedExchange } from './queuedExchange.ts';
import type { Arrival, SessionUpdate } from '../socketPort.ts';

/** @returns Names of the variables that got a new value. */
type Learn = (session: SessionUpdate | undefined) => readonly string[];

/** For all listeners, or for those who follow one exchange. */
type Notification =
  | FeedEvent
  | { readonly type: 'moved'; readonly exchange: QueuedExchange; readonly state: ExchangeState };

/** What goes over a connection, numbered, and delivered to the listeners in order. */
export class ExchangeFeed {
  readonly #learn: Learn;
  readonly #listeners = new Set<(event: FeedEvent) => void>();
  #undelivered: Notification[] = [];
  #isDelivering = false;
  #lastId = 0;

  constructor(learn: Learn) {
    this.#learn = learn;
  }

  /** @returns The function that ends the subscription. */
  subscribe(listener: (event: FeedEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  note(event: ConnectionEvent, atMs: number): void {
    this.#add({ kind: 'connection', id: this.#nextId(), atMs, event });
    this.flush();
  }

  /** A message went out. Delivered with {@link flush}, as what follows. @returns Id of its entry. */
  sent(exchange: Exchange, atMs: number): number {
    const id = this.#nextId();
    const { text, written, name, bytes, isQuiet } = exchange.message;
    const outcome = { state: 'waiting' } as const;
    this.#add({ kind: 'sent', id, atMs, text, written, name, bytes, isQuiet, outcome }, exchange);
    return id;
  }

  /** Something came in, perhaps the reply to a request. */
  received(arrival: Arrival, request: QueuedExchange | undefined): ReceivedEntry {
    const { atMs, bytes, binary, reading, latencyMs } = arrival;
    const entry: ReceivedEntry = {
      kind: 'received',
      id: this.#nextId(),
      atMs,
      text: arrival.text,
      name: reading.name,
      bytes,
      binary,
      statuses: reading.statuses,
      requestId: request?.entryId,
      latencyMs: request && latencyMs,
      learned: this.#learn(reading.session),
    };
    this.#add(entry, request);
    return entry;
  }

  /** An exchange got on. */
  moved(exchange: QueuedExchange, state: ExchangeState): void {
    const outcome = outcomeOf(state);
    const { entryId } = exchange;
    if (outcome && entryId !== undefined) {
      this.#undelivered.push({ type: 'outcome', id: entryId, outcome });
    }
    this.#undelivered.push({ type: 'moved', exchange, state });
  }

  /** A listener may send: what comes of that is delivered after what it is hearing now. */
  flush(): void {
    if (this.#isDelivering) return;
    this.#isDelivering = true;
    try {
      for (let batch = this.#take(); batch.length > 0; batch = this.#take()) {
        for (const each of batch) this.#deliver(each);
      }
    } finally {
      this.#isDelivering = false;
    }
  }

  /** Ends all subscriptions. */
  close(): void {
    this.#listeners.clear();
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  #add(entry: Entry, exchange?: Exchange): void {
    this.#undelivered.push({ type: 'entry', entry, exchange });
  }

  #deliver(each: Notification): void {
    if (each.type === 'moved') each.exchange.notify(each.state);
    else for (const listener of this.#listeners) listener(each);
  }

  #take(): Notification[] {
    const batch = this.#undelivered;
    this.#undelivered = [];
    return batch;
  }
}

/** What the log says of an exchange; undefined while its reply may come. */
function outcomeOf(state: ExchangeState): Outcome | undefined {
  switch (state.state) {
    case 'answered': {
      const { id: replyId, latencyMs = 0 } = state.reply;
      return { state: 'answered', replyId, latencyMs };
    }
    case 'silent':
    case 'lost':
      return { state: state.state };
    case 'waiting':
    case 'held':
    case 'asking':
    case 'refused':
    case 'discarded':
    case 'leaving':
    case 'sent':
      return undefined;
  }
}
