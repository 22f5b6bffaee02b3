import type { Clock } from '../protocol/clock.ts';
import { systemClock } from './clock.ts';
import type { Config, ListenAddress } from './config/configTypes.ts';
import { DiskDataSets } from './dataSets/diskDataSets.ts';
import type { SaveOwner } from './dataSets/saveDirectory.ts';
import {
  commandsNamed,
  createDispatch,
  type CommandObserver,
  type CommandRecorder,
  type Dispatch,
} from './commands/dispatch.ts';
import type { DataSetStore } from './dataSets/dataSetStore.ts';
import { createStoreOf, ServerName, storeParts, type CreateStore } from './createStore.ts';
import { loadAtStart } from './loadAtStart.ts';
import { streamSnapshot } from './store/journal/streamSnapshot.ts';
import type { MemoryStoreParts } from './store/memory/memoryStore.ts';
import type { Restored, SessionStore } from './store/sessionStore.ts';
import { InspectionHub } from './inspection/hub.ts';
import type { NamedKey } from './inspection/rights/grant.ts';
import { Inspectors } from './inspectors.ts';
import { Reporting } from './reporting.ts';
import { silentLog, type Log } from './log.ts';
import type { ProcessFigures } from './metrics/metrics.ts';
import { traceDispatch } from './commands/traceDispatch.ts';
import type { CutEnding } from './sockets/connections.ts';
import { DataConnection } from './sockets/dataConnection.ts';
import { createGateway, type Gateway } from './http/gateway.ts';
import type { TlsPair } from './http/httpPort.ts';
import { defaultLimits, type Limits } from './sockets/limits.ts';
import { MissBudgets } from './sockets/missBudget.ts';
import { consoleFiles } from './http/consoleFiles.ts';

/** What a server needs from outside; tests hand in their own. */
export interface ServerDeps {
  readonly version: string;
  /** Directory of the built console; absent: none is served. */
  readonly webRoot?: string;
  readonly clock?: Clock;
  readonly log?: Log;
  readonly limits?: Partial<Limits>;
  /** Absent: unfinished saves of others stay for an hour. */
  readonly saveOwner?: SaveOwner;
  /** For `/metrics`; absent: it has none of the process. */
  readonly process?: ProcessFigures;
  /** Called when the server is idle and its heap has grown; absent: never. */
  readonly beginCollection?: () => void;
  /** Absent: as the configuration says. */
  readonly createStore?: CreateStore;
  /** Stands between clients and commands, to see and disturb them in tests; absent: nothing does. */
  readonly wrapDispatch?: (dispatch: Dispatch) => Dispatch;
}

/** A server that has started. */
export interface Listening {
  readonly url: string;
  readonly port: number;
  /** Where the metrics are, if apart from the console. */
  readonly metricsUrl: string | undefined;
  /** What was loaded at the start; absent: nothing was to be loaded. */
  readonly loaded: Restored | undefined;
}

/** A server that can be started once. */
export interface Server {
  /**
   * Opens the store and loads what the configuration says; sockets are taken when that is done. Rejects with the system's error
   * when the port is taken, and with one line that says why when the store or the data set cannot be read.
   */
  listen(): Promise<Listening>;
  /** Answers what has arrived, closes every connection with 1001, and closes the store. */
  close(): Promise<void>;
  /** Connections from now on get this certificate; those that are open stay. */
  renewCertificate(pair: TlsPair): void;
  /** From now on these are the inspection keys with names: inspectors that have another are cut off. */
  renewInspectionKeys(keys: readonly NamedKey[]): void;
  /** Notes a fault that was caught nowhere else: it is logged, and `/healthz` says "degraded" from now on. */
  noteFault(error: unknown): void;
  /** Ends open WebSockets: all of them, or that of a client by its number. */
  cut(ending: CutEnding, connection?: number): void;
  /** Removes the files of unfinished saves; for the last moment of the process. */
  removeUnfinished(): void;
}

interface DoorParts {
  readonly store: SessionStore;
  readonly version: string;
  readonly log: Log;
  readonly recorder: CommandRecorder;
  readonly observer: CommandObserver;
  readonly misses: MissBudgets;
}

/** What may be asked for at a door. */
interface DoorAccess {
  readonly persistEnabled: boolean;
  readonly disabled?: ReturnType<typeof commandsNamed> | undefined;
  readonly isReadOnly?: boolean;
  /** Of the inspectors. */
  readonly isConsole?: boolean;
}

