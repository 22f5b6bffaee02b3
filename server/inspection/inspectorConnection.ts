import { readInspectionRequest } from '../../protocol/inspection/requests.ts';
import { writeInspectionEvent, type InspectionEvent } from '../../protocol/inspection/events.ts';
import type { Clock } from '../../protocol/clock.ts';
import type { Eventually } from '../eventually.ts';
import type { SessionStore } from '../store/sessionStore.ts';
import { traceOf, type Log } from '../log.ts';
import { closeReasons, type CloseReason } from '../sockets/closeReasons.ts';
import type { Connection } from '../sockets/connections.ts';
import { Heartbeat } from '../sockets/heartbeat.ts';
import type { Limits } from '../sockets/limits.ts';
import { Outlet } from '../sockets/outlet.ts';
import { Pipeline, type Message } from '../sockets/pipeline.ts';
import { readMessages } from '../sockets/readMessages.ts';
import type { Accepted } from '../sockets/upgrades.ts';
import type { InspectionHub } from './hub.ts';
import { KeyDelta } from './keyDelta.ts';
import { answerQuestion, unanswered, type Question } from './questions.ts';
import { SessionWindow } from './list/sessionWindow.ts';
import type { CommandStream } from './stream/commandStream.ts';
import { SessionDelta } from './sessionDelta.ts';
import { StoreRefusal } from './valueOf.ts';

/** After a failure of the store, time until it is asked again. */
const retryMs = 1000;

export interface InspectorConnectionOptions extends Accepted {
  readonly store: SessionStore;
  readonly hub: InspectionHub;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
  readonly serverVersion: string;
  readonly maxPayloadBytes: number;
}

/**
 * One inspector: gets every session and the keys of one, and changes none. A slow reader gets
 * frames less often; until then only names wait for it.
 */
export class InspectorConnection implements Connection {
  readonly #options: InspectorConnectionOptions;
  readonly #outlet: Outlet;
  readonly #pipeline: Pipeline;
  readonly #heartbeat: Heartbeat;
  readonly #sessions: SessionDelta;
  #keys: KeyDelta | undefined;
  #window: SessionWindow | undefined;
  #stream: CommandStream | undefined;
  #stopTimer: (() => void) | undefined;
  #isSending = false;

  constructor(options: InspectorConnectionOptions) {
    this.#options = options;
    const { socket, tcp, hub, limits } = options;
    this.#heartbeat = new Heartbeat(socket, limits);
    this.#sessions = new SessionDelta(hub.views);
    const outlet = new Outlet({ ...options, onDrained: () => this.#resume() });
    this.#outlet = outlet;
    this.#pipeline = new Pipeline({
      ...options,
      outlet,
      unreadBytes: () => tcp.readableLength,
      isBarrier: () => false,
      answer: (message) => this.#answer(message),
    });
    const onMessage = () => this.#heartbeat.noteActivity();
    readMessages({ ...options, outlet, pipeline: this.#pipeline, onMessage });
    const leave = hub.follow({
      mark: (change) => {
        this.#sessions.mark(change);
        this.#keys?.mark(change);
        this.#window?.mark();
      },
      send: () => this.#sendNow(),
    });
    const endWatch = hub.storeWatch.follow((text) => {
      if (outlet.isHeldUp || outlet.isShut) return false;
      outlet.send(text);
      return true;
    });
    socket.on('close', () => {
      leave();
      this.#show(undefined);
      this.#stream = this.#endStream();
      endWatch();
      this.#stopTimer?.();
    });
    this.#greet();
    this.#sendSoon(0);
  }

  beat(): void {
    this.#heartbeat.beat();
  }

  /** Nothing here has to be answered before the server stops. */
  consumeActivity(): boolean {
    return false;
  }

  shut(reason: CloseReason): void {
    this.#outlet.shut(reason);
  }

  terminate(): void {
    this.#options.socket.terminate();
  }

  #greet(): void {
    const { clock, hub, serverVersion, maxPayloadBytes } = this.#options;
    const nowMs = Math.round(clock.nowMs());
    const store = hub.storeWatch.facts();
    this.#send({ type: 'hello', serverVersion, maxPayloadBytes, nowMs, store });
  }

  #send(event: InspectionEvent): void {
    this.#outlet.send(writeInspectionEvent(event));
  }

