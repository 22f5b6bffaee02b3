import { setTimeout } from 'node:timers/promises';
import { TestClient } from '../testServer.ts';
import { backupDuring } from './backupDuring.ts';
import { findFaults, type Fault } from './findFaults.ts';
import { copyOf, LoadClient, type Expiring, type Sent } from './loadClient.ts';
import { between, type Random } from './random.ts';
import { ServerProcess, type Program } from './serverProcess.ts';
import { StepMaker, type Sessions } from './steps.ts';

const connections = 4;

/** Replies of a round, at most. */
const maxConfirmed = 800;

/** What `relaxed` may lose. */
const relaxedLossMs = 1_000;

/** Ended tokens that are looked for again. */
const maxEnded = 300;

/** A second, and time for keys to be stored after the session's begin was confirmed. */
const overdueMs = 2_000;

export interface CrashOptions {
  readonly program: Program;
  /** The directory of the program's data. */
  readonly data: string;
  readonly durability: 'commit' | 'relaxed';
  readonly random: Random;
}

export interface RoundResult {
  readonly confirmed: number;
  readonly faults: readonly Fault[];
}

/** Rounds of load, kill and comparison on one directory of data. */
export class CrashRun {
  readonly #options: CrashOptions;
  readonly #makers: StepMaker[] = [];
  /** Of each connection, as they were found. */
  #sessions: Sessions[] = [];
  #ended: string[] = [];
  #expiring: Expiring[] = [];
  /** Sessions whose tokens nobody knows, at most. */
  #unknown = 0;

  constructor(options: CrashOptions) {
    this.#options = options;
    for (let index = 0; index < connections; index += 1) {
      this.#makers.push(new StepMaker(`crash ${index}`, options.random));
      this.#sessions.push(new Map());
    }
  }

