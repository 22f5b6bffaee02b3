import type { Clock } from '../protocol/clock.ts';
import { ok } from '../protocol/result.ts';
import type { GatewayFigures } from './http/gateway.ts';
import { Health } from './http/health.ts';
import type { Reports } from './http/reports.ts';
import { IdleCollector } from './idleCollector.ts';
import type { Log } from './log.ts';
import { CommandCounts } from './metrics/commandCounts.ts';
import { LoopDelay } from './metrics/loopDelay.ts';
import {
  metricsText,
  type Counted,
  type ProcessFigures,
  type ServerFigures,
} from './metrics/metrics.ts';
import { overviewOf, sampleOf } from './metrics/overview.ts';
import { prometheusContentType } from './metrics/prometheusText.ts';
import { RecentFigures } from './metrics/recentFigures.ts';
import type { OverviewSource } from './inspection/overview/overviewWatch.ts';
import type { SharedStore } from './store/otherServers.ts';
import type { SessionStore } from './store/sessionStore.ts';

interface ReportingParts {
  readonly version: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Pick<SessionStore, 'status' | 'totals'> & Pick<SharedStore, 'recentTotals'>;
  /** Whether clients may change nothing. */
  readonly isReadOnly: boolean;
  readonly process?: ProcessFigures | undefined;
  /** Absent: none is collected when the server is idle. */
  readonly beginCollection?: (() => void) | undefined;
}

/** What a server tells its operators: whether it works, whether it is ready, and its figures. */
export class Reporting {
  readonly health: Health;
  readonly commands = new CommandCounts();
  readonly #parts: ReportingParts;
  readonly #loopDelay = new LoopDelay();
  readonly #idle: IdleCollector | undefined;
  readonly #recent = new RecentFigures(async () =>
    sampleOf(this.#counted, await this.#figures(), this.#loopDelay.takeLongestMs()),
  );
  #gateway: () => GatewayFigures = () => noGateway;

  constructor(parts: ReportingParts) {
    this.#parts = parts;
    this.health = new Health(parts);
    const { beginCollection: collect } = parts;
    this.#idle =
      collect && new IdleCollector({ ...parts, collect, requests: () => this.commands.total });
  }

  start(): void {
    this.#loopDelay.start();
    this.#recent.start();
    this.#idle?.start();
  }

  stop(): void {
    this.#loopDelay.stop();
    this.#recent.stop();
    this.#idle?.stop();
  }

  /** @param gateway What the gateway knows at the moment. */
  reports(gateway: () => GatewayFigures): Reports {
    const { store, isReadOnly } = this.#parts;
    this.#gateway = gateway;
    return {
      readiness: () => {
        const reason = this.#whyNotReady(gateway());
        const { durability, redis } = store.status();
        const where = redis ? `, Redis at ${redis.join(', ')}` : '';
        const line = (reason ?? `ready, durability ${durability}`) + where;
        return { isReady: reason === undefined, line };
      },
      health: async () => {
        const { data, inspection } = gateway().connections;
        const totals = await store.totals();
        const status = { ...store.status(), isReadOnly };
        return this.health.write({ connections: data + inspection, store: status, totals });
      },
      metrics: async () => {
        const text = metricsText(this.#counted, await this.#figures());
        return { type: prometheusContentType, text };
      },
    };
  }

  /** The same figures for inspectors. */
  readonly overview: OverviewSource = {
    now: async () => {
      const figures = await this.#figures();
      const [last] = this.#recent.since(0).slice(-1);
      const now = sampleOf(this.#counted, figures, (last?.delayUs ?? 0) / 1000);
      return overviewOf(this.#counted, figures, now);
    },
    since: (atMs) => this.#recent.since(atMs),
  };

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

  get #counted(): Counted {
    return { commands: this.commands, loopDelay: this.#loopDelay, idle: this.#idle };
  }

  async #figures(): Promise<ServerFigures> {
    const { version, clock, store, process } = this.#parts;
    // Those of many nodes are not counted again for each figure.
    const recent = store.recentTotals?.();
    const totals = recent ? ok(recent) : await store.totals();
    const gateway = this.#gateway();
    return {
      ...gateway,
      version,
      nowMs: clock.nowMs(),
      isReady: this.#whyNotReady(gateway) === undefined,
      faults: this.health.faults,
      store: store.status(),
      totals: totals.ok ? totals.value : undefined,
      process,
    };
  }
}

const noGateway: GatewayFigures = {
  connections: { data: 0, inspection: 0 },
  refused: new Map(),
  isStopping: false,
};
