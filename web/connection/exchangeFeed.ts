import { readMessage } from '../../protocol/frame.ts';
import type { ConnectionEntry, Entry, FeedEvent } from './exchange.ts';
import { messages } from './messages.ts';
import { createPendingReplies, type Sending } from './pendingReplies.ts';
import type { Arrival, SessionNews } from './socketPort.ts';

/** @returns Names of the variables that got a new value. */
type Learn = (news: SessionNews | undefined) => readonly string[];

const utf8 = new TextEncoder();

/** What goes over a connection, numbered, paired, and told to who listens, in order. */
export class ExchangeFeed {
  readonly #learn: Learn;
  readonly #listeners = new Set<(event: FeedEvent) => void>();
  readonly #pending = createPendingReplies();
  #untold: FeedEvent[] = [];
  #isTelling = false;
  #lastId = 0;

  constructor(learn: Learn) {
    this.#learn = learn;
  }

  /** @returns The function that ends the subscription. */
  subscribe(listener: (event: FeedEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Whether a reply may still come. */
  isWaiting(): boolean {
    return this.#pending.hasAny();
  }

  note(tone: ConnectionEntry['tone'], text: string, atMs: number): void {
    this.#add({ kind: 'connection', id: this.#nextId(), atMs, tone, text });
    this.#tell();
  }

  /** @returns Where the time belongs at which the text really went out. */
  sent(text: string, atMs: number): Sending {
    const id = this.#nextId();
    const request = this.#pending.sent(id, text, atMs);
    this.#add({
      kind: 'sent',
      id,
      atMs,
      text,
      name: readMessage(text)?.name ?? '',
      bytes: utf8.encode(text).length,
      isQuiet: request.isQuiet,
      outcome: { state: 'waiting' },
    });
    this.#tell();
    return request;
  }

  /**
   * Takes what came in. Listeners hear of it with {@link flush}, when all of a batch is known.
   * @returns Whether it answers a request.
   */
  arrived(arrival: Arrival): boolean {
    const { atMs, bytes, binary, reading } = arrival;
    const { request, silentIds } = this.#pending.received(arrival);
    const latencyMs = request ? atMs - request.sentAtMs : undefined;
    const id = this.#nextId();
    for (const each of silentIds) {
      this.#untold.push({ type: 'outcome', id: each, outcome: { state: 'silent' } });
    }
    this.#add({
      kind: 'received',
      id,
      atMs,
      text: binary ? messages.binary(bytes) : arrival.text,
      name: reading.name,
      bytes,
      binary,
      statuses: reading.statuses,
      requestId: request?.id,
      latencyMs,
      learned: this.#learn(reading.session),
    });
    if (!request || latencyMs === undefined) return false;
    const outcome = { state: 'answered', replyId: id, latencyMs } as const;
    this.#untold.push({ type: 'outcome', id: request.id, outcome });
    return true;
  }

  flush(): void {
    this.#tell();
  }

  /** No reply comes any more for what waits. */
  loseWaiting(): void {
    for (const id of this.#pending.dropAll()) {
      this.#untold.push({ type: 'outcome', id, outcome: { state: 'lost' } });
    }
    this.#tell();
  }

  /** Ends all subscriptions. */
  close(): void {
    this.#listeners.clear();
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  #add(entry: Entry): void {
    this.#untold.push({ type: 'entry', entry });
  }

  /** A listener may send: what comes of that is told after what it is being told now. */
  #tell(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    try {
      for (let events = this.#take(); events.length > 0; events = this.#take()) {
        events.forEach((event) => this.#tellOf(event));
      }
    } finally {
      this.#isTelling = false;
    }
  }

  #tellOf(event: FeedEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  #take(): FeedEvent[] {
    const events = this.#untold;
    this.#untold = [];
    return events;
  }
}
