import type { Clock } from '../protocol/clock.ts';
import { Call, type Request } from './call.ts';
import type { NumberForm } from './exactNumber.ts';
import { inRange, maxTimeMs } from './inRange.ts';
import { InFlight } from './inFlight.ts';
import { messageOf, sent, sizeOf, type Message } from './message.ts';
import { readReply } from './reply.ts';

/** How long a call may take, and what ends it early. */
export interface CallOptions {
  /** Ends the wait for the reply. A command that was sent is carried out nevertheless. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until the call is given up, connecting included. Default: that of the client. */
  readonly timeoutMs?: number | undefined;
}

/** What calls may take. */
export interface CallLimits {
  readonly timeoutMs: number;
  /** Calls that wait to be sent, and that wait for their reply. */
  readonly maxCalls: number;
  /** Bytes of their messages. */
  readonly maxBytes: number;
  /** Of one message. */
  readonly maxPayloadBytes: number;
}

/** The connection, as calls see it. */
interface Sender {
  readonly isOpen: boolean;
  send(message: Message, isAlone: boolean): void;
  drop(reason: string): void;
  noteReply(): void;
}

interface CallsParts {
  readonly limits: CallLimits;
  readonly numbers: NumberForm;
  readonly clock: Clock;
  readonly sender: Sender;
}

/** Asks for nothing that any session would notice. */
const barrier: Request = {
  command: 'SV_INFO',
  write: () => messageOf('{"SV_INFO":{}}'),
  read: () => undefined,
};

/** All calls of a client: those that wait for a connection, and those that wait for their reply. */
export class Calls {
  readonly #parts: CallsParts;
  /** Not sent yet, oldest first. */
  readonly #waiting = new Set<Call>();
  #inFlight = new InFlight();
  #count = 0;
  #bytes = 0;
  #alarm: { readonly atMs: number; readonly stop: () => void } | undefined;
  #isBarrierDue = false;
  #isClosed = false;
  #whenIdle: (() => void) | undefined;

  constructor(parts: CallsParts) {
    this.#parts = parts;
  }

