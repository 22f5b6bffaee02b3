import { Held, type Hold, type Waiting, type Eventually } from '../eventually.ts';
import type { Outlet } from './outlet.ts';

/** The connection of requests. */
export interface InFlightHost {
  readonly outlet: Pick<Outlet, 'guard' | 'fail'>;
  /** Takes a reply that was held back; absent: none is. Must neither throw nor reject. */
  takeHeld?(held: Held): Eventually<string | null>;
}

/** A request in flight, or done behind one that is. */
interface Slot {
  readonly size: number;
  isDone: boolean;
  reply: string | null;
  /** Its reply, which is there and waits. */
  held: Held | undefined;
}

/** The requests of one socket that have begun and whose replies were not sent, in their order; gone when there is none. */
export class InFlight implements Waiting {
  readonly #host: InFlightHost;
  readonly #onDone: () => void;
  #slots: Slot[] = [];
  #bytes = 0;
  #hasBarrier = false;
  /** What the newest of the held replies waits for. It will tell us. */
  #hold: Hold | undefined;

  /** @param onDone Called when one more is done, or several are. May throw. */
  constructor(host: InFlightHost, onDone: () => void) {
    this.#host = host;
    this.#onDone = onDone;
  }

  get length(): number {
    return this.#slots.length;
  }

  /** Bytes of the requests, and of replies that are there. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Whether those after the first wait for it. */
  get hasBarrier(): boolean {
    return this.#hasBarrier;
  }

  get isFirstDone(): boolean {
    return this.#slots[0]?.isDone === true;
  }

  /** Length of the reply that is to be sent next; 0: there is none. */
  get nextLength(): number {
    return this.#slots[0]?.reply?.length ?? 0;
  }

  /** A request whose reply comes later. A barrier begins only when nothing else is in flight. */
  begin(
    reply: Promise<string | null> | Held,
    { size, isBarrier }: { readonly size: number; readonly isBarrier: boolean },
  ): void {
    this.#hasBarrier = isBarrier;
    if (reply instanceof Held) {
      this.#enter({ size: size + reply.length, isDone: false, reply: null, held: reply });
      this.#waitFor(reply.hold);
    } else {
      const slot = { size, isDone: false, reply: null, held: undefined };
      this.#enter(slot);
      this.#follow(slot, reply);
    }
  }

  /** A request that is done already. */
  addDone(reply: string | null): void {
    this.#enter({ size: reply?.length ?? 0, isDone: true, reply, held: undefined });
  }

  #enter(slot: Slot): void {
    this.#slots.push(slot);
    this.#bytes += slot.size;
  }

  #follow(slot: Slot, reply: Promise<string | null>): void {
    const { outlet } = this.#host;
    void reply.then(
      (text) => outlet.guard(() => this.#settle(slot, text)),
      (error: unknown) => outlet.fail(error),
    );
  }

  #settle(slot: Slot, reply: string | null): void {
    slot.isDone = true;
    slot.reply = reply;
    this.#onDone();
  }

  /** Once for all that wait for the same. */
  #waitFor(hold: Hold): void {
    if (hold === this.#hold) return;
    this.#hold = hold;
    hold.add(this);
  }

  noteOutcome(): void {
    this.#host.outlet.guard(() => {
      if (this.#hold?.outcome !== undefined) this.#hold = undefined;
      for (const slot of this.#slots) {
        if (slot.held?.hold.outcome !== undefined) this.#take(slot, slot.held);
      }
      this.#onDone();
    });
  }

  #take(slot: Slot, held: Held): void {
    slot.held = undefined;
    const reply = this.#host.takeHeld?.(held) ?? null;
    if (reply instanceof Promise) {
      this.#follow(slot, reply);
      return;
    }
    slot.isDone = true;
    slot.reply = reply;
  }

  /** Takes out what is done and comes next, while that may be sent. */
  sendDone(maySend: () => boolean, send: (reply: string | null) => void): void {
    let sent = 0;
    for (const { isDone, size, reply } of this.#slots) {
      if (!isDone || !maySend()) break;
      sent += 1;
      this.#bytes -= size;
      send(reply);
    }
    if (sent > 0) this.#slots.splice(0, sent);
    if (this.#slots.length === 0) this.#hasBarrier = false;
  }
}
