import type { Steps } from '../../../protocol/steps.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Clock } from '../../../protocol/clock.ts';
import type { Refused } from '../../../protocol/result.ts';
import type { Refusal } from '../../../protocol/wire/reply.ts';
import type { Cause, TermView } from '../changes.ts';
import type { Eventually } from '../../eventually.ts';
import { eachOf, inTurns } from '../../turns.ts';
import { limitReached, noSession } from '../refusals.ts';
import type { SessionIds } from '../sessionIds.ts';
import type { StoreLimits } from '../storeLimits.ts';

import { ChangeStream } from './changeStream.ts';
import { ExpiryWatch, restartTerm, type Term } from './expiry.ts';
import { History } from '../history/history.ts';
import { OpenLoad } from './openLoad.ts';
import type { Birth, Session, SessionTerm } from './session.ts';
import { PartedMap } from '../partedMap.ts';
import { SessionChain } from './sessionChain.ts';
import { SessionIndex } from './sessionIndex.ts';
import { PackedKeys } from './packedKeys.ts';
import { Scans } from './scans.ts';
import { SessionKeys } from './sessionKeys.ts';
import { Usage, type Growth } from './usage.ts';

/** Expired at most before a command is refused for lack of room. */
const maxSweptForRoom = 5_000;

/** Sessions whose keys are dropped in one step. */
const perStep = { perStep: 2_500 };

/**
 * The sessions in memory with their deadlines. Its methods change data without publishing, as one
 * command may need several; who calls them publishes what it came to. Deadlines are published here.
 */
export class SessionTable {
  readonly byToken = new PartedMap<Token, Session>();
  /** In the order of creation. */
  readonly inOrder = new SessionChain();
  readonly changes: ChangeStream;
  readonly history: History;
  readonly index: SessionIndex;
  /** Changes the keys of a session. */
  readonly keys: SessionKeys;
  readonly scans = new Scans();
  readonly maxKeysPerSession: number;
  readonly #clock: Clock;
  readonly #expiry: ExpiryWatch<SessionTerm>;
  readonly #usage: Usage;
  #packed = new PackedKeys();
  #load: OpenLoad | undefined;
  #isMoving = false;

