import type { Result } from '../../protocol/result.ts';
import type { Clock } from '../../protocol/clock.ts';
import { quote } from '../../protocol/json/jsonText.ts';
import { traceOf, type Log } from '../log.ts';

/** What a server reports of itself. Of the store: whether data is safe, and what there is; a refusal where it does not answer. */
export interface HealthFigures {
  readonly connections: number;
  readonly store: {
    readonly durability: string;
    readonly state: string;
    /** Why it refuses changes. */
    readonly reason: string | undefined;
    /** Where Redis is, if sessions are there. */
    readonly redis?: readonly string[] | undefined;
    /** Whether clients may change nothing. */
    readonly isReadOnly: boolean;
  };
  readonly totals: Result<{ readonly sessions: number; readonly keys: number }, unknown>;
}

/** What `/healthz` reports: ok, or degraded since a fault that was caught nowhere else. */
export class Health {
  readonly #version: string;
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #startedAtMs: number;
  #faults = 0;
  #lastFaultAtMs = 0;

  constructor(parts: { readonly version: string; readonly clock: Clock; readonly log: Log }) {
    const { version, clock, log } = parts;
    this.#log = log;
    this.#version = version;
    this.#clock = clock;
    this.#startedAtMs = clock.nowMs();
  }

  noteFault(error: unknown): void {
    this.#log.error(`A fault that was caught nowhere else: ${traceOf(error)}`);
    this.#faults += 1;
    this.#lastFaultAtMs = this.#clock.nowMs();
  }

  get faults(): number {
    return this.#faults;
  }

  /** @returns JSON text. */
  write({ connections, store, totals }: HealthFigures): string {
    const isOk = this.#faults === 0;
    const working = isOk ? 'ok' : 'degraded';
    const status = totals.ok ? working : 'unavailable';
    const { sessions, keys } = totals.ok ? totals.value : { sessions: null, keys: null };
    const uptimeSec = Math.floor((this.#clock.nowMs() - this.#startedAtMs) / 1000);
    const reason = store.reason === undefined ? '' : `,"reason":${quote(store.reason)}`;
    const access = store.isReadOnly ? ',"readOnly":true' : '';
    const redis = store.redis ? `,"redis":[${store.redis.map(quote).join(',')}]` : '';
    const safety = `"store":"${kindOf(store)}"${redis},"durability":"${store.durability}","state":"${store.state}"${reason}${access}`;
    const counts = `"connections":${connections},"sessions":${sessions},"keys":${keys}`;
    const lastFaultAt = new Date(this.#lastFaultAtMs).toISOString();
    const faults = isOk ? '' : `,"faults":${this.#faults},"lastFaultAt":"${lastFaultAt}"`;
    return `{"status":"${status}","version":"${this.#version}","uptimeSec":${uptimeSec},${counts},${safety}${faults}}`;
  }
}

/** Where sessions are. */
function kindOf({ durability, redis }: HealthFigures['store']): string {
  if (redis) return 'redis';
  return durability === 'memory' ? 'memory' : 'disk';
}
