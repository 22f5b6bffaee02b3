import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { createDispatch } from './dispatch.ts';
import { MemoryEngine } from './engine/memoryEngine.ts';
import { createTokenSource } from './engine/tokenSource.ts';
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
}

/** A server that can be started once. */
export interface Server {
  /** @returns Where it listens. Rejects with the system's error when the port is taken. */
  listen(): Promise<{ readonly url: string; readonly port: number }>;
  /** Answers what has arrived, closes every connection with 1001, and lets go of all data. */
  close(): Promise<void>;
}

/** Wires engine, commands and transport: the only place that names an engine. */
export function createServer(config: Config, deps: ServerDeps): Server {
  const { version, clock = systemClock, log = silentLog } = deps;
  const limits = { ...defaultLimits, ...deps.limits };
  const { maxPayloadBytes } = config;
  const engine = new MemoryEngine({ clock, tokens: createTokenSource() });
  const facts = { serverVersion: version, persistEnabled: false };
  const plainDispatch = createDispatch(engine, facts);
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
    health: (connections) => {
      const { sessions, keys } = engine.totals();
      const uptimeSec = Math.floor((clock.nowMs() - startedAtMs) / 1000);
      const state = `{"status":"ok","version":"${version}","uptimeSec":${uptimeSec},"connections":${connections},"sessions":${sessions},"keys":${keys}}`;
      return Promise.resolve(state);
    },
  });
  return {
    listen: async () => {
      const port = await gateway.listen(config);
      return {
        url: `http://${config.ip.includes(':') ? `[${config.ip}]` : config.ip}:${port}`,
        port,
      };
    },
    close: async () => {
      await gateway.close();
      engine.close();
    },
  };
}
