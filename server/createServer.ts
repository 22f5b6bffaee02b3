import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import type { Config } from './configTypes.ts';
import { DiskDataSets } from './dataSets/diskDataSets.ts';
import { createDispatch } from './commands/dispatch.ts';
import { MemoryStore } from './store/memory/memoryStore.ts';
import type { SessionStore, Totals } from './store/sessionStore.ts';
import { createTokenSource, type TokenSource } from './store/tokenSource.ts';
import { InspectorConnection } from './inspection/inspectorConnection.ts';
import { silentLog, type Log } from './log.ts';
import { traceDispatch } from './commands/traceDispatch.ts';
import { DataConnection } from './transport/dataConnection.ts';
import { createGateway } from './transport/gateway.ts';
import { defaultLimits, type Limits } from './transport/limits.ts';
import { readSiteFiles, type SiteFiles, type SiteLimits } from './transport/siteFiles.ts';

/** What a server needs from outside; tests hand in their own. */
export interface ServerDeps {
  readonly version: string;
  /** Directory of the built console; absent: none is served. */
  readonly webRoot?: string;
  readonly clock?: Clock;
  readonly log?: Log;
  readonly limits?: Partial<Limits>;
  /** Absent: everything is kept in memory. */
  readonly createStore?: (parts: { clock: Clock; tokens: TokenSource }) => SessionStore;
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

/** Wires store, commands and transport: the only place that names a store. */
export function createServer(config: Config, deps: ServerDeps): Server {
  const { version, clock = systemClock, log = silentLog } = deps;
  const limits = { ...defaultLimits, ...deps.limits };
  const { maxPayloadBytes } = config;
  const tokens = createTokenSource();
  const store = deps.createStore?.({ clock, tokens }) ?? new MemoryStore({ clock, tokens });
  const dataSetsIn = (root: string) =>
    new DiskDataSets({ root, clock, log, sharedToken: (name) => tokens.sharedToken(name) });
  const facts = { serverVersion: version, persistEnabled: config.persist.enabled };
  const plainDispatch = createDispatch(store, facts, dataSetsIn(config.persist.path));
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
    files: filesOf(deps.webRoot, shared),
    connectData: (accepted) => new DataConnection({ ...accepted, ...shared, dispatch }),
    connectInspector: (accepted) =>
      new InspectorConnection({
        ...accepted,
        ...shared,
        store,
        serverVersion: version,
        maxPayloadBytes,
      }),
    health: async (connections) => {
      const { sessions, keys } = await store.totals();
      const uptimeSec = Math.floor((clock.nowMs() - startedAtMs) / 1000);
      const state = `{"status":"ok","version":"${version}","uptimeSec":${uptimeSec},"connections":${connections},"sessions":${sessions},"keys":${keys}}`;
      return state;
    },
  });
  const loadFirst = async ({ name, path }: NonNullable<Config['load']>) => {
    const sessions = await dataSetsIn(path).loadQuietly(name);
    if (!sessions.ok) throw new Error(`--loadName: ${sessions.refusal}`);
    return store.restoreSessions(sessions.value);
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
      await store.close();
    },
  };
}

/** The console, if it is built. One that cannot be read is no reason to keep sessions from anybody. */
function filesOf(
  webRoot: string | undefined,
  { limits, log }: { readonly limits: SiteLimits; readonly log: Log },
): SiteFiles | undefined {
  if (webRoot === undefined || !existsSync(join(webRoot, 'index.html'))) return undefined;
  try {
    return readSiteFiles(webRoot, limits);
  } catch (error) {
    log.error(
      `The console cannot be served: ${error instanceof Error ? error.message : 'unknown'}`,
    );
    return undefined;
  }
}
