import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Clock } from '../../protocol/clock.ts';
import { traceOf, type Log } from '../log.ts';
import { eachOf, inTurns } from '../turns.ts';
import { addressGroupOf } from './addressGroup.ts';
import { closeReasons, type CloseReason } from './closeReasons.ts';
import type { Limits } from './limits.ts';
import type { SharedState } from './sharedState.ts';

/** How a client of the data socket is doing. */
export interface ClientFacts {
  /** Its number, counted from 1. */
  readonly connection: number;
  /** Undefined: it has gone. */
  readonly address: string | undefined;
  /** Unix time in milliseconds, with fractions. */
  readonly openedAtMs: number;
  /** Requests that are being carried out, and that wait to be. */
  readonly inFlight: number;
  readonly waiting: number;
  /** Bytes of replies that it has not taken. */
  readonly queuedBytes: number;
}

/** One open WebSocket. */
export interface Connection {
  readonly kind: 'data' | 'inspection';
  /** Of the peer; undefined: it has gone. */
  readonly address: string | undefined;
  /** Unix time in milliseconds, with fractions. */
  readonly openedAtMs: number;
  /** Called at every heartbeat: pings an idle peer, drops a dead one. */
  beat(): void;
  /** Whether something has come since the last call, or is still in flight. */
  consumeActivity(): boolean;
  /** Begins the closing handshake. */
  shut(reason: CloseReason): void;
  terminate(): void;
  /**
   * No message has ever come on it, so it can be closed when others need the room. Never of an inspector, who has
   * proven who it is and may look on without asking anything.
   */
  readonly isUnused: boolean;
  /** Absent: it is no client of the data socket. */
  readonly load?: Pick<ClientFacts, 'connection' | 'inFlight' | 'waiting' | 'queuedBytes'>;
}

/** How connections are ended on purpose. */
export interface CutEnding {
  /** Close code of WebSocket; 1006: without a closing frame. */
  readonly code: number;
  readonly reason: string;
}

/** What others do at shutdown before the connections are closed. */
interface LastWork {
  /** Ends what is still in progress when the time for answers is over, and answers it. */
  readonly endWork: () => Promise<void>;
  /** Settles when what was carried out is on disk. */
  readonly whenSynced: () => Promise<void>;
}

/** Connections of one heartbeat that are looked after before others have their turn: each may get a ping. */
const beatsPerStep = 100;

/** At shutdown, a server that has received nothing for so long has answered what had arrived. */
const quietMs = 20;

export interface ConnectionsOptions {
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
  readonly shared: SharedState;
}

/** All open sockets: their number, their heartbeat and their end. */
export class Connections {
  readonly #options: ConnectionsOptions;
  /** The oldest first. */
  readonly #open = new Set<Connection>();
  /** How many of them each group of addresses has. */
  readonly #counts = new Map<string, number>();
  /** Those that were closed to make room and are not gone yet. */
  readonly #leaving = new Set<Connection>();
  #stopBeating: () => void = () => undefined;

  constructor(options: ConnectionsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#open.size + this.#leaving.size;
  }

  /** How many there are of each kind. */
  get sizes(): { readonly data: number; readonly inspection: number } {
    const all = this.#all;
    const inspection = all.filter(({ kind }) => kind === 'inspection').length;
    return { data: all.length - inspection, inspection };
  }

  get #all(): Connection[] {
    return [...this.#open, ...this.#leaving];
  }

  /** Clients of the data socket, the oldest first. */
  clients(): ClientFacts[] {
    return [...this.#open].flatMap(({ load, address, openedAtMs }) =>
      load ? [{ ...load, address, openedAtMs }] : [],
    );
  }

  /** Closes the connection of this number. @returns Whether there is one. */
  cut(number: number, reason: string): boolean {
    for (const connection of this.#open) {
      if (connection.load?.connection !== number) continue;
      connection.shut({ ...closeReasons.cut, text: reason });
      return true;
    }
    return false;
  }

  /** Ends connections of both kinds: all, or that of the client of this number. */
  end({ code, reason }: CutEnding, number?: number): void {
    for (const connection of this.#all) {
      if (number !== undefined && connection.load?.connection !== number) continue;
      if (code === 1006) connection.terminate();
      else connection.shut({ code, text: reason, level: 'info' });
    }
  }

  add(connection: Connection): void {
    const group = addressGroupOf(connection.address);
    this.#open.add(connection);
    this.#counts.set(group, (this.#counts.get(group) ?? 0) + 1);
  }

  remove(connection: Connection): void {
    this.#leave(connection);
    this.#leaving.delete(connection);
  }