  async round(): Promise<RoundResult> {
    const { random, program } = this.#options;
    if (random() < 0.3) await this.#killWhileStarting();
    const server = new ServerProcess(program);
    const url = await server.listening();
    if (url === undefined) return unreadable(server);
    if (random() < 0.1) await this.#endAll(url);
    const wait = this.#loadTime();
    const clients = await Promise.all(
      this.#makers.map(async (maker, index) => {
        const client = await TestClient.open(url);
        const before = this.#sessions[index] ?? new Map();
        maker.begin();
        return new LoadClient(client, { maker, random, before, onConfirmed: wait.onConfirmed });
      }),
    );
    const running = clients.map((client) => client.run());
    const backup = random() < 0.25 ? backupDuring(this.#options.data, this.#ended) : [];
    await wait.over;
    if (random() < 0.5) await setTimeout(between(random, 0, 15));
    const killedAtMs = Date.now();
    await server.kill();
    const backupFaults = await backup;
    const { confirmed, faults } = await this.#compare(await Promise.all(running), killedAtMs);
    return { confirmed, faults: [...backupFaults, ...faults] };
  }

  /** How long there is load: until so much was confirmed, or long enough for `relaxed` to lose something. */
  #loadTime(): { over: Promise<unknown>; onConfirmed: () => void } {
    const { random, durability } = this.#options;
    if (durability === 'relaxed') {
      return { over: setTimeout(between(random, 500, 2_500)), onConfirmed: () => undefined };
    }
    let rest = Math.floor(between(random, 1, maxConfirmed));
    let onOver: () => void = () => undefined;
    const over = new Promise<void>((resolve) => {
      onOver = resolve;
    });
    const onConfirmed = () => {
      rest -= 1;
      if (rest === 0) onOver();
    };
    return { over, onConfirmed };
  }

  /** A start cuts half a write off, and removes old files. */
  async #killWhileStarting(): Promise<void> {
    const server = new ServerProcess(this.#options.program);
    await setTimeout(between(this.#options.random, 50, 250));
    await server.kill();
  }

  async #endAll(url: string): Promise<void> {
    const client = await TestClient.open(url);
    await client.ask('{"SH_END_ALL":{}}');
    client.socket.terminate();
    // Before, a backup or a kill may find what has ended.
    if (this.#options.durability === 'relaxed') await setTimeout(relaxedLossMs);
    this.#noteEnded(this.#sessions.flatMap((sessions) => [...sessions.keys()]));
    this.#noteEnded(this.#expiring.map(({ token }) => token));
    this.#sessions = this.#sessions.map(() => new Map());
    this.#expiring = [];
    this.#unknown = 0;
  }

  #noteEnded(tokens: readonly string[]): void {
    const shared = new Set(this.#makers.map(({ sharedToken }) => sharedToken));
    const forGood = tokens.filter((token) => !shared.has(token));
    this.#ended = [...this.#ended, ...forGood].slice(-maxEnded);
  }

  async #compare(sent: readonly Sent[], killedAtMs: number): Promise<RoundResult> {
    const server = new ServerProcess(this.#options.program);
    const url = await server.listening();
    if (url === undefined) return unreadable(server);
    const client = await TestClient.open(url);
    const faults: Fault[] = [];
    let confirmed = 0;
    for (const [index, each] of sent.entries()) {
      const least = this.#leastOf(each, killedAtMs);
      const tokens = tokensOf(each);
      const there = await readSessions(client, tokens);
      const found = findFaults(each, least, there);
      faults.push(...found.faults);
      for (const line of each.refusals) faults.push({ kind: 'refused', line });
      this.#sessions[index] = found.sessions;
      this.#noteEnded(tokens.filter((token) => !there.has(token)));
      this.#expiring.push(...each.expiring);
      this.#unknown += each.unknownSessions;
      confirmed += each.confirmedAtMs.length;
    }
    faults.push(...(await this.#findEnded(client)), ...(await this.#findMore(client)));
    client.socket.terminate();
    await server.kill();
    return { confirmed, faults };
  }

  /** How many commands must have been carried out. */
  #leastOf({ confirmedAtMs }: Sent, killedAtMs: number): number {
    if (this.#options.durability === 'commit') return confirmedAtMs.length;
    return confirmedAtMs.filter((atMs) => atMs <= killedAtMs - relaxedLossMs).length;
  }

  /** What was ended, or has expired, is not there again. */
  async #findEnded(client: TestClient): Promise<Fault[]> {
    const faults: Fault[] = [];
    const there = await readSessions(client, this.#ended);
    const resurrected = (line: string) => faults.push({ kind: 'resurrected', line });
    for (const token of there.keys()) resurrected(`session ${token} had ended before`);
    const overdue = this.#expiring.filter(({ begunAtMs }) => Date.now() > begunAtMs + overdueMs);
    const late = await readSessions(
      client,
      overdue.map(({ token }) => token),
    );
    for (const { token, deletesSession } of overdue) {
      const keys = late.get(token);
      if (deletesSession && keys) resurrected(`session ${token} had expired`);
      if (keys && keys.size > 0) resurrected(`keys of session ${token} had expired`);
    }
    return faults;
  }

  /** There are no other sessions than those that were asked for. */
  async #findMore(client: TestClient): Promise<Fault[]> {
    const total = Number(/"totalSessions":(\d+)/.exec(await client.ask('{"SH_INFO_ALL":{}}'))?.[1]);
    const known = this.#sessions.reduce((sum, sessions) => sum + sessions.size, 0);
    const most = known + this.#expiring.length + this.#unknown;
    if (total >= known && total <= most) return [];
    const line = `${total} sessions are there, ${known} to ${most} should be`;
    return [{ kind: total < known ? 'lost' : 'resurrected', line }];
  }
}

function unreadable({ said }: ServerProcess): RoundResult {
  return { confirmed: 0, faults: [{ kind: 'unreadable', line: said.trim() }] };
}

/** All sessions that a connection has ever known in this round. */
function tokensOf({ before, steps }: Sent): string[] {
  const tokens = new Set(before.keys());
  const sessions = copyOf(before);
  for (const step of steps) {
    step.apply(sessions);
    for (const token of sessions.keys()) tokens.add(token);
  }
  return [...tokens];
}

/** Reads sessions whole. @returns Those that are there. */
async function readSessions(client: TestClient, tokens: readonly string[]): Promise<Sessions> {
  const sessions: Sessions = new Map();
  for (const token of tokens) {
    const names = JSON.parse(await client.ask(`{"KV_KEYS":{"tkn":"${token}"}}`)) as {
      KV_KEYS_RSP: { st: number; keys?: string[] };
    };
    const { st, keys = [] } = names.KV_KEYS_RSP;
    if (st === 100) continue;
    const values = new Map<string, unknown>();
    sessions.set(token, values);
    if (keys.length === 0) continue;
    const reply = await client.ask(JSON.stringify({ KV_GET: { tkn: token, keys } }));
    const found = JSON.parse(reply) as { KV_GET_RSP: { keys: Record<string, unknown> } };
    for (const key of keys) values.set(key, found.KV_GET_RSP.keys[key]);
  }
  return sessions;
}
