import type { NaiveModel } from '../naiveModel.ts';
import { replyOf } from '../naiveReplies.ts';
import { isKnown, isReading, type History, type Operation } from './history.ts';

/** How a history can have come about. */
export type Explanation =
  /** Its commands, one after the other in the order of each client, give the replies of the model. */
  | { readonly kind: 'sound' }
  /** So they do if a command with status 901 was carried out after later ones of the same client. */
  | { readonly kind: 'late' }
  /** So they do without some that were confirmed. */
  | { readonly kind: 'lost'; readonly writes: number; readonly reads: number }
  /** They do not. */
  | { readonly kind: 'wrong' }
  /** There are too many ways to try them all. */
  | { readonly kind: 'undecided' };

/** Confirmed commands that an explanation may leave out, at most. */
const maxLost = 60;

/** Steps of a search, at most. */
const usualSteps = 300_000;

/** A long search may take so many times as many. */
const longer = 10;

/** What is allowed in each search. */
const allowances: readonly Allowance[] = [
  { isLateAllowed: false, maxLost: 0 },
  { isLateAllowed: true, maxLost: 0 },
  // There are many more orders, and this is the last one.
  { isLateAllowed: false, maxLost, isLong: true },
];

/**
 * Looks for an order of the commands that explains all replies: one command is before another if it was answered
 * before that was sent, and commands of a client are in their order. One that nobody knows the outcome of
 * was carried out in its place or not at all.
 * @param begin The session as it was before, alone in its model.
 */
export function explain(
  history: History,
  begin: NaiveModel,
  maxSteps: number = usualSteps,
): Explanation {
  const search = ({ isLong = false, ...allowed }: Allowance) =>
    new Search(history, { ...allowed, maxSteps: isLong ? longer * maxSteps : maxSteps }).run(begin);
  let isUndecided = false;
  for (const allowed of allowances) {
    const found = search(allowed);
    if (!found) continue;
    // A later search may find at once what an earlier one was not allowed to.
    if (found.kind === 'undecided') isUndecided = true;
    else if (!hasLostWrites(found)) return found;
    else return fewerLost(found, search({ isLateAllowed: true, maxLost }));
  }
  return { kind: isUndecided ? 'undecided' : 'wrong' };
}

/** A command that came late may look as if it had not been late, and another one had been lost. */
function fewerLost(found: LostExplanation, withLate: Explanation | undefined): Explanation {
  return withLate?.kind === 'lost' && withLate.writes < found.writes ? withLate : found;
}

type LostExplanation = Extract<Explanation, { kind: 'lost' }>;

function hasLostWrites(explanation: Explanation): explanation is LostExplanation {
  return explanation.kind === 'lost' && explanation.writes > 0;
}

interface Allowance {
  readonly isLateAllowed: boolean;
  readonly maxLost: number;
  readonly isLong?: boolean;
}

interface Allowed extends Omit<Allowance, 'isLong'> {
  readonly maxSteps: number;
}

/** Confirmed commands that an explanation leaves out. */
interface Lost {
  readonly writes: number;
  readonly reads: number;
}

/** A part of the history that is explained. */
interface Step {
  /** How many of each client's are. */
  readonly done: readonly number[];
  readonly model: NaiveModel;
  /** With unknown outcome, passed over, and perhaps carried out later. */
  readonly waiting: readonly Operation[];
  readonly lost: Lost;
  /** Of each client: writes that are lost are in one piece. */
  readonly losing: readonly ('not yet' | 'now' | 'no more')[];
  readonly isLate: boolean;
}

class Search {
  readonly #clients: readonly (readonly Operation[])[];
  readonly #settledAt: number;
  readonly #allowed: Allowed;
  /** Of each client, the moment of the first answer from a place on. */
  readonly #answeredFrom: readonly (readonly number[])[];
  /** Steps to continue with, by how much is lost. */
  readonly #open: (Step[] | undefined)[] = [];
  /** What has been seen of the history, and how much was lost then. */
  readonly #seen = new Map<string, number>();

  constructor({ clients, settledAt }: History, allowed: Allowed) {
    this.#clients = clients;
    this.#settledAt = settledAt;
    this.#allowed = allowed;
    this.#answeredFrom = clients.map(answeredFrom);
  }