/** Wires store, commands and transport. */
export function createServer(config: Config, deps: ServerDeps): Server {
  const { version, clock = systemClock, log = silentLog, wrapDispatch = unchanged } = deps;
  const limits = { ...defaultLimits, ...config.limits, ...deps.limits };
  const { maxPayloadBytes, isReadOnly, load } = config;
  const owner = deps.saveOwner ?? { id: 'unknown', hasEnded: () => false };
  const parts = storeParts(config, clock);
  const name = new ServerName(config);
  const createStore = deps.createStore ?? createStoreOf(config, { log, owner, name });
  const store = createStore(parts);
  const hub = new InspectionHub(store, clock, { isReadOnly, idOf: parts.idOf });
  const dataSetsIn = createDataSets(config, { ...parts, log, owner });
  const saves = dataSetsIn(config.persist.path);
  const reporting = new Reporting({ ...deps, clock, log, store, isReadOnly });
  const misses = new MissBudgets(clock, limits);
  const counted = { recorder: reporting.commands, observer: hub.commands, misses };
  const doorTo = createDoors(config, { ...counted, store, version, log });
  const dispatch = wrapDispatch(doorTo(saves, accessOf(config)));
  const shared = { clock, limits, log, misses };
  let connections = 0;
  const nextConnection = () => (connections += 1);
  const inspected = { hub, store, overview: reporting.overview, serverVersion: version };
  const clients = { dispatch, misses, nextConnection };
  const ownDoor = { dispatch: doorTo(saves, ofConsole(config)), nextConnection };
  const inspectors = new Inspectors({ ...shared, ...inspected, ...ownDoor, maxPayloadBytes });
  const gateway = createGateway({
    ...config,
    ...shared,
    files: consoleFiles(deps.webRoot, shared),
    connectData: (accepted) => new DataConnection(accepted, clients),
    connectInspector: (accepted) => inspectors.connect(accepted),
    isReady: () => store.status().state !== 'loading',
    reportsOf: (figures) => reporting.reports(figures),
    writeBackup: (write, signal) => streamSnapshot({ clock, write, signal }, store.records()),
    audit: inspectors.audit,
    endWork: () => saves.endWork(),
    whenSynced: () => store.whenSynced(),
  });
  return {
    listen: async () => {
      const loadData = load && (() => loadAtStart(load.name, dataSetsIn(load.path), doorTo));
      const onListening = (listening: number) => (name.port = listening);
      inspectors.start(gateway.peers);
      const started = await start(config, { gateway, store, loadData, onListening });
      reporting.start();
      if (config.persist.enabled) void saves.removeLeftovers();
      return { ...urlsOf(config, started.port, gateway), ...started };
    },
    renewCertificate: (pair) => gateway.renewCertificate(pair),
    renewInspectionKeys: (keys) => gateway.renewInspectionKeys(keys),
    cut: (ending, connection) => gateway.peers.end(ending, connection),
    noteFault: (error) => reporting.health.noteFault(error),
    removeUnfinished: () => saves.removeUnfinished(),
    close: async () => {
      await gateway.close();
      inspectors.stop();
      reporting.stop();
      await store.close();
    },
  };
}

const unchanged = (dispatch: Dispatch) => dispatch;

/** Makes the data sets of a directory. */
function createDataSets(
  { limits }: Config,
  {
    clock,
    log,
    owner,
    tokens,
  }: Pick<MemoryStoreParts, 'clock' | 'tokens'> & { readonly log: Log; readonly owner: SaveOwner },
) {
  const sharedToken = (name: string) => tokens.sharedToken(name);
  return (root: string) => new DiskDataSets({ ...limits, root, clock, log, owner, sharedToken });
}

/** Throws one line when a command that is to be disabled is none. */
function accessOf({ persist, disabledCommands, isReadOnly }: Config): DoorAccess {
  const disabled = commandsNamed(disabledCommands);
  return { persistEnabled: persist.enabled, disabled, isReadOnly };
}

function ofConsole(config: Config): DoorAccess {
  return { ...accessOf(config), isConsole: true };
}

/** Makes doors to a store: of the server, and of what it does at its start, where all is allowed. */
function createDoors({ logLevel }: Config, parts: DoorParts) {
  const { store, version, log, recorder, observer, misses } = parts;
  const onMisses = (connection: number, count: number) => misses.note(connection, count);
  const counted = { recorder, observer, onMisses };
  return (dataSets: DataSetStore, access: DoorAccess = { persistEnabled: true }): Dispatch => {
    const { persistEnabled, ...allowed } = access;
    const facts = { serverVersion: version, persistEnabled };
    const dispatch = createDispatch({ store, facts, dataSets }, { ...counted, ...allowed });
    return logLevel === 'debug' ? traceDispatch(dispatch, log) : dispatch;
  };
}

/** Listens and opens the store; a start that fails closes both again. */
async function start(
  config: Config,
  parts: {
    readonly gateway: Gateway;
    readonly store: SessionStore;
    readonly loadData: (() => Promise<Restored>) | undefined;
    readonly onListening: (port: number) => void;
  },
): Promise<Pick<Listening, 'port' | 'loaded'>> {
  const { gateway, store, loadData, onListening } = parts;
  try {
    // While data is read, probes are answered and sockets are refused; with --loadName nothing is yet.
    const early = loadData ? undefined : await gateway.listen(config);
    if (early !== undefined) onListening(early);
    await store.open();
    const loaded = await loadData?.();
    const port = early ?? (await gateway.listen(config));
    onListening(port);
    return { port, loaded };
  } catch (error) {
    await gateway.close();
    await store.close();
    throw error;
  }
}

function urlsOf({ ip, tls }: Config, port: number, { metricsAddress }: Gateway) {
  const metricsUrl = metricsAddress && `${urlOf('http', metricsAddress)}/metrics`;
  return { url: urlOf(tls ? 'https' : 'http', { ip, port }), metricsUrl };
}

function urlOf(scheme: 'http' | 'https', { ip, port }: ListenAddress): string {
  return `${scheme}://${ip.includes(':') ? `[${ip}]` : ip}:${port}`;
}
