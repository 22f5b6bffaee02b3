import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { quote } from '../protocol/json/jsonText.ts';
import { systemClock } from '../server/clock.ts';
import { silentLog } from '../server/log.ts';
import { diskFiles } from '../server/store/journal/files.ts';
import { JournalStore } from '../server/store/journal/journalStore.ts';
import { directoryLock } from '../server/store/journal/lock.ts';
import { createSessionIds } from '../server/store/sessionIds.ts';
import { createTokenSource } from '../server/store/tokenSource.ts';
import { openCaller, runSlice, senderOf } from '../server/load/callers.ts';
import { LoadedServer, loadWords, measurePairs, pairRows } from './loadedServer.ts';
import { paced } from './pace.ts';
import { measureDuels } from './pairs.ts';
import { figuresOf, type Row } from './rows.ts';
import { startServer } from './serverProcess.ts';

const pairsPerCase = paced(9, 5);

/** Modes that keep data on disk beside memory only. */
export async function measureDurability(bundle: string): Promise<Row[]> {
  const root = mkdtempSync(path.join(tmpdir(), 'seshdeck-bench-data-'));
  const memory = await LoadedServer.start(bundle, ['--memory']);
  await memory.warmUp();
  const rows: Row[] = [];
  for (const { mode, atLeast } of [
    { mode: 'commit', atLeast: 0.5 },
    { mode: 'relaxed', atLeast: 0.8 },
  ]) {
    const flags = ['--data', path.join(root, mode), '--durability', mode];
    const server = await LoadedServer.start(bundle, flags);
    await server.warmUp();
    const pairs = await measurePairs(server, memory, pairsPerCase);
    await server.stop();
    rows.push(
      ...pairRows(pairs, { what: `${loadWords}, ${mode}`, plainIs: 'in memory only', atLeast }),
    );
  }
  await memory.stop();
  rows.push(await measureOneByOne(bundle, root));
  rmSync(root, { recursive: true });
  return rows;
}

const syncSliceMs = paced(1_000, 500);

/** A client that waits for each reply waits for the disk: the least that it can is a sync. */
async function measureOneByOne(bundle: string, root: string): Promise<Row> {
  const flags = ['--data', path.join(root, 'one'), '--port', '0', '--log-level', 'error'];
  const server = await startServer([bundle, ...flags]);
  const caller = await openCaller(server.port, { name: 'bench', valueBytes: 32 });
  const sender = await senderOf(caller, { command: 'KV_SET', keys: 1, valueBytes: 32 }, 1);
  const file = openSync(path.join(root, 'plain'), 'a');
  const line = Buffer.alloc(200, 'a');
  const ours = async () => {
    const { replies, seconds } = await runSlice([sender], syncSliceMs);
    return replies / seconds;
  };
  const plain = async () => {
    const startedMs = performance.now();
    let count = 0;
    for (; performance.now() - startedMs < syncSliceMs; count += 1) {
      writeSync(file, line);
      fdatasyncSync(file);
    }
    return (count * 1000) / (performance.now() - startedMs);
  };
  await ours();
  const [pairs = []] = await measureDuels([{ ours, plain }], pairsPerCase);
  closeSync(file);
  caller.client.close();
  await server.stop();
  return {
    what: 'KV_SET, 1 × 1, commit',
    unit: 'replies/s',
    ...figuresOf(pairs, (rate) => rate),
    plainIs: '1 / (write and fdatasync of 200 bytes)',
    goal: { of: 'ratio', atLeast: 0.8 },
  };
}

const sessions = 20_000;
const keysPerSession = 50;

/** Opens a store on a directory. @param minLogBytes A snapshot is made of that much. */
async function openStore(directory: string, minLogBytes: number): Promise<JournalStore> {
  const store = new JournalStore({
    clock: systemClock,
    tokens: createTokenSource(),
    idOf: createSessionIds(''),
    files: diskFiles(directory),
    acquireLock: directoryLock(directory, 'bench'),
    directory,
    durability: 'commit',
    log: silentLog,
    compaction: { minLogBytes, maxAgeMs: Number.POSITIVE_INFINITY },
  });
  await store.open();
  return store;
}

async function fill(store: JournalStore): Promise<void> {
  const cause = { connection: 1 };
  for (let session = 0; session < sessions; session += 1) {
    const made = store.newSession({ name: `session ${session}`, shared: true }, cause);
    if (session % 1_000 === 0) await made;
    const token = tokens.sharedToken(`session ${session}`);
    const entries = Array.from(
      { length: keysPerSession },
      (_, key) => [`key ${key}`, quote(`a value of some length ${key}`)] as const,
    );
    void store.setKeys(token, new Map(entries), cause);
  }
  await store.totals();
}

const tokens = createTokenSource();

/** Longest time between two turns of the event loop, in ms, until the condition holds. */
async function longestTurn(isOver: () => boolean): Promise<number> {
  let longest = 0;
  let before = performance.now();
  while (!isOver()) {
    await setImmediate();
    const now = performance.now();
    longest = Math.max(longest, now - before);
    before = now;
  }
  return longest;
}

/** A million keys: how fast they are read at a start, and how long others wait while a snapshot is written. */
export async function measureMillion(): Promise<Row[]> {
  const directory = mkdtempSync(path.join(tmpdir(), 'seshdeck-bench-data-'));
  const filled = await openStore(directory, Number.POSITIVE_INFINITY);
  await fill(filled);
  await filled.close();
  const startedMs = performance.now();
  const store = await openStore(directory, 1);
  const loadMs = performance.now() - startedMs;
  const writtenMs = performance.now();
  // The start finds logs that are worth a snapshot.
  const snapshotMs = await longestTurn(
    () => store.status().journal?.lastSnapshotAtMs !== undefined,
  );
  const tookMs = performance.now() - writtenMs;
  const endMs = performance.now() + tookMs;
  const plainMs = await longestTurn(() => performance.now() > endMs);
  await store.close();
  const again = performance.now();
  await (await openStore(directory, Number.POSITIVE_INFINITY)).close();
  const snapshotLoadMs = performance.now() - again;
  rmSync(directory, { recursive: true });
  const rate = (what: string, ms: number): Row => ({
    what: `a million keys read from ${what}`,
    unit: 'keys/s',
    ours: (sessions * keysPerSession * 1_000) / ms,
    plain: 500_000,
    plainIs: 'the goal',
    goal: { of: 'ratio', atLeast: 1 },
  });
  return [
    rate('logs', loadMs),
    rate('a snapshot', snapshotLoadMs),
    {
      what: 'longest pause while a snapshot of a million keys is written',
      unit: 'ms',
      ours: snapshotMs,
      plain: plainMs,
      plainIs: 'the same time at rest',
      goal: { of: 'ours', atMost: 20 },
    },
  ];
}
