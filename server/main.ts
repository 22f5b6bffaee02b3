import { fileURLToPath } from 'node:url';
import { systemClock } from './clock.ts';
import { configOrAnswer } from './configOrAnswer.mjs';
import type { Config } from './configTypes.ts';
import { createServer } from './createServer.ts';
import { createLog } from './log.ts';
import packageJson from '../package.json' with { type: 'json' };

const { version } = packageJson;

/** Beside the bundle when built, in `dist/` when run from the sources. */
const webRoot = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../dist/web' : './web', import.meta.url),
);

/** Longest time that a stop may take, whatever the clients do. */
const stopWithinMs = 1900;

function fail(line: string): never {
  process.stderr.write(`seshdeck: ${line}\n`);
  process.exit(1);
}

function whyNotListening(error: unknown, { ip, port }: Config): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `port ${port} on ${ip} is in use; choose another with --port`;
  if (code === 'EACCES') return `no permission to use port ${port} on ${ip}`;
  if (code === 'EADDRNOTAVAIL') return `this machine does not have the address ${ip}`;
  return error instanceof Error ? error.message : String(error);
}

function aboutData({ persist }: Config): string {
  if (!persist.enabled) return 'Data lives in memory only: it goes when the server stops.';
  return `Data lives in memory; SH_SAVE writes it to ${persist.path}.`;
}

/** Ctrl+C on `npm start` comes twice: from the terminal, and passed on by npm. */
const signalEchoMs = 300;

async function serve(config: Config): Promise<void> {
  const log = createLog({
    level: config.logLevel,
    write: (line) => process.stderr.write(`${line}\n`),
    nowMs: () => Date.now(),
  });
  const server = createServer(config, { version, webRoot, clock: systemClock, log });
  let askedToStopAtMs: number | undefined;
  const stop = () => {
    const nowMs = performance.now();
    if (askedToStopAtMs !== undefined) {
      // A person's second signal ends it at once, whatever is still unanswered.
      if (nowMs - askedToStopAtMs > signalEchoMs) process.exit(1);
      return;
    }
    askedToStopAtMs = nowMs;
    setTimeout(() => process.exit(0), stopWithinMs).unref();
    void server.close().finally(() => process.exit(0));
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    const { url, loaded } = await server.listen();
    const lines = [`Seshdeck ${version} on ${url}`, aboutData(config)];
    if (loaded)
      lines.push(`Loaded at the start: sessions ${loaded.sessions}, keys ${loaded.keys}.`);
    process.stdout.write(`${lines.join('\n')}\n`);
  } catch (error) {
    fail(whyNotListening(error, config));
  }
}

// Whoever started the server may have stopped listening to it; that is no reason to end.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

const config = configOrAnswer(process, version);
if (config) await serve(config);
