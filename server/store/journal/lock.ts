import { createHash, randomUUID } from 'node:crypto';
import { stat, unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { platform, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ignoring, makeDirectory } from './files.ts';

/**
 * Makes sure that no other process uses a directory. Rejects with one line that says who does.
 * @returns Releases it.
 */
export type AcquireLock = () => Promise<() => Promise<void>>;

/** The socket in the directory; a process that was killed leaves it behind. */
export const lockName = 'LOCK';

/** Longest path of a socket that every system takes. */
const maxPathBytes = 100;

/** Two that find the same stale file at the same time both take it; after this pause one of them sees the other. */
const takeoverPauseMs = 100;

/** Somebody who has the lock and says nothing for so long is called "another process". */
const answerMs = 1_000;

const otherDirectory = 'choose another with --data DIR, or --memory';

/**
 * The lock of a directory, which is made if it is not there: sockets on which its owner says who it is. The system frees them when the
 * process ends, however it ends. `docs/adr/0017-own-journal.md` says why it is no lock file.
 * @param owner Names this process.
 * @param advice What to do when another process has it.
 */
export function directoryLock(
  directory: string,
  owner: string,
  advice: string = otherDirectory,
): AcquireLock {
  return async () => {
    await makeDirectory(directory);
    const introduction = `${randomUUID()} process ${owner}`;
    const servers: Server[] = [];
    const release = async () => {
      for (const server of servers) await closed(server);
    };
    try {
      for (const place of await placesOf(directory)) {
        servers.push(await listenAt(place, introduction));
      }
    } catch (error) {
      await release();
      if (!(error instanceof Taken)) throw error;
      throw new Error(`${directory} is in use by ${error.by}; ${advice}`, { cause: error });
    }
    return release;
  };
}

const unknownOwner = '? another process';

/** Where the owner of a directory can be asked; all of them are taken. */
interface Place {
  readonly address: string;
  /** A file, which stays behind when its owner is killed. */
  readonly isFile: boolean;
}

class Taken extends Error {
  readonly by: string;

  /** @param introduction What the owner says, if it says something. */
  constructor(introduction: string | undefined) {
    super('Taken');
    this.by = introduction?.replace(/^\S+ /, '') ?? 'another process';
  }
}

/** A name that the system gives to one process at a time, where there is one; then a file, which containers share. */
async function placesOf(directory: string): Promise<Place[]> {
  const { dev, ino } = await stat(directory, { bigint: true });
  const name = `seshdeck-${createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 24)}`;
  const system = platform();
  if (system === 'win32') return [{ address: `\\\\.\\pipe\\${name}`, isFile: false }];
  const inDirectory = path.join(directory, lockName);
  const fits = Buffer.byteLength(inDirectory) <= maxPathBytes;
  const file = { address: fits ? inDirectory : path.join(tmpdir(), `${name}.sock`), isFile: true };
  return system === 'linux' ? [{ address: `\0${name}`, isFile: false }, file] : [file];
}

async function listenAt(place: Place, introduction: string): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end(introduction);
  });
  server.unref();
  if (await isListening(server, place)) return server;
  const owner = await ownerAt(place);
  if (owner !== undefined) throw new Taken(owner);
  // Nobody answers: its owner was killed.
  if (place.isFile) await ignoring(['ENOENT'], unlink(place.address));
  if (!(await isListening(server, place))) throw new Taken(await ownerAt(place));
  await setTimeout(takeoverPauseMs);
  const winner = await ownerAt(place);
  if (winner === introduction) return server;
  await closed(server);
  throw new Taken(winner);
}

/** @returns false when the place is taken, or was left behind. */
function isListening(server: Server, { address }: Place): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    };
    server.once('error', onError);
    server.listen(address, () => {
      server.off('error', onError);
      server.on('error', () => undefined);
      resolve(true);
    });
  });
}

/** Asks who has it. @returns undefined when nobody answers. */
function ownerAt({ address }: Place): Promise<string | undefined> {
  return new Promise((resolve) => {
    let said = '';
    const socket = connect(address);
    const timer = globalThis.setTimeout(() => {
      socket.destroy();
      resolve(unknownOwner);
    }, answerMs);
    const done = (owner: string | undefined) => {
      clearTimeout(timer);
      resolve(owner);
    };
    socket.on('data', (bytes) => (said += bytes.toString()));
    socket.on('end', () => done(said === '' ? unknownOwner : said));
    socket.on('error', () => done(undefined));
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
