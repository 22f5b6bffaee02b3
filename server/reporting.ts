import type { Clock } from '../protocol/clock.ts';
import type { GatewayFigures } from './http/gateway.ts';
import { Health } from './http/health.ts';
import type { Reports } from './http/reports.ts';
import { IdleCollector } from './idleCollector.ts';
import type { Log } from './log.ts';
import { CommandCounts } from './metrics/commandCounts.ts';
import { LoopDelay } from './metrics/loopDelay.ts';
import { metricsText, type ProcessFigures } from './metrics/metrics.ts';
import { prometheusContentType } from './metrics/prometheusText.ts';
import type { SessionStore } from './store/sessionStore.ts';

interface ReportingParts {
  readonly version: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Pick<SessionStore, 'status' | 'totals'>;
  /** Whether clients may change nothing. */
  readonly isReadOnly: boolean;
  readonly process?: ProcessFigures | undefined;
  /** Absent: none is collected when the server is idle. */
  readonly collectGarbage?: (() => void) | undefined;
}

/** What a server tells its operators: whether it works, whether it is ready, and its figures. */
export class Reporting {
  readonly health: Health;
  readonly commands = new CommandCounts();
  readonly #parts: ReportingParts;
  readonly #loopDelay = new LoopDelay();
  readonly #idle: IdleCollector | undefined;

  constructor(parts: ReportingParts) {
    this.#parts = parts;
    this.health = new Health(parts);
    const { collectGarbage: collect } = parts;
    this.#idle =
      collect && new IdleCollector({ ...parts, collect, requests: () => this.commands.total });
  }

  start(): void {
    this.#loopDelay.start();
    this.#idle?.start();
  }

  stop(): void {
    this.#loopDelay.stop();
    this.#idle?.stop();
  }

  /** @param gateway What the gateway knows at the moment. */
  reports(gateway: () => GatewayFigures): Reports {
    const { store, isReadOnly } = this.#parts;
    return {
      whyNotReady: () => this.#whyNotReady(gateway()),
      health: async () => {
        const { data, inspection } = gateway().connections;
        const totals = await store.totals();
        const status = { ...store.status(), isReadOnly };
        return this.health.write({ connections: data + inspection, store: status, totals });
      },
      metrics: async () => {
        const text = await this.#metrics(gateway());
        return { type: prometheusContentType, text };
      },
    };
  }

  #whyNotReady({ isStopping }: GatewayFigures): string | undefined {
    if (isStopping) return 'The server is shutting down';
    const { state, reason } = this.#parts.store.status();
    switch (state) {
      case 'ready':
        return undefined;
      case 'loading':
        return reason ?? 'The data is being loaded';
      case 'refusing':
        return reason ?? 'The store refuses changes';
    }
  }

  async #metrics(gateway: GatewayFigures): Promise<string> {
    const { version, clock, store, process } = this.#parts;
    const totals = await store.totals();
    return metricsText(
      { commands: this.commands, loopDelay: this.#loopDelay, idle: this.#idle },
      {
        ...gateway,
        version,
        nowMs: clock.nowMs(),
        isReady: this.#whyNotReady(gateway) === undefined,
        faults: this.health.faults,
        store: store.status(),
        totals: totals.ok ? totals.value : undefined,
        process,
      },
    );
  }
}
