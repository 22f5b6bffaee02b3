import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { Limits } from './limits.ts';

/** One open WebSocket, of either kind. */
export interface Connection {
  /** Called at every heartbeat: pings an idle peer, drops a dead one. */
  beat(): void;
  /** Whether something has come, or is still being worked, since the last call. */
  takeHeard(): boolean;
  /** Begins the closing handshake. */
  shut(code: number, reason: string): void;
  terminate(): void;
}

/** WebSocket close code "going away". */
const goingAway = 1001;

/** At shutdown, a server that has heard nothing for so long has answered what had arrived. */
const quietMs = 20;

/** All open sockets: their number, their heartbeat and their end. */
export class Connections {
  readonly #clock: Clock;
  readonly #limits: Limits;
  readonly #open = new Set<Connection>();
  #stopBeating: () => void = () => undefined;

  constructor(clock: Clock, limits: Limits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  get size(): number {
    return this.#open.size;
  }

  get isFull(): boolean {
    return this.#open.size >= this.#limits.maxConnections;
  }

  add(connection: Connection): void {
    this.#open.add(connection);
  }

  remove(connection: Connection): void {
    this.#open.delete(connection);
  }

  startBeating(): void {
    this.#stopBeating = this.#clock.setTimer(this.#limits.heartbeatMs, () => {
      for (const connection of this.#open) connection.beat();
      this.startBeating();
    });
  }

  /** Answers what has arrived, then says goodbye to everyone, then hangs up. */
  async shutDown(): Promise<void> {
    this.#stopBeating();
    await this.#untilQuiet();
    for (const connection of this.#open) connection.shut(goingAway, 'The server is shutting down');
    await this.#until(() => this.#open.size === 0, this.#limits.closeGraceMs);
    for (const connection of this.#open) connection.terminate();
  }

  /** What has been sent may not have been read yet: waits until nothing comes any more. */
  async #untilQuiet(): Promise<void> {
    this.#takeHeard();
    await setTimeout(quietMs);
    await this.#until(() => !this.#takeHeard(), this.#limits.drainMs);
  }

  #takeHeard(): boolean {
    const heard = [...this.#open].filter((connection) => connection.takeHeard());
    return heard.length > 0;
  }

  /** In real time: it is the peers that are waited for, and they have no other. */
  async #until(isDone: () => boolean, limitMs: number): Promise<void> {
    const endMs = performance.now() + limitMs;
    while (!isDone() && performance.now() < endMs) await setTimeout(quietMs);
  }
}
