import type { Clock } from '../../../protocol/clock.ts';
import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import type { Watch } from '../watch.ts';
import type { OtherInspections } from './otherInspections.ts';

/** Other servers are asked again so often, in milliseconds: or they stop, and new ones do not begin. */
const askAgainMs = 1_000;

/** Frames of other servers that wait for a slow inspector; more are left out. */
const maxWaiting = 100;

type ManyRequest = Extract<InspectionRequest, { type: 'stream' | 'clients' }>;
type AskedEvent = Extract<InspectionEvent, { type: 'streamed' | 'clients' }>;

export interface ManyServersParts {
  readonly servers: OtherInspections;
  readonly clock: Clock;
  readonly within: string;
  /** Called when {@link ManyServersWatch.next} may have something. */
  readonly onDue: () => void;
}

/** What has come of a server. */
interface Asked {
  readonly name: string;
  /** Number of the request. */
  readonly number: number;
  /** Of the last frame that came. */
  sequence: number;
  /** Frames are missing, until a whole one comes. */
  isBroken: boolean;
  /** By streams that it had before; it may have begun again. */
  countedBefore: number;
  counted: number;
  /** Entries that were handed over. */
  entries: number;
}

/** Watches one thing on all servers that share the store: each frame is about one of them, and names it. */
export class ManyServersWatch implements Watch {
  readonly #own: Watch | undefined;
  readonly #request: ManyRequest;
  readonly #parts: ManyServersParts;
  /** By the id of the server. */
  readonly #asked = new Map<string, Asked>();
  #waiting: AskedEvent[] = [];
  #stopTimer: (() => void) | undefined;

  /** @param own Of this server; undefined: not wanted. */
  constructor(request: ManyRequest, own: Watch | undefined, parts: ManyServersParts) {
    this.#request = request;
    this.#own = own;
    this.#parts = parts;
    this.#askAll();
  }

  get hasChanges(): boolean {
    return (this.#own?.hasChanges ?? false) || this.#waiting.length > 0;
  }

  async next(): Promise<InspectionEvent | undefined> {
    if (!this.#own?.hasChanges) return this.#waiting.shift();
    const event = await this.#own.next();
    const isNamed = event?.type === 'streamed' || event?.type === 'clients';
    return isNamed ? { ...event, server: this.#parts.servers.own.name } : event;
  }

  noteSent(tookMs: number): void {
    this.#own?.noteSent?.(tookMs);
  }

  close(): void {
    this.#stopTimer?.();
    this.#own?.close?.();
    for (const [id, { number }] of this.#asked) this.#parts.servers.end(number, [id]);
  }

  #askAll(): void {
    const { servers, clock } = this.#parts;
    const living = servers.list().filter(({ name }) => this.#isWanted(name));
    for (const { id, name } of living) {
      if (!this.#asked.has(id)) this.#asked.set(id, this.#newAsked(id, name));
      this.#ask(id);
    }
    for (const id of this.#asked.keys()) {
      if (!living.some((server) => server.id === id)) this.#drop(id);
    }
    this.#stopTimer = clock.setTimer(() => this.#askAll(), askAgainMs);
  }

  #isWanted(name: string): boolean {
    const { server } = { server: undefined, ...this.#request };
    return server === undefined || server === name;
  }

  #newAsked(id: string, name: string): Asked {
    const number = this.#parts.servers.expect((from, answer) => {
      if (from === id) this.#take(id, answer);
    });
    return { name, number, sequence: 0, isBroken: false, countedBefore: 0, counted: 0, entries: 0 };
  }

  #ask(id: string): void {
    const { servers, within } = this.#parts;
    const asked = this.#asked.get(id);
    if (asked)
      servers.ask(id, asked.number, {
        request: this.#request,
        within,
        isWhole: asked.isBroken || undefined,
      });
  }

  /** The server is not there any more, and so are its clients. */
  #drop(id: string): void {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if (!asked) return;
    this.#parts.servers.end(asked.number, []);
    if (this.#request.type !== 'clients') return;
    const { number } = this.#request;
    const nowMs = Math.round(this.#parts.clock.nowMs());
    const none = { connections: [], changed: [] };
    this.#put({ type: 'clients', number, server: asked.name, nowMs, ...none });
  }

  #take(id: string, { sequence, event }: { sequence: number; event: InspectionEvent }): void {
    const asked = this.#asked.get(id);
    if (!asked) return;
    const isNext = sequence === asked.sequence + 1;
    asked.sequence = sequence;
    if (sequence === 1) asked.countedBefore += asked.counted;
    const { number } = this.#request;
    if (event.type === 'clients') {
      // Others have only what is new since the one before.
      const isWhole = event.changed.length === event.connections.length;
      asked.isBroken =
        this.#waiting.length >= maxWaiting || !(isWhole || (isNext && !asked.isBroken));
      if (asked.isBroken) this.#ask(id);
      else this.#put({ ...event, number, server: asked.name });
    }
    if (event.type === 'streamed') this.#put(this.#streamed(asked, event));
  }

  /** With what was counted and has not come here as left out. */
  #streamed(
    asked: Asked,
    event: Extract<InspectionEvent, { type: 'streamed' }>,
  ): Extract<InspectionEvent, { type: 'streamed' }> {
    const { number } = this.#request;
    asked.counted = event.counted;
    const counted = asked.countedBefore + event.counted;
    const entries = this.#waiting.length < maxWaiting ? event.entries : [];
    asked.entries += entries.length;
    const leftOut = counted - asked.entries;
    return { ...event, number, server: asked.name, entries, counted, leftOut };
  }

  #put(event: AskedEvent): void {
    if (this.#waiting.length >= maxWaiting) {
      // The next counts of a stream have those before them.
      this.#waiting = this.#waiting.filter(
        (other) =>
          other.type === 'clients' || other.entries.length > 0 || other.server !== event.server,
      );
    }
    this.#waiting.push(event);
    this.#parts.onDue();
  }
}
