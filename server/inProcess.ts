import { mkdtempSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import type { Clock } from '../protocol/clock.ts';
import { jsonNull } from '../protocol/json/jsonText.ts';
import packageJson from '../package.json' with { type: 'json' };
import type { Dispatch } from './commands/dispatch.ts';
import { readConfig } from './config/readConfig.mjs';
import type { Config } from './config/configTypes.ts';
import { createServer } from './createServer.ts';
import { createStoreOf, ServerName } from './createStore.ts';
import { createLog } from './log.ts';
import type { CutEnding } from './sockets/connections.ts';
import { diskFiles, type Files, type JournalFile } from './store/journal/files.ts';
import type { SessionRecord } from './store/changes.ts';
import type { SessionStore } from './store/sessionStore.ts';
import { createTokenSource, fillBySeed } from './store/tokenSource.ts';

/** What the testing kit decides about a server that runs in its process. */
export interface InProcessOptions {
  /** As on the command line. */
  readonly args: readonly string[];
  readonly clock: Clock;
  /** Tokens follow from it; absent: they are random. */
  readonly seed: string | undefined;
  /** Takes a line of the log. */
  readonly writeLog: (line: string) => void;
  readonly wrapDispatch: (dispatch: Dispatch) => Dispatch;
  /** Called before the disk is changed; a throw fails that. */
  readonly onDisk: () => void;
}

/** A session at one moment, and the milliseconds of its time that have passed. */
export interface StoppedSession {
  readonly record: SessionRecord;
  readonly elapsedMs: number;
}

/** A server in this process. */
export interface InProcessServer {
  readonly url: string;
  /** The door of clients, without what {@link InProcessOptions.wrapDispatch} put before it. */
  readonly dispatch: Dispatch;
  cut(ending: CutEnding, connection?: number): void;
  /** All sessions, as they are at one moment. */
  sessions(): Promise<readonly StoppedSession[]>;
  /** Puts sessions back, with what was left of their time. */
  restore(sessions: readonly StoppedSession[]): Promise<void>;
  close(): Promise<void>;
}

/** A class of WebSockets, for clients in a Node that has none. */
export const socketClass = WebSocket;

/** Beside the bundle when built, in `dist/` when run from the sources. */
const webRoot = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../dist/web' : './web', import.meta.url),
);

/** What Node is called with to start the server in a separate process: the bundle beside this one, or the sources. */
export const serverArgs: readonly string[] = import.meta.url.endsWith('.ts')
  ? ['--import', 'tsx', fileURLToPath(new URL('main.ts', import.meta.url))]
  : [fileURLToPath(new URL('server.mjs', import.meta.url))];

/** Starts a server for the testing kit. Rejects with one line when the arguments are wrong or the start fails. */
export async function startInProcess(options: InProcessOptions): Promise<InProcessServer> {
  const { clock, writeLog, onDisk } = options;
  const config = configOf(options.args);
  const log = createLog({ level: config.logLevel, write: writeLog, nowMs: () => clock.nowMs() });
  const owner = { id: 'testing', hasEnded: () => false };
  const name = new ServerName(config);
  const filesOf = (directory: string) => failing(diskFiles(directory), onDisk);
  const createStore = createStoreOf(config, { log, owner, name, filesOf });
  const { seed } = options;
  const tokens = createTokenSource(seed === undefined ? {} : { fill: fillBySeed(seed) });
  let store: SessionStore | undefined;
  let door: Dispatch | undefined;
  const server = createServer(config, {
    version: packageJson.version,
    webRoot,
    clock,
    log,
    saveOwner: owner,
    createStore: (parts) => (store = createStore({ ...parts, tokens })),
    wrapDispatch: (dispatch) => options.wrapDispatch((door = dispatch)),
  });
  const { url } = await server.listen();
  if (!store || !door) throw new Error('A server without a store');
  const opened: SessionStore = store;
  return {
    url,
    dispatch: door,
    cut: (ending, connection) => server.cut(ending, connection),
    sessions: () => stop(opened, clock.nowMs()),
    restore: (sessions) => restore(opened, sessions, clock.nowMs()),
    close: () => server.close(),
  };
}

function configOf(args: readonly string[]): Config {
  const command = readConfig({
    args,
    env: {},
    readFile: (path) => readFileSync(path, 'utf8'),
    tryDirectory: (path) => rmdirSync(mkdtempSync(join(path, '.seshdeck-'))),
  });
  if (!command.ok) throw new Error(command.refusal);
  if (command.value.kind !== 'serve') throw new Error('These flags do not start a server');
  return command.value.config;
}

async function stop(store: SessionStore, nowMs: number): Promise<StoppedSession[]> {
  const stopped: StoppedSession[] = [];
  for await (const record of store.records()) {
    stopped.push({ record, elapsedMs: record.term ? nowMs - record.term.startMs : 0 });
  }
  return stopped;
}

async function restore(
  store: SessionStore,
  sessions: readonly StoppedSession[],
  nowMs: number,
): Promise<void> {
  const restored = sessions.map(({ record, elapsedMs }) => {
    const { token, name, shared, term: expiry, extension, keys, values } = record;
    const entries = new Map(keys.map((key, index) => [key, values[index] ?? jsonNull]));
    return { token, name, shared, expiry, extension, startMs: nowMs - elapsedMs, keys: entries };
  });
  const outcome = await store.restoreSessions(restored, { connection: 0 });
  if (!outcome.ok) throw new Error(`The store refused them with ${outcome.refusal.status}`);
}

/** Files on a disk that fails when a test wants it. */
function failing(files: Files, onDisk: () => void): Files {
  const checked = <A extends unknown[], T>(call: (...args: A) => Promise<T>) => {
    return async (...args: A): Promise<T> => {
      onDisk();
      return call(...args);
    };
  };
  const failingFile = (file: JournalFile): JournalFile => ({
    write: checked((bytes: Uint8Array, position: number) => file.write(bytes, position)),
    read: (into, position) => file.read(into, position),
    size: () => file.size(),
    sync: checked(() => file.sync()),
    truncate: checked((length: number) => file.truncate(length)),
    close: () => file.close(),
  });
  return {
    list: () => files.list(),
    open: async (name, mode) => {
      if (mode === 'create') onDisk();
      return failingFile(await files.open(name, mode));
    },
    rename: checked((from: string, to: string) => files.rename(from, to)),
    remove: checked((name: string) => files.remove(name)),
    syncNames: checked(() => files.syncNames()),
  };
}