  #leave(connection: Connection): void {
    if (!this.#open.delete(connection)) return;
    const group = addressGroupOf(connection.address);
    const left = (this.#counts.get(group) ?? 0) - 1;
    if (left > 0) this.#counts.set(group, left);
    else this.#counts.delete(group);
  }

  /**
   * Makes room for one more, if need be by closing the oldest connection that was never used.
   * @param address Of the peer that wants to come in.
   * @returns Whether there is room.
   */
  makeRoom(address: string | undefined): boolean {
    const { limits } = this.#options;
    const group = addressGroupOf(address);
    const own = this.#counts.get(group) ?? 0;
    const isGroupFull = own >= limits.maxConnectionsPerAddress;
    if (!isGroupFull && this.#open.size < limits.maxConnections) return true;
    const unused = this.#oldestUnused(group, { isGroupFull });
    if (unused) this.#closeForRoom(unused);
    return unused !== undefined;
  }

  /** The one that may be closed for a newcomer of this group. */
  #oldestUnused(
    group: string,
    { isGroupFull }: { readonly isGroupFull: boolean },
  ): Connection | undefined {
    const { clock, limits } = this.#options;
    const own = this.#counts.get(group) ?? 0;
    const oldEnoughAtMs = clock.nowMs() - limits.unusedGraceMs;
    for (const each of this.#open) {
      if (!each.isUnused) continue;
      const itsGroup = addressGroupOf(each.address);
      if (itsGroup === group) {
        if (each.openedAtMs <= oldEnoughAtMs) return each;
      } else if (!isGroupFull && (this.#counts.get(itsGroup) ?? 0) > own) {
        // Of others only while they have more than the one who comes.
        return each;
      }
    }
    return undefined;
  }

  #closeForRoom(connection: Connection): void {
    this.#leave(connection);
    if (this.#leaving.size < this.#options.limits.maxHttpConnections) this.#leaving.add(connection);
    else connection.terminate();
    connection.shut(closeReasons.madeRoom);
  }

  startBeating(): void {
    const { clock, limits } = this.#options;
    this.#stopBeating = clock.setTimer(() => {
      void inTurns(
        eachOf(this.#open, { perStep: beatsPerStep }, (connection) => this.#beat(connection)),
      );
      this.startBeating();
    }, limits.heartbeatMs);
  }

  #beat(connection: Connection): void {
    try {
      connection.beat();
    } catch (error) {
      this.#options.log.error(`The work of a connection failed: ${traceOf(error)}`);
      connection.terminate();
    }
  }

  /** Answers what has arrived, then closes every connection, then drops those that are left. */
  async shutDown({ endWork, whenSynced }: LastWork): Promise<void> {
    const { limits, shared } = this.#options;
    // All times count from here: on a busy machine none may be added to what another has taken too long.
    const startMs = performance.now();
    const drainEndMs = startMs + limits.drainMs;
    const workEndMs = drainEndMs + limits.endWorkMs;
    const answersEndMs = workEndMs + limits.lastAnswersMs;
    this.#stopBeating();
    shared.closeLog.lowerLevel();
    shared.takeUntil(workEndMs);
    await this.#untilQuiet(drainEndMs);
    await this.#untilDone(endWork(), workEndMs);
    // What has been ended is answered now.
    await this.#until(() => !this.#consumeActivity(), workEndMs);
    shared.takeUntil(performance.now());
    // Of peers that never stop asking nothing more is started, and what was started is answered.
    await this.#until(() => !this.#consumeActivity(), answersEndMs);
    // What was carried out is confirmed, however slow the disk is.
    await this.#untilDone(whenSynced(), performance.now() + limits.lastSyncMs);
    const closeMs = Math.min(limits.closeGraceMs, limits.closeMs);
    const closeEndMs = Math.max(answersEndMs, performance.now()) + closeMs;
    for (const connection of this.#all) {
      connection.shut(closeReasons.shutDown);
    }
    await this.#until(() => this.size === 0, closeEndMs);
    for (const connection of this.#all) connection.terminate();
  }

  /** What has been sent may not have been read yet: waits until nothing comes any more. */
  async #untilQuiet(endMs: number): Promise<void> {
    if (this.#open.size === 0) return;
    this.#consumeActivity();
    await setTimeout(quietMs);
    await this.#until(() => !this.#consumeActivity(), endMs);
  }

  #consumeActivity(): boolean {
    const active = [...this.#open].filter((connection) => connection.consumeActivity());
    return active.length > 0;
  }

  /** In real time: it is the peers that are waited for, and they have no other. */
  async #until(isDone: () => boolean, endMs: number): Promise<void> {
    while (!isDone() && performance.now() < endMs) await setTimeout(quietMs);
  }

  async #untilDone(work: Promise<void>, endMs: number): Promise<void> {
    let isDone = false;
    void work.finally(() => (isDone = true)).catch(() => undefined);
    await setImmediate();
    await this.#until(() => isDone, endMs);
  }
}
