import {
  readInspectionRequest,
  type InspectionRequest,
} from '../../protocol/inspection/requests.ts';
import { writeInspectionEvent, type InspectionEvent } from '../../protocol/inspection/events.ts';
import type { Clock } from '../../protocol/clock.ts';
import type { Eventually } from '../eventually.ts';
import { traceOf, type Log } from '../log.ts';
import { closeReasons } from '../sockets/closeReasons.ts';
import { SocketConnection, type Accepted } from '../sockets/socketConnection.ts';
import type { Message } from '../sockets/waitingRequests.ts';
import { isBarrierAct, type Acts } from './act/act.ts';
import type { Following } from './follower.ts';
import type { InspectionHub } from './hub.ts';
import { answerQuestion, unanswered, type Question } from './questions.ts';
import type { Rights } from '../../protocol/inspection/rights.ts';
import { refusedEvent, whyRefused } from './rights/door.ts';
import type { Grant } from './rights/grant.ts';
import { visiblePart } from './rights/hideValues.ts';
import type { Scope } from './scopes.ts';
import type { OtherInspections } from './servers/otherInspections.ts';
import type { AuditList, Audited } from './audit/auditList.ts';
import type { OverviewSource } from './overview/overviewWatch.ts';
import { StoreRefusal } from './valueOf.ts';
import { Watches } from './watches.ts';
import { cutOnServer } from './clients/cutClient.ts';
import { isEndRequest, isWatchRequest, type EndRequest, type WatchRequest } from './watchFor.ts';

/** After a failure of the store, time until it is asked again. */
const retryMs = 1000;

export interface InspectorConnectionOptions extends Accepted {
  readonly hub: InspectionHub;
  readonly acts: Acts;
  readonly overview: OverviewSource;
  readonly audit: AuditList;
  readonly clock: Clock;
  readonly log: Log;
  readonly serverVersion: string;
  readonly maxPayloadBytes: number;
  readonly grant: Grant;
  /** Absent: no other server shares the store. */
  readonly servers: OtherInspections | undefined;
}

/**
 * One inspector: gets every session and the keys of one, and changes none but with `act`. A slow reader gets
 * frames less often; until then only names wait for it.
 */
export class InspectorConnection extends SocketConnection {
  readonly #options: InspectorConnectionOptions;
  readonly #watches: Watches;
  readonly #following: Following;
  #held: { readonly scope: Scope; readonly close: () => void };
  #stopTimer: (() => void) | undefined;
  #isSending = false;
  /** Called when the socket is closed. */
  readonly #ends: (() => void)[];

