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
import { ExpiryWatch, restartTerm } from './expiry.ts';
import { History } from '../history/history.ts';
import { OpenLoad } from './openLoad.ts';
import { Additions } from './additions.ts';
import type { Birth } from './newSessions.ts';
import { Session } from './session.ts';
import { SessionChain } from './sessionChain.ts';
import { goneSession, type GoneSession } from './sessionCopies.ts';
import { SessionIndex } from './sessionIndex.ts';
import { Scans } from './scans.ts';
import { SessionKeys } from './sessionKeys.ts';
import { SessionRows } from './sessionRows.ts';
import type { SessionTerm, Term } from './termRows.ts';
import { TokenTable } from './tokenTable.ts';
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
  readonly changes: ChangeStream;
  readonly history: History;
  readonly index: SessionIndex;
  /** Changes the keys of a session. */
  readonly keys: SessionKeys;
  readonly scans: Scans;
  readonly maxKeysPerSession: number;
  readonly #clock: Clock;
  readonly #expiry: ExpiryWatch;
  readonly #usage: Usage;
  readonly #additions = new Additions();
  #rows = new SessionRows(this.#additions);
  #byToken = new TokenTable(this.#rows);
  #inOrder = new SessionChain(this.#rows);
  #load: OpenLoad | undefined;
  #isMoving = false;

  constructor(clock: Clock, idOf: SessionIds, limits: StoreLimits) {
    this.#clock = clock;
    this.#usage = new Usage(limits);
    this.maxKeysPerSession = limits.maxKeysPerSession;
    this.scans = new Scans(this.#additions);
    this.index = new SessionIndex(idOf, this);
    this.history = new History(clock, limits.maxHistoryBytes);
    this.changes = new ChangeStream(clock, this);
    this.keys = new SessionKeys({ scans: this.scans, history: this.history, usage: this.#usage });
    this.#expiry = new ExpiryWatch(clock, this.#rows.terms, (term) => this.#expire(term));
  }

  /** Where sessions are kept. Others are in their place when all have ended. */
  get rows(): SessionRows {
    return this.#rows;
  }

  /** In the order of creation. */
  get inOrder(): SessionChain {
    return this.#inOrder;
  }

  /** For a session whose time starts now. */
  get birth(): Birth {
    return { nowMs: this.#clock.nowMs(), rows: this.#rows };
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
    const session = this.get(token);
    const term = session?.term;
    if (term === undefined || !this.#expiry.isOver(term)) return session;
    this.#expiry.remove(term);
    this.#expire(term);
    return this.get(token);
  }

  /** As {@link living}, also one whose deadline was reached. */
  get(token: Token): Session | undefined {
    const row = this.#byToken.find(token);
    return row === 0 ? undefined : new Session(this.#rows, row);
  }

  /** The row of a token whose session is looked for next. @returns 0: there is none. */
  rowOf(token: Token): number {
    return this.#byToken.findFirst(token);
  }

  /** The session of this row, if it has one. */
  at(row: number): Session | undefined {
    if (!this.#rows.has(row)) return undefined;
    const session = new Session(this.#rows, row);
    return session.isIn ? session : undefined;
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
    const gone = this.#sweptOut(session);
    const limit = this.#usage.exceededBy(growth);
    return gone ?? (limit && limitReached(limit));
  }

  /** What is due takes no room any more; of very much, a part will do. @returns What is said when the session was due. */
  #sweptOut(session: Session | undefined): Refused<Refusal> | undefined {
    const token = session?.token;
    this.#expiry.sweep(maxSweptForRoom);
    return token === undefined || session?.isIn === true ? undefined : noSession(token);
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
    this.#load = new OpenLoad(this, this.#additions);
    return this.#load;
  }

  /** Drops what has not been added. */
  closeLoad(load: OpenLoad): void {
    this.#load = undefined;
    void inTurns(eachOf(load.unused(), perStep, (each) => each.free()));
  }

  /** Whether what {@link addLoad} has left for later is not done. */
  get isMoving(): boolean {
    return this.#isMoving;
  }

  /** Adds all that are missing, at once. */
  addLoad(load: OpenLoad): void {
    this.#load = undefined;
    const { byToken, inOrder, group, growth } = load;
    const { first } = inOrder;
    this.#additions.addGroup(group, load.places);
    this.#inOrder.join(inOrder);
    this.index.addLoad(first);
    this.#usage.add(growth);
    if (load.hasTerms) this.#expiry.addLater(load.terms());
    this.#isMoving = true;
    void inTurns(this.#move(byToken));
  }

  *#move(byToken: TokenTable): Steps<void> {
    yield* this.#byToken.join(byToken);
    while (!this.sweepSome()) yield;
    this.#isMoving = false;
  }

  add(session: Session): void {
    const { token, term } = session;
    this.#additions.add(session);
    this.#byToken.set(token, session.row);
    this.#inOrder.add(session);
    this.index.add(session);
    this.#usage.add({ sessions: 1, keys: session.keys.size, bytes: session.bytes });
    if (term) this.#expiry.add(term);
    this.#load?.noteAdded(token);
  }

  /** @returns What is left of it, as its row is free then. */
  delete(session: Session): GoneSession {
    const { token, term } = session;
    this.scans.beforeChange(session);
    if (term) this.#expiry.remove(term);
    this.#byToken.delete(token);
    this.#inOrder.remove(session);
    this.index.delete(session);
    this.#usage.add({ sessions: -1, keys: -session.keys.size, bytes: -session.bytes });
    const gone = goneSession(session, this.history.keepsEnd(session));
    session.free();
    this.#load?.noteDeleted(token);
    return gone;
  }

  /** Deletes all sessions: in the time of a few, however many there are. @returns Those that were there. */
  deleteAll(): SessionChain {
    this.index.clear();
    const { sessions, keys, bytes } = this.#usage;
    this.#usage.add({ sessions: -sessions, keys: -keys, bytes: -bytes });
    this.#load?.noteAllDeleted();
    // Scans may still read those that were there.
    const ended = this.#inOrder;
    this.#rows.isLeft = true;
    this.#rows = new SessionRows(this.#additions);
    this.#byToken = new TokenTable(this.#rows);
    this.#inOrder = new SessionChain(this.#rows);
    this.#expiry.clear(this.#rows.terms);
    return ended;
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
    session.term = term;
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
    const session = this.at(term.row);
    if (!session) return;
    if (term.deleteSession) {
      this.changes.ended([this.delete(session)], undefined);
      return;
    }
    this.scans.beforeChange(session);
    restartTerm(term, this.#clock.nowMs());
    this.#expiry.add(term);
    this.keys.clear(session);
    this.changes.cleared(session, undefined);
  }
}
