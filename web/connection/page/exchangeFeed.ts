import type { ConnectionEntry, Entry, FeedEvent, Outcome } from './exchange.ts';
import { messages } from './messages.ts';
import type { Outgoing } from './unsentMessage.ts';
import type { Arrival, Departure, SessionNews } from '../socketPort.ts';

/** @returns Names of the variables that got a new value. */
type Learn = (news: SessionNews | undefined) => readonly string[];

/** Most requests remembered; beyond it the older half is never settled. */
const maxWaiting = 50_000;
const utf8 = new TextEncoder();

/** What goes over a connection, numbered, paired, and told to who listens, in order. */
export class ExchangeFeed {
  readonly #learn: Learn;
  readonly #listeners = new Set<(event: FeedEvent) => void>();
  /** Ids of the requests without a reply, by their number on the socket. */
  #waiting = new Map<number, number>();
  #sentCount = 0;
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
    return this.#waiting.size > 0;
  }

  note(tone: ConnectionEntry['tone'], text: string, atMs: number): void {
    this.#add({ kind: 'connection', id: this.#nextId(), atMs, tone, text });
    this.#tell();
  }

  /** A text went out. Listeners hear of it with {@link flush}, when all of a batch is known. */
  sent({ text, written }: Outgoing, { atMs, name, bytes, isQuiet }: Departure): void {
    const id = this.#nextId();
    this.#sentCount += 1;
    this.#waiting.set(this.#sentCount, id);
    if (this.#waiting.size > maxWaiting)
      this.#waiting = new Map([...this.#waiting].slice(maxWaiting / 2));
    const outcome = { state: 'waiting' } as const;
    this.#add({ kind: 'sent', id, atMs, text, written, name, bytes, isQuiet, outcome });
  }

  /** Texts went out of which nothing more will be heard. */
  sentUnread(texts: readonly Outgoing[], atMs: number): void {
    for (const each of texts) {
      const bytes = utf8.encode(each.text).length;
      this.sent(each, { type: 'sent', atMs, name: '', bytes, isQuiet: false });
    }
  }

  /**
   * Takes what came in. Listeners hear of it with {@link flush}.
   * @returns Whether it answers a request.
   */
  arrived(arrival: Arrival): boolean {
    const { atMs, bytes, binary, reading, latencyMs } = arrival;
    const requestId = this.#settle(arrival.answers);
    const id = this.#nextId();
    for (const each of arrival.silent) {
      const silentId = this.#settle(each);
      if (silentId !== undefined) this.#outcome(silentId, { state: 'silent' });
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
      requestId,
      latencyMs: requestId === undefined ? undefined : latencyMs,
      learned: this.#learn(reading.session),
    });
    if (requestId === undefined || latencyMs === undefined) return false;
    this.#outcome(requestId, { state: 'answered', replyId: id, latencyMs });
    return true;
  }

  flush(): void {
    this.#tell();
  }

  /** The socket is gone: no reply comes any more for what waits, and the next one counts anew. */
  loseWaiting(): void {
    for (const id of this.#waiting.values()) this.#outcome(id, { state: 'lost' });
    this.#waiting.clear();
    this.#sentCount = 0;
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

  /** @returns Id of the request of this number, which waits no more. */
  #settle(count: number | undefined): number | undefined {
    if (count === undefined) return undefined;
    const id = this.#waiting.get(count);
    this.#waiting.delete(count);
    return id;
  }

  #outcome(id: number, outcome: Outcome): void {
    this.#untold.push({ type: 'outcome', id, outcome });
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
