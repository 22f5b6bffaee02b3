import { isDeepStrictEqual } from 'node:util';
import { setTimeout as wait } from 'node:timers/promises';
import type { Random } from '../crash/random.ts';
import { NaiveModel } from '../naiveModel.ts';
import { Caller } from './caller.ts';
import type { Disturbance } from './disturbances.ts';
import { explain } from './explain.ts';
import { isKnown, type History, type Operation } from './history.ts';
import { allKeys, Counter, isTorn, SessionClient } from './sessionClient.ts';
import { SessionMaker } from './sessionMaker.ts';
import type { Site } from './site.ts';

/** Sessions that clients of both servers change at the same time. */
const shared = 10;

/** Load before a disturbance and after it, in milliseconds. */
const calmMs = 400;

/** After a disturbance, all must be answered again within this time, in milliseconds. */
const recoveryMs = 30_000;

/** What came of a round. */
export interface RoundResult {
  readonly confirmed: number;
  /** With status 901, or without an answer. */
  readonly unknown: number;
  /** Confirmed writes that are gone, and replies that showed what is gone. */
  readonly lostWrites: number;
  readonly lostReads: number;
  /** Sessions in which a change with status 901 came after later ones. */
  readonly late: number;
  /** Longest time without an answer to a client, in milliseconds. */
  readonly longestGapMs: number;
  /** What must never be. */
  readonly faults: readonly string[];
  /** What happened to the sessions that have lost writes, or cannot be explained. */
  readonly suspects: readonly History[];
}

/** A session, those who used it, and one who looks at it when all is at rest. */
interface Used {
  readonly token: string;
  readonly clients: readonly SessionClient[];
}

/** Rounds of load, disturbance and comparison on one site. */
export class ClusterCrashRun {
  readonly #site: Site;
  readonly #random: Random;
  readonly #counter = new Counter();
  /** Sessions of the round before, and what was seen of them: nobody changes them any more. */
  #before = new Map<string, readonly (string | undefined)[]>();

  constructor(site: Site, random: Random) {
    this.#site = site;
    this.#random = random;
  }

  async round(disturbance: Disturbance): Promise<RoundResult> {
    const callers: Caller[] = [];
    const open = (server: number) => {
      const caller = new Caller(this.#site.urls, server);
      callers.push(caller);
      return caller;
    };
    const makers = [0, 1].map((server) => new SessionMaker(this.#partsWith(open(server))));
    const tokens = await Promise.all(
      Array.from({ length: shared }, async (_, at) => makers[at % 2]?.newToken() ?? ''),
    );
    const used = tokens.map((token) => ({
      token,
      clients: [0, 1].map(
        (server) => new SessionClient({ ...this.#partsWith(open(server)), token }),
      ),
    }));
    const clients = used.flatMap((each) => each.clients);
    const running = [...clients, ...makers].map(async (each) => each.run());
    await wait(calmMs);
    await disturbance.run(this.#site, this.#random);
    const stuck = await this.#findStuck(clients);
    await wait(calmMs);
    for (const each of [...clients, ...makers]) each.stop();
    if (stuck.length > 0) for (const caller of callers) caller.close();
    await Promise.all(running);
    await this.#site.cluster.untilWhole();
    const result = await this.#compare([...used, ...makers.flatMap((maker) => maker.made)]);
    for (const caller of callers) caller.close();
    return { ...result, faults: [...stuck, ...result.faults] };
  }

  #partsWith(caller: Caller) {
    return { caller, random: this.#random, counter: this.#counter };
  }

  /** Waits until each client has an answer to what it has sent after the disturbance. */
  async #findStuck(clients: readonly SessionClient[]): Promise<string[]> {
    const from = this.#counter.next();
    const untilMs = performance.now() + recoveryMs;
    const waiting = () => clients.filter(({ lastSentAt }) => lastSentAt < from);
    while (waiting().length > 0 && performance.now() < untilMs) await wait(20);
    return waiting().map(({ token }) => `session ${token} is not answered any more`);
  }

  async #compare(used: readonly Used[]): Promise<RoundResult> {
    const caller = new Caller(this.#site.urls, 0);
    const sum = { confirmed: 0, unknown: 0, lostWrites: 0, lostReads: 0, late: 0, longestGapMs: 0 };
    const faults = await this.#changedSinceBefore(caller);
    const suspects: History[] = [];
    this.#before = new Map();
    for (const { token, clients } of used) {
      const reader = await this.#look(caller, token);
      this.#before.set(token, repliesOf(reader));
      const all = [...clients, reader];
      const operations = all.map((client) => client.operations);
      const known = operations.flat().filter(isKnown);
      sum.confirmed += known.length;
      sum.unknown += operations.flat().length - known.length;
      sum.longestGapMs = Math.max(sum.longestGapMs, ...clients.map((each) => each.longestGapMs));
      faults.push(...all.flatMap(({ badReplies }) => badReplies));
      faults.push(...known.filter(isTorn).map(({ reply }) => `torn: ${reply}`));
      const history = { clients: operations, settledAt: reader.operations[0]?.sentAt ?? 0 };
      const explanation = explain(history, emptySession(token));
      if (explanation.kind === 'late') sum.late += 1;
      if (explanation.kind === 'lost') {
        sum.lostWrites += explanation.writes;
        sum.lostReads += explanation.reads;
        if (explanation.writes > 0) suspects.push(history);
      }
      if (explanation.kind === 'wrong' || explanation.kind === 'undecided') {
        faults.push(`${explanation.kind}: session ${token}, ${known.length} confirmed`);
        suspects.push(history);
      }
    }
    caller.close();
    return { ...sum, faults, suspects };
  }

  /** Reads a session whole. */
  async #look(caller: Caller, token: string): Promise<SessionClient> {
    for (;;) {
      const reader = new SessionClient({ ...this.#partsWith(caller), token });
      await reader.carryOut({ move: 'KV_KEYS', at: 0 });
      await reader.carryOut({ move: 'KV_GET', at: 0, keys: allKeys });
      if (reader.operations.every(isKnown)) return reader;
    }
  }

  async #changedSinceBefore(caller: Caller): Promise<string[]> {
    const changed: string[] = [];
    for (const [token, before] of this.#before) {
      const now = repliesOf(await this.#look(caller, token));
      if (!isDeepStrictEqual(now, before)) {
        changed.push(`session ${token} was at rest with ${before.join()} and has ${now.join()}`);
      }
    }
    return changed;
  }
}

function repliesOf({ operations }: { readonly operations: readonly Operation[] }) {
  return operations.map(({ reply }) => reply);
}

function emptySession(token: string): NaiveModel {
  const model = new NaiveModel(0);
  model.create({ move: 'SH_NEW', name: '', shared: false, expiry: undefined }, token);
  return model;
}
