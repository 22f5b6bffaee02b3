import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import type { Config } from './configTypes.ts';
import { DiskDataSets } from './dataSets/diskDataSets.ts';
import { createDispatch } from './dispatch.ts';
import { MemoryEngine } from './engine/memoryEngine.ts';
import type { SessionEngine, Totals } from './engine/sessionEngine.ts';
import { createTokenSource, type TokenSource } from './engine/tokenSource.ts';
import { InspectorConnection } from './feed/inspectorConnection.ts';
import { silentLog, type Log } from './log.ts';
import { traceDispatch } from './traceDispatch.ts';
import { DataConnection } from './transport/dataConnection.ts';
import { createGateway } from './transport/gateway.ts';
import { defaultLimits, type Limits } from './transport/limits.ts';

/** What a server needs from outside; tests hand in their own. */
export interface ServerDeps {
  readonly version: string;
  /** Directory of the built console; absent: none is served. */
  readonly webRoot?: string;
  readonly clock?: Clock;
  readonly log?: Log;
  readonly limits?: Partial<Limits>;
  /** Absent: everything is kept in memory. */
  readonly createEngine?: (parts: { clock: Clock; tokens: TokenSource }) => SessionEngine;
}

/** A server that has started. */
export interface Listening {
  readonly url: string;
  readonly port: number;
  /** What was loaded at the start; absent: nothing was to be loaded. */
  readonly loaded: Totals | undefined;
}

/** A server that can be started once. */
export interface Server {
  /**
   * Loads what the configuration says, then listens. Rejects with the system's error when the
   * port is taken, and with one line that says why when the data set cannot be loaded.
   */
  listen(): Promise<Listening>;
  /** Answers what has arrived, closes every connection with 1001, and lets go of all data. */
  close(): Promise<void>;
}

/** Wires engine, commands and transport: the only place that names an engine. */
export function createServer(config: Config, deps: ServerDeps): Server {
  const { version, clock = systemClock, log = silentLog } = deps;
  const limits = { ...defaultLimits, ...deps.limits };
  const { maxPayloadBytes } = config;
  const tokens = createTokenSource();
  const engine = deps.createEngine?.({ clock, tokens }) ?? new MemoryEngine({ clock, tokens });
  const dataSetsIn = (root: string) =>
    new DiskDataSets({ root, clock, log, sharedToken: (name) => tokens.sharedToken(name) });
  const facts = { serverVersion: version, persistEnabled: config.persist.enabled };
  const plainDispatch = createDispatch(engine, facts, dataSetsIn(config.persist.path));
  const isTraced = config.logLevel === 'debug';
  const dispatch = isTraced ? traceDispatch(plainDispatch, log) : plainDispatch;
  const shared = { clock, limits, log };
  const startedAtMs = clock.nowMs();
  const gateway = createGateway({
    ...shared,
    maxPayloadBytes,
    allowHosts: config.allowHosts,
    allowOrigins: config.allowOrigins,
    inspection: config.inspection,
    webRoot: deps.webRoot,
    connectData: (accepted) => new DataConnection({ ...accepted, ...shared, dispatch }),
    connectInspector: (accepted) =>
      new InspectorConnection({
        ...accepted,
        ...shared,
        engine,
        serverVersion: version,
        maxPayloadBytes,
      }),
    health: async (connections) => {
      const { sessions, keys } = await engine.totals();
      const uptimeSec = Math.floor((clock.nowMs() - startedAtMs) / 1000);
      const state = `{"status":"ok","version":"${version}","uptimeSec":${uptimeSec},"connections":${connections},"sessions":${sessions},"keys":${keys}}`;
      return state;
    },
  });
  const loadFirst = async ({ name, path }: NonNullable<Config['load']>) => {
    const sessions = await dataSetsIn(path).loadQuietly(name);
    if (!sessions.ok) throw new Error(`--loadName: ${sessions.refusal}`);
    return engine.restoreSessions(sessions.value);
  };
  return {
    listen: async () => {
      const loaded = config.load && (await loadFirst(config.load));
      const port = await gateway.listen(config);
      const host = config.ip.includes(':') ? `[${config.ip}]` : config.ip;
      return { url: `http://${host}:${port}`, port, loaded };
    },
    close: async () => {
      await gateway.close();
      await engine.close();
    },
  };
}