  /** @returns undefined if no order explains the replies. */
  run(model: NaiveModel): Explanation | undefined {
    const none = this.#clients.map(() => 0);
    const losing = none.map(() => 'not yet' as const);
    const lost = { writes: 0, reads: 0 };
    this.#add({ done: none, model, waiting: [], lost, losing, isLate: false });
    for (let steps = 0; ; steps += 1) {
      const step = this.#open.find((open) => open?.length)?.pop();
      if (!step) return undefined;
      if (this.#isAll(step)) return explanationOf(step);
      if (steps > this.#allowed.maxSteps) return { kind: 'undecided' };
      for (const client of this.#clients.keys()) this.#follow(step, client);
      if (this.#allowed.isLateAllowed) this.#followLate(step);
    }
  }

  #isAll({ done }: Step): boolean {
    return this.#clients.every((operations, client) => done[client] === operations.length);
  }

  /** The next command of a client, if it can be the next of all. */
  #follow(step: Step, client: number): void {
    const at = step.done[client] ?? 0;
    const operation = this.#clients[client]?.[at];
    if (!operation || !this.#mayBeNext(step, client, operation)) return;
    const next = { ...step, done: step.done.with(client, at + 1) };
    if (isKnown(operation)) this.#followKnown(next, client, operation);
    else this.#followUnknown(next, operation);
  }

  #followKnown(next: Step, client: number, operation: Operation): void {
    if (isReading(operation)) this.#followRead(next, operation);
    else this.#followWrite(next, client, operation);
  }

  /** It changes nothing: one that fits is not lost. */
  #followRead(next: Step, operation: Operation): void {
    if (carriedOut(operation, next.model)) this.#add(next);
    else this.#lose(next, operation, { reads: 1, writes: 0 });
  }

  #followWrite(next: Step, client: number, operation: Operation): void {
    const model = carriedOut(operation, next.model);
    const losing = next.losing[client];
    const kept = losing === 'now' ? next.losing.with(client, 'no more') : next.losing;
    if (model) this.#add({ ...next, model, losing: kept });
    if (losing === 'no more') return;
    const lost = { ...next, losing: next.losing.with(client, 'now') };
    this.#lose(lost, operation, { reads: 0, writes: 1 });
  }

  #lose(next: Step, { sentAt }: Operation, more: Lost): void {
    const writes = next.lost.writes + more.writes;
    const reads = next.lost.reads + more.reads;
    if (sentAt >= this.#settledAt || writes + reads > this.#allowed.maxLost) return;
    this.#add({ ...next, lost: { writes, reads } });
  }

  #followUnknown(next: Step, operation: Operation): void {
    const model = carriedOut(operation, next.model);
    if (model) this.#add({ ...next, model });
    this.#add(next);
    const waiting = [...next.waiting, operation];
    if (this.#allowed.isLateAllowed) this.#add({ ...next, waiting });
  }

  #mayBeNext({ done }: Step, client: number, { sentAt }: Operation): boolean {
    return this.#answeredFrom.every(
      (moments, other) => other === client || (moments[done[other] ?? 0] ?? Infinity) > sentAt,
    );
  }

  #followLate(step: Step): void {
    for (const operation of step.waiting) {
      const model = carriedOut(operation, step.model);
      const waiting = step.waiting.filter((each) => each !== operation);
      if (model) this.#add({ ...step, model, waiting, isLate: true });
    }
  }

  #add(step: Step): void {
    const { done, waiting, losing, model } = step;
    const late = waiting.map(({ sentAt }) => sentAt);
    const key = JSON.stringify([done, late, losing, model.living(0)?.keys]);
    const rank = rankOf(step.lost);
    if ((this.#seen.get(key) ?? Infinity) <= rank) return;
    this.#seen.set(key, rank);
    (this.#open[rank] ??= []).push(step);
  }
}

/** One write is worse than any number of reads. */
function rankOf({ writes, reads }: Lost): number {
  return writes * (maxLost + 1) + reads;
}

function answeredFrom(operations: readonly Operation[]): number[] {
  const moments = operations.map(({ answeredAt }) => answeredAt);
  for (let at = moments.length - 2; at >= 0; at -= 1) {
    moments[at] = Math.min(moments[at] ?? Infinity, moments[at + 1] ?? Infinity);
  }
  return moments;
}

/** @returns The session after it; undefined: it would have had another reply. */
function carriedOut({ move, reply }: Operation, before: NaiveModel): NaiveModel | undefined {
  const model = before.copy();
  const expected = replyOf(move, model, '');
  if (reply === undefined) return model;
  return reply === JSON.stringify({ [`${move.move}_RSP`]: expected }) ? model : undefined;
}

function explanationOf({ lost, isLate }: Step): Explanation {
  if (lost.writes + lost.reads > 0) return { kind: 'lost', ...lost };
  return { kind: isLate ? 'late' : 'sound' };
}
