import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Faults } from './faults.ts';
import { Recordings } from './received.ts';
import { TestClock } from './testClock.ts';
import type { Snapshot } from './snapshot.ts';
import { disturbed } from './disturbed.ts';
import { TestServer } from './testServer.ts';

/** How a server is to run. All of it may be left out. */
export interface ServerOptions {
  /** As on the command line, such as `['--max-keys', '100']`. The port is always a free one. */
  readonly flags?: readonly string[];
  /** Keeps sessions on disk: in a directory that stays, or with `true` in one that goes with the server. */
  readonly data?: string | true;
  /** Makes tokens the same in each run. Default: nobody can guess them. */
  readonly seed?: number | string;
  /** `stopped`: only `clock.advance` moves the server's time; until then the console does not see what changes. */
  readonly clock?: 'running' | 'stopped';
  /** What it holds at its start. */
  readonly from?: Snapshot;
}

/** Lines of the log that are kept. */
const maxLogLines = 1_000;

/**
 * Starts a server in this process, on a free port, with an empty memory and the console if that is built.
 * Rejects with one line when a flag is wrong or the start fails.
 */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const { flags = [], data, seed, from, clock: kind = 'running' } = options;
  const { startInProcess, socketClass } = await import('../../server/inProcess.ts');
  const directory = data === true ? mkdtempSync(join(tmpdir(), 'seshdeck-test-')) : data;
  const clock = new TestClock({ isStopped: kind === 'stopped' });
  const recordings = new Recordings();
  const log: string[] = [];
  const faults = new Faults({
    onCut: (ending, connection) => server.cut(ending, connection),
    hasDisk: directory !== undefined,
  });
  const lose = (connection: number) => server.cut({ code: 1006, reason: '' }, connection);
  const onClosed = () => {
    if (data === true && directory !== undefined) rmSync(directory, { recursive: true });
  };
  const place = directory === undefined ? ['--memory'] : ['--data', directory];
  const server = await startInProcess({
    args: ['--log-level', 'debug', ...flags, ...place, '--port', '0'],
    clock,
    seed: seed === undefined ? undefined : String(seed),
    writeLog: (line) => {
      if (log.push(line) > maxLogLines) log.shift();
    },
    wrapDispatch: (dispatch) => disturbed(dispatch, { clock, recordings, faults, lose }),
    onDisk: faults.onDisk,
  }).catch((error: unknown) => {
    clock.stop();
    onClosed();
    throw error;
  });
  await from?.restoreTo(server);
  return new TestServer({ server, clock, faults, recordings, log, socketClass, onClosed });
}