  #answer(message: Message): Eventually<string | null> {
    const request = message === null ? undefined : readInspectionRequest(message.toString());
    switch (request?.type) {
      case undefined:
        this.shut(closeReasons.notInspection);
        return null;
      case 'watch':
        this.#keys = new KeyDelta(this.#options.hub.views, request.id);
        this.#sendSoon(0);
        return null;
      case 'list':
        this.#show(new SessionWindow(this.#options.hub, request));
        return null;
      case 'unlist':
        this.#show(undefined);
        return null;
      case 'stream':
        this.#endStream();
        this.#stream = this.#options.hub.streams.open(request, () => this.#sendNow());
        return null;
      case 'unstream':
        this.#stream = this.#endStream();
        return null;
      case 'unwatch':
        this.#keys = undefined;
        return null;
      case 'reveal':
      case 'peek':
      case 'value':
        return this.#answerQuestion(request);
    }
  }

  #show(window: SessionWindow | undefined): void {
    this.#window?.close();
    this.#window = window;
    if (window) this.#sendSoon(0);
  }

  async #answerQuestion(question: Question): Promise<string> {
    try {
      return writeInspectionEvent(await answerQuestion(this.#options.store, question));
    } catch (error) {
      this.#report(error);
      return writeInspectionEvent(unanswered(question, error));
    }
  }

  #resume(): void {
    this.#pipeline.resume();
    this.#sendSoon(0);
  }

  #endStream(): undefined {
    if (this.#stream) this.#options.hub.streams.close(this.#stream);
  }

  #sendNow(): void {
    // Its timer is due anyway, or another try is not yet.
    if (!this.#stopTimer) void this.#sendFrames();
  }

  /** For what does not wait for the hub: a first frame, the next one of many, another try. */
  #sendSoon(delayMs: number): void {
    if (this.#isSending || this.#outlet.isShut) return;
    this.#stopTimer?.();
    this.#stopTimer = this.#options.clock.setTimer(() => {
      this.#stopTimer = undefined;
      void this.#sendFrames();
    }, delayMs);
  }

  /** Sends a frame of each kind. A slow reader gets the next when it has read what it was sent. */
  async #sendFrames(): Promise<void> {
    if (this.#isSending || this.#outlet.isHeldUp) return;
    this.#isSending = true;
    let nextDelayMs = 0;
    try {
      await this.#sendEach();
    } catch (error) {
      this.#report(error);
      nextDelayMs = retryMs;
    }
    this.#isSending = false;
    if (this.#hasChanges) this.#sendSoon(nextDelayMs);
  }

  async #sendEach(): Promise<void> {
    if (this.#sessions.hasChanges) {
      this.#send(await this.#sessions.next(this.#options.clock.nowMs()));
    }
    if (this.#keys?.hasChanges) await this.#sendKeys(this.#keys);
    if (this.#window?.hasChanges) await this.#sendRows(this.#window);
    if (this.#stream?.hasChanges) this.#send(this.#stream.next());
  }

  get #hasChanges(): boolean {
    const parts = [this.#sessions, this.#keys, this.#window, this.#stream];
    return parts.some((part) => part?.hasChanges);
  }

  async #sendKeys(keys: KeyDelta): Promise<void> {
    const event = await keys.next();
    if (this.#keys !== keys) return;
    if (event.type === 'gone') this.#keys = undefined;
    this.#send(event);
  }

  async #sendRows(window: SessionWindow): Promise<void> {
    const event = await window.next();
    if (this.#window === window) this.#send(event);
  }

  #report(error: unknown): void {
    const { log } = this.#options;
    if (error instanceof StoreRefusal) log.warn(error.message);
    else log.error(`The inspector failed: ${traceOf(error)}`);
  }
}