  constructor(options: InspectorConnectionOptions) {
    super(options);
    this.#options = options;
    const { hub, grant } = options;
    const { outlet } = this;
    this.#held = hub.scopes.open(grant.rights.prefix);
    this.#watches = new Watches({
      ...options,
      within: () => options.grant.rights.prefix,
      scope: () => this.#held.scope,
      onDue: () => void this.#sendNow(),
    });
    this.#following = hub.follow({
      mark: (change) => this.#watches.mark(change),
      send: () => this.#sendNow(),
    });
    const endWatch = hub.storeWatch.follow((text) => {
      if (outlet.isHeldUp || outlet.isShut) return false;
      outlet.send(text);
      return true;
    });
    const endGrant = grant.follow((rights) => this.#changeRights(rights));
    const endOpening = options.servers?.open() ?? (() => undefined);
    this.#ends = [endWatch, endGrant, endOpening];
    this.#greet();
    this.#beginWithSessions();
  }

  get kind(): 'inspection' {
    return 'inspection';
  }

  /** An inspector has proven who it is, and may look on without asking anything. */
  override get isUnused(): boolean {
    return false;
  }

  override onClosed(): void {
    super.onClosed();
    for (const end of this.#ends) end();
    this.#held.close();
    this.#following.leave();
    this.#watches.endAll();
    this.#stopTimer?.();
  }

  override onDrained(): void {
    this.pipeline.resume();
    this.#sendSoon(0);
  }

  isBarrier(message: Message): boolean {
    return isBarrierAct(message);
  }

  /** Nothing here has to be answered before the server stops. */
  override consumeActivity(): boolean {
    return false;
  }

  #greet(): void {
    const { clock, hub, grant, serverVersion, maxPayloadBytes } = this.#options;
    const nowMs = Math.round(clock.nowMs());
    const store = hub.storeWatch.facts();
    const { rights } = grant;
    this.#send({ type: 'hello', serverVersion, maxPayloadBytes, nowMs, store, rights });
  }

  #changeRights(rights: Rights | undefined): void {
    if (!rights) {
      this.shut(closeReasons.revoked);
      return;
    }
    this.#send({ type: 'rights', ...rights });
    this.#held.close();
    this.#held = this.#options.hub.scopes.open(rights.prefix);
    // What was watched begins again, as far as it may now.
    for (const request of this.#watches.takeRequests()) {
      const refusal = this.#refusalOf(request);
      if (refusal === undefined) this.#beginWatch(request);
      else this.outlet.send(refusal);
    }
    this.#beginWithSessions();
  }

  #beginWithSessions(): void {
    if (whyRefused({ type: 'sessions' }, this.#options.grant.rights)) return;
    this.#watches.beginWithSessions();
    this.#sendSoon(0);
  }

  #send(event: InspectionEvent): void {
    const { rights } = this.#options.grant;
    this.outlet.send(writeInspectionEvent(visiblePart(event, rights)));
  }

  answer(message: Message): Eventually<string | null> {
    const request = message === null ? undefined : readInspectionRequest(message.toString());
    if (!request) {
      this.shut(closeReasons.notInspection);
      return null;
    }
    return this.#guarded(request);
  }

  #guarded(request: InspectionRequest): Eventually<string | null> {
    const refusal = this.#refusalOf(request);
    if (refusal === undefined) return this.#carryOut(request);
    if (isWatchRequest(request)) this.#watches.end(request);
    return refusal;
  }

  #refusalOf(request: InspectionRequest): string | undefined {
    const refusal = whyRefused(request, this.#options.grant.rights);
    if (!refusal) return undefined;
    const event = refusedEvent(request, refusal);
    const { id: session, connection } = event;
    const { type } = request;
    this.#note({ action: 'refused', request: type, session, connection, right: refusal.right });
    return writeInspectionEvent(event);
  }

  #note(audited: Omit<Audited, 'key' | 'address'>): void {
    const { audit, grant, address } = this.#options;
    audit.note({ key: grant.name, address, ...audited });
  }

  async #cut(request: Extract<InspectionRequest, { type: 'cut' }>): Promise<string> {
    const event = await cutOnServer(request, this.#options);
    const { connection, server, wasOpen } = event;
    if (wasOpen) this.#note({ action: 'cut', connection, server });
    return writeInspectionEvent(event);
  }

  #carryOut(request: InspectionRequest): Eventually<string | null> {
    if (isEndRequest(request)) this.#watches.end(request);
    else if (isWatchRequest(request)) this.#beginWatch(request);
    else return this.#answerOnce(request);
    return null;
  }

  #beginWatch(request: WatchRequest): void {
    this.#watches.begin(request);
    if (this.#watches.hasChanges) this.#sendSoon(0);
  }

  #answerOnce(
    request: Exclude<InspectionRequest, WatchRequest | EndRequest>,
  ): Eventually<string | null> {
    switch (request.type) {
      case 'cut':
        return this.#cut(request);
      case 'act':
        return this.#options.acts.carryOut(request);
      case 'moment':
      case 'changes':
      case 'reveal':
      case 'peek':
      case 'value':
      case 'findKeys':
        return this.#answerQuestion(request);
    }
  }

  async #answerQuestion(question: Question): Promise<string> {
    try {
      const { idOf } = this.#options.hub;
      const { views: store } = this.#held.scope;
      const answer = await answerQuestion({ store, idOf }, question);
      // The rights may be others now.
      const refusal = this.#refusalOf(question);
      if (refusal !== undefined) return refusal;
      if (answer.type === 'token' && answer.token !== null) {
        this.#note({ action: 'reveal', session: answer.id });
      }
      return writeInspectionEvent(answer);
    } catch (error) {
      this.#report(error);
      return writeInspectionEvent(unanswered(question, error));
    }
  }

  #sendNow(): Eventually<void> {
    // Its timer is due anyway, or another try is not yet.
    return this.#stopTimer ? undefined : this.#sendFrames();
  }

  /** For what does not wait for the hub: a first frame, the next one of many, another try. */
  #sendSoon(delayMs: number): void {
    if (this.#isSending || this.outlet.isShut) return;
    this.#stopTimer?.();
    this.#stopTimer = this.#options.clock.setTimer(() => {
      this.#stopTimer = undefined;
      void this.#sendFrames();
    }, delayMs);
  }

  /** Sends a frame of each kind. A slow reader gets the next when it has read what it was sent. */
  async #sendFrames(): Promise<void> {
    if (this.#isSending || this.outlet.isHeldUp) return;
    this.#isSending = true;
    // While the store is asked, it matters which changes come before its answer.
    this.#following.keepUp();
    let nextDelayMs = 0;
    try {
      await this.#watches.sendEach((event) => this.#send(event));
    } catch (error) {
      this.#report(error);
      nextDelayMs = retryMs;
    }
    this.#isSending = false;
    this.#following.fallBehind();
    if (this.#watches.hasChanges) this.#sendSoon(nextDelayMs);
  }

  #report(error: unknown): void {
    const { log } = this.#options;
    if (error instanceof StoreRefusal) log.warn(error.message);
    else log.error(`The inspector failed: ${traceOf(error)}`);
  }
}
