import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSetName } from '../protocol/dataSetName.ts';
import type { Clock } from './clock.ts';
import { systemClock } from './clock.ts';
import type { Config } from './configTypes.ts';
import { DiskDataSets } from './dataSets/diskDataSets.ts';
import { createDispatch } from './commands/dispatch.ts';
import { MemoryStore, type MemoryStoreParts } from './store/memory/memoryStore.ts';
import { createSessionIds } from './store/sessionIds.ts';
import type { SessionStore, Totals } from './store/sessionStore.ts';
import { createTokenSource } from './store/tokenSource.ts';
import { InspectionHub } from './inspection/hub.ts';
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
  readonly createStore?: (parts: MemoryStoreParts) => SessionStore;
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
   * Opens the store, loads what the configuration says, then listens. Rejects with the system's error
   * when the port is taken, and with one line that says why when the store or the data set cannot be read.
   */
  listen(): Promise<Listening>;
  /** Answers what has arrived, closes every connection with 1001, and closes the store. */
  close(): Promise<void>;
}

/** Wires store, commands and transport: the only place that names a store. */
export function createServer(config: Config, deps: ServerDeps): Server {
  const { version, clock = systemClock, log = silentLog } = deps;
  const limits = { ...defaultLimits, ...deps.limits };
  const { maxPayloadBytes } = config;
  const tokens = createTokenSource();
  const { inspection } = config;
  const idOf = createSessionIds(inspection.kind === 'key' ? inspection.key : '');
  const parts = { clock, tokens, idOf };
  const store = deps.createStore?.(parts) ?? new MemoryStore(parts);
  const hub = new InspectionHub(store);
  const dataSetsIn = (root: string) =>
    new DiskDataSets({ root, clock, log, sharedToken: (name) => tokens.sharedToken(name) });
  const facts = { serverVersion: version, persistEnabled: config.persist.enabled };
  const dataSets = dataSetsIn(config.persist.path);
  const plainDispatch = createDispatch({ store, facts, dataSets });
  const isTraced = config.logLevel === 'debug';
  const dispatch = isTraced ? traceDispatch(plainDispatch, log) : plainDispatch;
  const shared = { clock, limits, log };
  let connections = 0;
  const gateway = createGateway({
    ...shared,
    maxPayloadBytes,
    allowHosts: config.allowHosts,
    allowOrigins: config.allowOrigins,
    inspection: config.inspection,
    files: filesOf(deps.webRoot, shared),
    connectData: (accepted) => {
      connections += 1;
      return new DataConnection({ ...accepted, ...shared, dispatch, connection: connections });
    },
    connectInspector: (accepted) =>
      new InspectorConnection({
        ...accepted,
        ...shared,
        store,
        hub,
        serverVersion: version,
        maxPayloadBytes,
      }),
    health: createHealth(store, { clock, version }),
  });
  return {
    listen: async () => {
      await store.open();
      const { load } = config;
      const loaded = load && (await loadInto(store, dataSetsIn(load.path), load.name));
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

/** Throws one line that says why when the data set cannot be loaded. */
async function loadInto(
  store: SessionStore,
  dataSets: DiskDataSets,
  name: DataSetName,
): Promise<Totals> {
  const sessions = await dataSets.loadQuietly(name);
  if (!sessions.ok) throw new Error(`--loadName: ${sessions.refusal}`);
  const added = await store.restoreSessions(sessions.value, { connection: 0 });
  if (!added.ok) throw new Error(`--loadName: the store refused with ${added.refusal.status}`);
  return added.value;
}

/** What `/healthz` answers. */
function createHealth(
  store: SessionStore,
  { clock, version }: { clock: Clock; version: string },
): (connections: number) => Promise<string> {
  const startedAtMs = clock.nowMs();
  return async (connections) => {
    const totals = await store.totals();
    const status = totals.ok ? 'ok' : 'unavailable';
    const { sessions, keys } = totals.ok ? totals.value : { sessions: null, keys: null };
    const uptimeSec = Math.floor((clock.nowMs() - startedAtMs) / 1000);
    return `{"status":"${status}","version":"${version}","uptimeSec":${uptimeSec},"connections":${connections},"sessions":${sessions},"keys":${keys}}`;
  };
}
