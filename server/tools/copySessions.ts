import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../clock.ts';
import type { CopyPlace, RedisPlace, Tool } from '../config/configTypes.ts';
import { readSave } from '../dataSets/readSave.ts';
import { silentLog } from '../log.ts';
import type { SessionRecord } from '../store/changes.ts';
import { ClusterStore } from '../store/cluster/clusterStore.ts';
import { createSessionIds } from '../store/sessionIds.ts';
import type { RestoredSession } from '../store/sessionStore.ts';
import { createTokenSource } from '../store/tokenSource.ts';
import { readBackup } from './backupFile.ts';
import { emptyStore, readStore, type Data } from './dataStore.ts';
import { downloadBackup } from './downloadBackup.ts';
import { journalIn, newJournalIn } from './journalPlaces.ts';
import { digestOf, DigestSum } from './sessionDigest.ts';

type Copy = Extract<Tool, { readonly name: 'copy' }>;

/** Sessions that are brought, or compared, together. */
const perPart = 200;

/** Copies all sessions, and reads them back. Rejects with one line. @returns Lines that say what was done. */
export async function copySessions({ from, to }: Copy): Promise<string[]> {
  if (to.kind === 'redis') return toRedis(await readFrom(from), to.access);
  return toDirectory(await readFrom(from), to.path);
}

/** Everything of a place, in memory. */
async function readFrom(place: CopyPlace): Promise<Data> {
  switch (place.kind) {
    case 'redis':
      return fromRedis(place.access);
    case 'server':
      return fromServer(place);
    case 'path':
      return fromPath(place.path);
  }
}

async function fromServer({
  url,
  key,
}: Extract<CopyPlace, { readonly kind: 'server' }>): Promise<Data> {
  const directory = await mkdtemp(path.join(tmpdir(), 'seshdeck-copy-'));
  try {
    const file = path.join(directory, 'backup');
    await downloadBackup({ name: 'download', url, file, key });
    return await readBackup(file);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** A data directory, a backup, or a save. */
async function fromPath(given: string): Promise<Data> {
  const found = await stat(given).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${given} cannot be read: ${why}`, { cause: error });
  });
  if (found.isDirectory()) {
    const { files, directory } = await journalIn(given);
    return readStore(files, directory);
  }
  return (await isSave(given)) ? fromSave(given) : readBackup(given);
}

/** A save is lines of text, and a backup begins otherwise. */
async function isSave(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, 0);
    return buffer.toString() === '{';
  } finally {
    await handle.close();
  }
}

async function fromSave(file: string): Promise<Data> {
  const tokens = createTokenSource();
  const read = await readSave(file, (name) => tokens.sharedToken(name));
  if (!read.ok) throw new Error(`${file} cannot be read: ${read.refusal}`);
  const nowMs = systemClock.nowMs();
  return dataOf(read.value.map((session) => beginning(session, nowMs)));
}

/** A save has no times: its sessions begin now, as SH_LOAD does it. */
function beginning({ keys, expiry, ...session }: RestoredSession, nowMs: number): SessionRecord {
  const term = expiry && {
    ...expiry,
    startMs: nowMs,
    deadlineMs: nowMs + expiry.durationSec * 1000,
  };
  const { name, shared, token, extension } = session;
  const [names, values] = [[...keys.keys()], [...keys.values()]];
  return { name, shared, token, extension, createdAtMs: nowMs, term, keys: names, values };
}

async function fromRedis(access: RedisPlace): Promise<Data> {
  return withRedis(access, async (store) => {
    const records: SessionRecord[] = [];
    for await (const record of store.records()) records.push(record);
    // By buckets they came; a list of sessions is by creation.
    records.sort((one, other) => one.createdAtMs - other.createdAtMs);
    return dataOf(records);
  });
}

function dataOf(records: readonly SessionRecord[]): Data {
  const store = emptyStore();
  store.contents.replay({ kind: 'created', sessions: [...records], sequence: 1 });
  return { store, lsn: 1 };
}

async function withRedis<T>(
  access: RedisPlace,
  work: (store: ClusterStore) => Promise<T>,
): Promise<T> {
  const store = new ClusterStore({
    access,
    clock: systemClock,
    tokens: createTokenSource(),
    idOf: createSessionIds(''),
    log: silentLog,
  });
  await store.open();
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** What was copied, and what was not. */
class Tally {
  sessions = 0;
  keys = 0;
  #different = 0;
  #gone = 0;
  readonly #sum = new DigestSum();

  /** @param there What is there now; absent: nothing is. */
  compare(record: SessionRecord, there: SessionRecord | undefined): void {
    const digest = digestOf(record);
    if (there && digestOf(there) === digest) {
      this.sessions += 1;
      this.keys += record.keys.length;
      this.#sum.add(digest);
    } else if (isOver(record)) this.#gone += 1;
    else this.#different += 1;
  }

  /** @returns Lines; throws when something is not as it was. */
  lines(where: string): string[] {
    const counts = `sessions ${this.sessions}, keys ${this.keys}, checksum ${this.#sum.text}`;
    if (this.#different > 0) {
      throw new Error(
        `${this.#different} sessions in ${where} differ from those to be copied: they were there ` +
          `before, or somebody changes them; they stay as they are. As they were: ${counts}`,
      );
    }
    const over = this.#gone > 0 ? [`Their time was over: sessions ${this.#gone}`] : [];
    return [`In ${where}, read back and compared: ${counts}`, ...over];
  }
}

/** Its deadline has come, and with it another state or its end. */
function isOver({ term }: SessionRecord): boolean {
  return term !== undefined && term.deadlineMs <= systemClock.nowMs();
}

async function toRedis(data: Data, access: RedisPlace): Promise<string[]> {
  const tally = new Tally();
  await withRedis(access, async (store) => {
    for await (const part of partsOf(data)) {
      const there = new Map((await store.bring(part)).map((each) => [each.token, each]));
      for (const record of part) tally.compare(record, there.get(record.token));
    }
  });
  return tally.lines('Redis');
}

async function toDirectory(data: Data, directory: string): Promise<string[]> {
  const target = await newJournalIn(directory);
  await target.write(data);
  const tally = new Tally();
  const { files, directory: journal } = await journalIn(directory);
  const there = new Map<string, SessionRecord>();
  const written = await readStore(files, journal);
  for await (const record of written.store.contents.scan()) there.set(record.token, record);
  for await (const part of partsOf(data)) {
    for (const record of part) tally.compare(record, there.get(record.token));
  }
  return tally.lines(directory);
}

async function* partsOf({ store }: Data): AsyncGenerator<SessionRecord[]> {
  let part: SessionRecord[] = [];
  for await (const record of store.contents.scan()) {
    part.push(record);
    if (part.length < perPart) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}
