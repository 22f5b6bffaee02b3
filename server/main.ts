import { readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { isatty } from 'node:tty';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { systemClock } from './clock.ts';
import { beginCollection } from './beginCollection.ts';
import { configOrAnswer } from './config/configOrAnswer.mjs';
import type { Config, RedisNodes, TlsFiles, Tool } from './config/configTypes.ts';
import { readInspectionKeys } from './config/inspectionKeys.mjs';
import { readTlsPair } from './config/tlsPair.mjs';
import { createServer, type Server } from './createServer.ts';
import { createLog, type Log } from './log.ts';
import { localUrl, openBrowser } from './openBrowser.ts';
import { runTool } from './tools/runTool.ts';
import packageJson from '../package.json' with { type: 'json' };

const { version } = packageJson;

/** Beside the bundle when built, in `dist/` when run from the sources. */
const webRoot = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../dist/web' : './web', import.meta.url),
);

/**
 * Bytecode that V8 may put in line into one function, in all, in place of 920: a command goes through very many small functions.
 * What was compiled before it is set stays as it is.
 */
const maxInlinedBytes = 5_000;

/** Longest time that a stop may take, whatever clients and disk do. Containers are killed after 10 s. */
const stopWithinMs = 8_000;

function fail(line: string): never {
  process.stderr.write(`seshdeck: ${line}\n`);
  process.exit(1);
}

function whyNotListening(error: unknown, { metricsListen }: Config): string {
  if (!(error instanceof Error)) return String(error);
  const {
    code,
    address: ip,
    port,
  } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  const isForMetrics = ip === metricsListen?.ip && port === metricsListen?.port;
  const flag = isForMetrics ? '--metrics-listen' : '--port';
  if (code === 'EADDRINUSE') return `port ${port} on ${ip} is in use; choose another with ${flag}`;
  if (code === 'EACCES') return `no permission to use port ${port} on ${ip}`;
  if (code === 'EADDRNOTAVAIL') return `this machine does not have the address ${ip}`;
  return error.message;
}

function aboutData({ data, persist }: Config): string[] {
  const saving = persist.enabled ? [`SH_SAVE writes to ${persist.path}.`] : [];
  return [aboutKeeping(data), ...saving];
}

function aboutKeeping(data: Config['data']): string {
  if (data.kind === 'memory') {
    return 'Data is in memory only and is lost when the server stops.';
  }
  if (data.kind === 'redis')
    return `Data is in Redis at ${namesOf(data)}; ${confirmedBy[data.ack]}.`;
  const promise =
    data.durability === 'relaxed'
      ? 'a crash may lose the last second'
      : 'each change is on disk before it is confirmed';
  return `Data is saved in ${data.path}; ${promise}.`;
}

const confirmedBy = {
  replica: 'each change is confirmed when a replica has it, as long as there is one',
  strict: 'each change is confirmed when a replica has it',
  master: 'each change is confirmed when one node has it',
};

function namesOf({ nodes }: RedisNodes): string {
  return nodes
    .map(({ host, port }) => `${host.includes(':') ? `[${host}]` : host}:${port}`)
    .join(', ');
}

/** This process, among those that save into the same directory. */
const saveOwner = {
  id: `${process.pid}@${hostname()}`,
  hasEnded: (id: string): boolean => {
    const [pid, host] = id.split('@');
    // Of a process elsewhere nothing is known; a number that is ours was another's before.
    return host === hostname() && (Number(pid) === process.pid || !isRunning(Number(pid)));
  },
};

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const processFigures = {
  nodeVersion: process.versions.node,
  residentBytes: () => process.memoryUsage.rss(),
  cpuSec: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  },
};

/** A terminal that is closed sends SIGHUP; to a service it means that its files have changed. */
const isInTerminal = [0, 1, 2].some(isatty);

function renewCertificate(
  files: TlsFiles,
  { server, log }: { readonly server: Server; readonly log: Log },
): void {
  try {
    server.renewCertificate(readTlsPair(files, (path) => readFileSync(path, 'utf8')));
    log.info('The certificate was read again.');
  } catch (error) {
    log.error(`The certificate stays as it was: ${String(error).replace(/^Error: /, '')}`);
  }
}

/** Others who can read the file of the keys can learn what they are, or whose. */
function warnIfOpen(file: string, log: Log): void {
  const isOpen = process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0;
  if (isOpen) log.warn(`Others may read ${file}; "chmod 600" keeps the inspection keys private.`);
}