  constructor(clock: Clock, idOf: SessionIds, limits: StoreLimits) {
    this.#clock = clock;
    this.#usage = new Usage(limits);
    this.maxKeysPerSession = limits.maxKeysPerSession;
    this.index = new SessionIndex(idOf, this);
    this.history = new History(clock, limits.maxHistoryBytes);
    this.changes = new ChangeStream(clock, this);
    this.keys = new SessionKeys({ scans: this.scans, history: this.history, usage: this.#usage });
    this.#expiry = new ExpiryWatch(clock, (term) => this.#expire(term));
  }

  /** Where keys of sessions are kept. */
  get packed(): PackedKeys {
    return this.#packed;
  }

  /** For a session whose time starts now. */
  get birth(): Birth {
    return { nowMs: this.#clock.nowMs(), packed: this.#packed };
  }

  /** How much there is, what is due and not yet swept included. */
  get usage(): Readonly<Growth> {
    return this.#usage;
  }

  /** From now on deadlines are kept by a timer, and changes remembered. */
  start(): void {
    this.#expiry.start();
    this.history.start();
  }

  close(): void {
    this.#expiry.close();
    this.changes.close();
  }

  /** The session of a token. Expiry is checked here: nothing may revive a dead session. */
  living(token: Token): Session | undefined {
    const session = this.byToken.get(token);
    if (session?.term === undefined || !this.#expiry.isOver(session.term)) return session;
    this.#expiry.remove(session.term);
    this.#expire(session.term);
    return this.byToken.get(token);
  }

  /** Expires everything that is due. */
  sweep(): void {
    this.#expiry.sweep();
  }

  /**
   * To be asked before anything is added, as a command that is refused changes nothing.
   * @param session The living session that grows, if it is there already.
   * @returns Why that cannot be; undefined: there is room.
   */
  refusalOf(growth: Growth, session?: Session): Refused<Refusal> | undefined {
    const isTooLarge = (session?.keys.size ?? 0) + growth.keys > this.maxKeysPerSession;
    if (isTooLarge && growth.keys > 0) return limitReached('max-keys');
    if (this.hasRoomFor(growth)) return undefined;
    // What is due takes no room any more; of very much, a part will do.
    this.#expiry.sweep(maxSweptForRoom);
    if (session && this.byToken.get(session.token) !== session) return noSession(session.token);
    const limit = this.#usage.exceededBy(growth);
    return limit && limitReached(limit);
  }

  /** Why a reply with so many characters of keys and values cannot be given; undefined: it can. */
  refusalOfReply(length: number): Refused<Refusal> | undefined {
    return length > this.#usage.maxReplyLength ? limitReached('max-reply') : undefined;
  }

  hasRoomFor(growth: Growth): boolean {
    return this.#usage.exceededBy(growth) === undefined;
  }

  /** As {@link sweep}, in slices when it is very much; nothing is due when it settles. */
  sweepAll(): Eventually<void> {
    return this.#expiry.sweepAll();
  }

  /** As {@link sweep}, of very much a part. @returns Whether nothing is due any more. */
  sweepSome(): boolean {
    return this.#expiry.sweep(maxSweptForRoom);
  }

  /** Begins a load; the one before must be closed. */
  openLoad(): OpenLoad {
    this.#load = new OpenLoad(this);
    return this.#load;
  }

  /** Drops what has not been added. */
  closeLoad(load: OpenLoad): void {
    this.#load = undefined;
    void inTurns(eachOf(load.unused(), perStep, ({ keys }) => keys.clear()));
  }

  /** Whether what {@link addLoad} has left for later is not done. */
  get isMoving(): boolean {
    return this.#isMoving;
  }

  /** Adds all that are missing, at once. */
  addLoad(load: OpenLoad): void {
    this.#load = undefined;
    const { byToken, inOrder, mark, growth } = load;
    const { first } = inOrder;
    this.scans.addLoad(mark, load.places);
    this.inOrder.join(inOrder);
    this.index.addLoad(first);
    this.#usage.add(growth);
    if (load.hasTerms) this.#expiry.addLater(load.terms());
    this.#isMoving = true;
    void inTurns(this.#move(byToken));
  }

  *#move(byToken: PartedMap<Token, Session>): Steps<void> {
    yield* this.byToken.join(byToken);
    while (!this.sweepSome()) yield;
    this.#isMoving = false;
  }

  add(session: Session): void {
    this.scans.add(session);
    this.byToken.set(session.token, session);
    this.inOrder.add(session);
    this.index.add(session);
    this.#usage.add({ sessions: 1, keys: session.keys.size, bytes: session.bytes });
    if (session.term) this.#expiry.add(session.term);
    this.#load?.noteAdded(session.token);
  }

  delete(session: Session): void {
    this.scans.beforeChange(session);
    if (session.term) this.#expiry.remove(session.term);
    this.byToken.delete(session.token);
    this.inOrder.remove(session);
    this.index.delete(session);
    this.#usage.add({ sessions: -1, keys: -session.keys.size, bytes: -session.bytes });
    this.#load?.noteDeleted(session.token);
    if (this.history.keepsEnd(session)) session.keys.unpack();
    else session.keys.clear();
  }

  /** Deletes all sessions: in the time of a few, however many there are. @returns Those that were there. */
  deleteAll(): SessionChain {
    this.#expiry.clear();
    this.byToken.clear();
    this.index.clear();
    const { sessions, keys, bytes } = this.#usage;
    this.#usage.add({ sessions: -sessions, keys: -keys, bytes: -bytes });
    this.#load?.noteAllDeleted();
    // Scans may still read the keys of those that were there.
    this.#packed = new PackedKeys();
    return this.inOrder.takeAll();
  }

  /** Restarts the term of a session, if it has one. @returns Whether it has. */
  extend(session: Session): boolean {
    const { term } = session;
    if (!term) return false;
    this.scans.beforeChange(session);
    this.#expiry.renew(term);
    return true;
  }

  /** Restarts the term of a session that reading extends, unless the reader may change nothing. */
  extendByReading(session: Session, cause: Cause): void {
    if (!session.extension?.onGet || cause.isReadOnly || !this.extend(session)) return;
    this.changes.extended(session, cause);
  }

  /** Gives a session another term; undefined: it never expires. */
  setTerm(session: Session, term: Term | undefined): void {
    this.scans.beforeChange(session);
    if (session.term) this.#expiry.remove(session.term);
    session.term = term && { ...term, session };
    if (session.term) this.#expiry.add(session.term);
  }

  /** Puts a session into the term of a change. */
  replayTerm(session: Session, { startMs, deadlineMs }: TermView): void {
    const { term } = session;
    if (!term) return;
    this.scans.beforeChange(session);
    this.#expiry.remove(term);
    term.startMs = startMs;
    term.deadlineMs = deadlineMs;
    this.#expiry.add(term);
  }

  /** Deals with a term that is over and has left the watch. */
  #expire(term: SessionTerm): void {
    const { session } = term;
    if (!session) return;
    if (term.deleteSession) {
      this.delete(session);
      this.changes.ended([session], undefined);
      return;
    }
    this.scans.beforeChange(session);
    restartTerm(term, this.#clock.nowMs());
    term.restarts = (term.restarts ?? 0) + 1;
    this.#expiry.add(term);
    this.keys.clear(session);
    this.changes.cleared(session, undefined);
  }
}