  /** Sends a request, or keeps it until there is a connection. */
  add<T>(request: Request<T>, { signal, timeoutMs }: CallOptions): Promise<T> {
    return new Promise((resolve, reject) => {
      const { clock, limits } = this.#parts;
      const message = request.write();
      const bytes = sizeOf(message);
      const allowedMs = inRange('timeoutMs', timeoutMs ?? limits.timeoutMs, maxTimeMs);
      const deadlineMs = clock.nowMs() + allowedMs;
      const call = new Call(request, { message, bytes, deadlineMs }, { resolve, reject });
      if (this.#isClosed) call.notSent('closed');
      else if (signal?.aborted) call.notSent('aborted', signal.reason);
      else if (bytes > limits.maxPayloadBytes) call.notSent('too-large');
      else if (this.#count >= limits.maxCalls || this.#bytes + bytes > limits.maxBytes) {
        call.notSent('queue-full');
      } else this.#accept(call, signal);
    });
  }

  /** There is a connection: what waits is sent. */
  opened(): void {
    for (const call of this.#waiting) this.#send(call);
    this.#waiting.clear();
  }

  /** A message has come. */
  arrived(data: unknown): void {
    const done = typeof data === 'string' ? this.#take(data) : undefined;
    if (!done) {
      this.#parts.sender.drop('A reply that nothing was asked for');
      return;
    }
    this.#parts.sender.noteReply();
    this.#release(done);
  }

  /** @returns The calls that are done with; undefined when the reply fits none. */
  #take(text: string): readonly Call[] | undefined {
    const done = this.#inFlight.takePlain(text);
    if (done) return done;
    const reply = readReply(text, this.#parts.numbers);
    return reply && this.#inFlight.take(reply);
  }

  /** The connection has ended: nobody knows what became of what was sent. */
  lost(closeCode: number): void {
    const calls = [...this.#inFlight];
    this.#inFlight = new InFlight();
    for (const call of calls) call.unknown('disconnected', { closeCode });
    this.#release(calls);
  }

  /** From now on nothing is accepted; what was accepted goes its way. Settles when all calls are settled. */
  async drain(): Promise<void> {
    this.#isClosed = true;
    if (this.#count === 0) return;
    await new Promise<void>((resolve) => {
      this.#whenIdle = resolve;
    });
  }

  /** Ends every call. */
  close(cause?: Error): void {
    this.#isClosed = true;
    this.#alarm?.stop();
    const calls = [...this.#inFlight, ...this.#waiting];
    for (const call of this.#waiting) call.notSent('closed', cause);
    for (const call of this.#inFlight) call.unknown('closed');
    this.#waiting.clear();
    this.#inFlight = new InFlight();
    this.#release(calls);
  }

  #accept(call: Call, signal: AbortSignal | undefined): void {
    this.#count += 1;
    this.#bytes += call.bytes;
    if (signal) this.#listen(call, signal);
    if (this.#parts.sender.isOpen) this.#send(call);
    else this.#waiting.add(call);
    this.#wakeBy(call.deadlineMs);
  }

  #send(call: Call): void {
    const { isEmpty: isAlone } = this.#inFlight;
    const { message } = call;
    call.message = sent;
    this.#inFlight.add(call);
    this.#parts.sender.send(message, isAlone);
    if (call.isQuiet) this.#planBarrier();
  }

  /** A request that is answered goes after the quiet ones of this turn, unless another one does. */
  #planBarrier(): void {
    if (this.#isBarrierDue) return;
    this.#isBarrierDue = true;
    queueMicrotask(() => {
      this.#isBarrierDue = false;
      if (!this.#parts.sender.isOpen || !this.#inFlight.needsBarrier) return;
      const nothing = () => undefined;
      const message = barrier.write();
      const size = { message, bytes: 0, deadlineMs: Number.POSITIVE_INFINITY };
      this.#count += 1;
      this.#send(new Call(barrier, size, { resolve: nothing, reject: nothing }));
    });
  }

  #listen(call: Call, signal: AbortSignal): void {
    const onAbort = () => {
      if (!this.#withdraw(call)) call.unknown('aborted', { cause: signal.reason });
      else call.notSent('aborted', signal.reason);
    };
    signal.addEventListener('abort', onAbort);
    call.unlisten = () => signal.removeEventListener('abort', onAbort);
  }

  /** @returns false: it was sent. */
  #withdraw(call: Call): boolean {
    if (!this.#waiting.delete(call)) return false;
    this.#release([call]);
    return true;
  }

  #release(calls: readonly Call[]): void {
    for (const { bytes } of calls) {
      this.#count -= 1;
      this.#bytes -= bytes;
    }
    if (this.#count > 0) return;
    this.#whenIdle?.();
    this.#whenIdle = undefined;
  }

  /** One timer serves all calls: for the earliest deadline, or one that was earlier and is settled. */
  #wakeBy(atMs: number): void {
    if (this.#alarm && this.#alarm.atMs <= atMs) return;
    this.#alarm?.stop();
    const { clock } = this.#parts;
    const wake = () => {
      this.#alarm = undefined;
      this.#expire(clock.nowMs());
    };
    this.#alarm = { atMs, stop: clock.setTimer(wake, Math.max(0, atMs - clock.nowMs())) };
  }

  /** Gives up the calls whose time is over. */
  #expire(nowMs: number): void {
    for (const call of this.#waiting) {
      if (call.deadlineMs <= nowMs && this.#withdraw(call)) call.notSent('timeout');
    }
    const isStuck = this.#expireSent(nowMs);
    let earliestMs = Number.POSITIVE_INFINITY;
    for (const call of [...this.#waiting, ...this.#inFlight]) {
      if (!call.isSettled) earliestMs = Math.min(earliestMs, call.deadlineMs);
    }
    if (Number.isFinite(earliestMs)) this.#wakeBy(earliestMs);
    if (isStuck) this.#parts.sender.drop('No reply in time');
  }

  /** @returns Whether the oldest call that somebody waits for is over: then the server is silent, not busy with another. */
  #expireSent(nowMs: number): boolean {
    let isStuck = false;
    let isFirst = true;
    for (const call of this.#inFlight) {
      if (call.isSettled) continue;
      if (call.deadlineMs <= nowMs) {
        call.unknown('timeout');
        isStuck ||= isFirst;
      }
      isFirst = false;
    }
    return isStuck;
  }
}