function renewInspectionKeys(
  file: string,
  { server, log }: { readonly server: Server; readonly log: Log },
): void {
  try {
    const keys = readInspectionKeys(file, (path) => readFileSync(path, 'utf8'));
    server.renewInspectionKeys(keys);
    log.info(`The inspection keys were read again; there are ${keys.length}.`);
    warnIfOpen(file, log);
  } catch (error) {
    log.error(`The inspection keys stay as they were: ${String(error).replace(/^Error: /, '')}`);
  }
}

/** What a service is to read again on SIGHUP. @returns Whether there is anything. */
function renewFiles(
  config: Config,
  running: { readonly server: Server; readonly log: Log },
): boolean {
  const keysFile = keysFileOf(config);
  if (config.tls) renewCertificate(config.tls, running);
  if (keysFile !== undefined) renewInspectionKeys(keysFile, running);
  return config.tls !== undefined || keysFile !== undefined;
}

function keysFileOf({ inspection }: Config): string | undefined {
  return inspection.kind === 'key' ? inspection.named?.file : undefined;
}

function formatOf(
  { logFormat }: Config,
  { isTerminal }: { readonly isTerminal: boolean },
): 'text' | 'json' {
  if (logFormat !== 'auto') return logFormat;
  return isTerminal ? 'text' : 'json';
}

/** Whatever comes of it, the server runs on. */
function open(url: string, log: Log): void {
  openBrowser(url, process, (why) => {
    log.warn(`No browser could be opened (${why}). Open ${url} yourself.`);
  });
}

/** Ctrl+C on `npm start` comes twice: from the terminal, and passed on by npm. */
const signalEchoMs = 300;

async function serve(config: Config): Promise<void> {
  const log = createLog({
    level: config.logLevel,
    format: formatOf(config, { isTerminal: process.stderr.isTTY }),
    write: (line) => process.stderr.write(`${line}\n`),
    nowMs: () => Date.now(),
  });
  let server: Server;
  try {
    server = createServer(config, {
      version,
      webRoot,
      clock: systemClock,
      log,
      saveOwner,
      process: processFigures,
      beginCollection,
    });
  } catch (error) {
    fail(whyNotListening(error, config));
  }
  const keysFile = keysFileOf(config);
  if (keysFile !== undefined) warnIfOpen(keysFile, log);
  let askedToStopAtMs: number | undefined;
  const stop = () => {
    const nowMs = performance.now();
    if (askedToStopAtMs !== undefined) {
      // A person's second signal ends it at once, whatever is still unanswered.
      if (nowMs - askedToStopAtMs > signalEchoMs) process.exit(1);
      return;
    }
    askedToStopAtMs = nowMs;
    setTimeout(() => {
      log.error('The stop took too long: the last changes may not be on disk');
      process.exit(1);
    }, stopWithinMs).unref();
    void server.close().finally(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
  process.on('SIGHUP', () => {
    if (isInTerminal || !renewFiles(config, { server, log })) stop();
  });
  // However it ends, a save that nobody can load is not left on the disk.
  process.on('exit', () => server.removeUnfinished());
  try {
    const { url, metricsUrl, loaded } = await server.listen();
    const lines = [`Seshdeck ${version} on ${url}`, ...aboutData(config)];
    if (metricsUrl) lines.push(`Metrics on ${metricsUrl}`);
    if (loaded)
      lines.push(`Loaded at the start: sessions ${loaded.sessions}, keys ${loaded.keys}.`);
    // The last resort: what was caught nowhere else must not take all sessions with it.
    process.on('uncaughtException', (error) => server.noteFault(error));
    if (process.stdout.isTTY) lines.push('Press Ctrl+C to stop.');
    process.stdout.write(`${lines.join('\n')}\n`);
    if (config.opensBrowser) open(localUrl(url), log);
  } catch (error) {
    // One that is asked to stop while it starts ends as it was asked to.
    if (askedToStopAtMs === undefined) fail(whyNotListening(error, config));
  }
}

// Unanswered, this signal makes Node open a debugger to everybody on this machine.
process.on('SIGUSR1', () => undefined);

// The reader of our output may be gone; that is no reason to end.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

async function runAndSay(tool: Tool): Promise<void> {
  const stop = new AbortController();
  if (tool.name === 'bench') process.once('SIGINT', () => stop.abort());
  const say = (line: string) => process.stderr.write(`${line}\n`);
  try {
    process.stdout.write(`${(await runTool(tool, { say, signal: stop.signal })).join('\n')}\n`);
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
}

const work = configOrAnswer(process, version);
if (work?.kind === 'serve') {
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${maxInlinedBytes}`);
  await serve(work.config);
} else if (work) await runAndSay(work.tool);
