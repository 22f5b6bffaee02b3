import { mkdtempSync, rmSync } from 'node:fs';
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
import { LoadClient } from '../server/load/loadClient.ts';
import { median, type Row } from './rows.ts';
import { startServer, type ServerProcess } from './serverProcess.ts';

const connections = 50;
const inFlight = 16;
const roundMs = 1_000;
const rounds = 5;

interface Client {
  readonly client: LoadClient;
  readonly sets: readonly string[];
}

/** A server, and many clients that have a session each. */
class Loaded {
  readonly #server: ServerProcess;
  readonly #clients: readonly Client[];
  readonly rates: number[] = [];

  private constructor(server: ServerProcess, clients: readonly Client[]) {
    this.#server = server;
    this.#clients = clients;
  }

  static async start(bundle: string, flags: readonly string[]): Promise<Loaded> {
    const server = await startServer([bundle, '--port', '0', '--log-level', 'error', ...flags]);
    const clients = [];
    for (let count = 0; count < connections; count += 1) {
      const client = await LoadClient.open(server.port);
      clients.push({ client, sets: setsOf(await newSession(client), inFlight) });
    }
    return new Loaded(server, clients);
  }

  async measure(): Promise<void> {
    const all = this.#clients.map(({ client, sets }) => client.rate(sets, roundMs));
    this.rates.push((await Promise.all(all)).reduce((sum, rate) => sum + rate, 0));
  }

  async stop(): Promise<void> {
    for (const { client } of this.#clients) client.close();
    await this.#server.stop();
  }
}

async function newSession(client: LoadClient): Promise<string> {
  const made = await client.ask('{"SH_NEW":{"name":"bench"}}');
  return /"tkn":"(\d+)"/.exec(made)?.[1] ?? '';
}

function setsOf(tkn: string, count: number): string[] {
  const value = `"${'v'.repeat(100)}"`;
  return Array.from(
    { length: count },
    (_, index) => `{"KV_SET":{"tkn":"${tkn}","keys":{"key ${index}":${value}}}}`,
  );
}

/** All three run all the time and are measured in turns, so that all meet the same weather. */
export async function measureDurability(bundle: string): Promise<Row[]> {
  const root = mkdtempSync(path.join(tmpdir(), 'seshdeck-bench-data-'));
  const flagsOf = (mode: string) => ['--data', path.join(root, mode), '--durability', mode];
  const memory = await Loaded.start(bundle, ['--memory']);
  const commit = await Loaded.start(bundle, flagsOf('commit'));
  const relaxed = await Loaded.start(bundle, flagsOf('relaxed'));
  const all = [memory, commit, relaxed];
  for (let round = 0; round < rounds; round += 1) {
    for (const each of all) await each.measure();
  }
  for (const each of all) await each.stop();
  rmSync(root, { recursive: true });
  const row = (what: string, { rates }: Loaded, atLeast: number): Row => ({
    what: `KV_SET by ${connections} clients with ${inFlight} in flight, ${what}`,
    unit: 'replies/s',
    ours: median(rates),
    plain: median(memory.rates),
    plainIs: 'in memory only',
    goal: { of: 'ratio', atLeast },
  });
  return [row('commit', commit, 0.5), row('relaxed', relaxed, 0.8)];
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
