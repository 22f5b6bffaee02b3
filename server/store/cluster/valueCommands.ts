import { createHash } from 'node:crypto';
import { asJsonText, type JsonText } from '../../../protocol/json/jsonText.ts';
import { isWholeNumber, sumOfWhole } from '../../../protocol/json/wholeNumbers.ts';
import { parsePath } from '../../../protocol/jsonPath/parsePath.ts';
import { ok, refused, type Result } from '../../../protocol/result.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Refusal } from '../../../protocol/wire/reply.ts';
import type { WorkBudget } from '../../jsonPath/workBudget.ts';
import { append, type AppendStatus } from '../appendItems.ts';
import type { Addition } from '../atomicChanges.ts';
import type { Cause } from '../changes.ts';
import { affordable, badPath, matchesIn, replacedIn } from '../queries/pathQueries.ts';
import { SlowQueryQueue, type Begin } from '../queries/slowQueryQueue.ts';
import { noSession } from '../refusals.ts';
import type {
  Appendix,
  KeyMatches,
  NodeUpdate,
  PathQuestion,
  StoreOutcome,
} from '../sessionStore.ts';
import { tooLarge } from '../valueLimits.ts';
import { listOf, readKeys, textOf, valueOf, type Reply } from './replies.ts';
import { repeated, type CallOf, type SessionCalls } from './sessionCalls.ts';

const zero = asJsonText('0');

/** What becomes of a value, where that is reckoned in this process. */
interface Reckoned<T> {
  /** Absent: the value stays. */
  readonly value?: JsonText;
  readonly answer: T;
}

type Reckon<T> = (
  old: JsonText | undefined,
) => Result<Reckoned<T>, Refusal> | Promise<Result<Reckoned<T>, Refusal>>;

type Step = (call: CallOf) => Promise<Result<Reply, Refusal>>;

interface KeyChange<T> {
  readonly key: string;
  readonly cause: Cause;
  readonly isExtending?: boolean;
  readonly reckon: Reckon<T>;
}

/**
 * Commands that read, reckon in this process, and store only if the value is still the one that was read: paths and
 * numbers of any size are not for the nodes.
 */
export class ValueCommands {
  readonly #calls: SessionCalls;
  readonly #slowQueries = new SlowQueryQueue();

  constructor(calls: SessionCalls) {
    this.#calls = calls;
  }

  close(): void {
    this.#slowQueries.close();
  }

  addToNumber(token: Token, { key, by }: Addition, cause: Cause): StoreOutcome<JsonText> {
    const change = { key, cause, isExtending: true, reckon: (old = zero) => sumOf(old, by) };
    return this.#calls.alone(token, async (step) => {
      const quick = await step({ name: 'add_to', args: [key, by], cause });
      if (!quick.ok || quick.value instanceof Buffer) {
        return quick.ok ? ok(asJsonText(textOf(quick.value))) : quick;
      }
      return quick.value === null ? noSession(token) : changeValue({ token, step }, change);
    });
  }

  appendItems(token: Token, appendix: Appendix, cause: Cause): StoreOutcome<AppendStatus> {
    const reckon = (old: JsonText | undefined): Result<Reckoned<AppendStatus>, Refusal> => {
      if (old === undefined) return ok({ answer: 'KeyNotExist' });
      const longer = append(old, appendix);
      if (longer === undefined) return ok({ answer: 'Unknown' });
      return longer.ok ? ok({ value: longer.value, answer: 'Ok' }) : longer;
    };
    return this.#calls.alone(token, (step) =>
      changeValue({ token, step }, { key: appendix.key, cause, reckon }),
    );
  }

  updateNodes(token: Token, update: NodeUpdate, cause: Cause): StoreOutcome<number | undefined> {
    const { key, path, value } = update;
    const query = parsePath(path);
    const reckon = async (
      old: JsonText | undefined,
    ): Promise<Result<Reckoned<number | undefined>, Refusal>> => {
      if (!query) return badPath(token);
      if (old === undefined) return ok({ answer: undefined });
      const work = function* work(budget: WorkBudget) {
        return ok(yield* replacedIn(old, { query, budget }, value));
      };
      const replacement = await this.#carryOut(token, cause, (budget) => work(budget));
      if (!replacement.ok) return replacement;
      const { count, join } = replacement.value;
      if (count === 0) return ok({ answer: 0 });
      const updated = join();
      return updated.ok ? ok({ value: updated.value, answer: count }) : updated;
    };
    return this.#calls.alone(token, (step) => changeValue({ token, step }, { key, cause, reckon }));
  }

  /** Reads in its place among the calls for the session; the search itself holds up none of them. */
  async findKeys(
    token: Token,
    { path, wants, among }: PathQuestion,
    cause: Cause,
  ): Promise<Result<KeyMatches, Refusal>> {
    const call = among ? { name: 'some', args: among } : { name: 'all' };
    const stored = await this.#calls.one(token, call, listOf);
    if (!stored.ok) return stored;
    const query = parsePath(path);
    if (!query) return badPath(token);
    const entries = among ? entriesAmong(among, stored.value[1]) : entriesOf(stored.value);
    const work = function* work(budget: WorkBudget) {
      return ok(yield* matchesIn(entries, { query, budget }, wants));
    };
    return this.#carryOut(token, cause, (budget) => work(budget));
  }

  async #carryOut<T>(
    token: Token,
    { connection }: Cause,
    begin: Begin<Result<T, Refusal>>,
  ): Promise<Result<T, Refusal>> {
    return this.#slowQueries.carryOut(
      connection,
      (budget) => affordable(begin(budget), token),
      () => badPath(token),
    );
  }
}

type Entries = [key: string, value: JsonText][];

function entriesOf(fields: readonly Reply[]): Entries {
  const { keys, values } = readKeys(fields);
  return values.map((value, at) => [keys[at] ?? '', value]);
}

function entriesAmong(keys: readonly string[], stored: Reply | undefined): Entries {
  const values = listOf(stored).map(valueOf);
  const entries: Entries = [];
  for (const [at, value] of values.entries()) if (value) entries.push([keys[at] ?? '', value]);
  return entries;
}

async function changeValue<T>(
  { token, step }: { readonly token: Token; readonly step: Step },
  { key, cause, isExtending = false, reckon }: KeyChange<T>,
): Promise<Result<T, Refusal>> {
  return repeated(async () => {
    const read = await step({ name: 'some', args: [key] });
    if (!read.ok) return read;
    if (read.value === null) return noSession(token);
    const old = valueOf(listOf(listOf(read.value)[1])[0]);
    const reckoned = await reckon(old);
    if (!reckoned.ok) return reckoned;
    const { value, answer } = reckoned.value;
    if (value === undefined) return ok(answer);
    const args = [key, sha1Of(old), value, isExtending ? '1' : ''];
    const stored = await step({ name: 'exchange', args, cause });
    if (!stored.ok) return stored;
    if (stored.value === null) return noSession(token);
    return stored.value === 1 ? ok(answer) : undefined;
  });
}

function sumOf(old: JsonText, by: JsonText): Result<Reckoned<JsonText>, Refusal> {
  if (!isWholeNumber(old)) return refused({ status: 'ValueTypeInvalid', param: 'key' });
  const sum = sumOfWhole(old, by);
  return sum === undefined ? tooLarge('by') : ok({ value: sum, answer: sum });
}

function sha1Of(value: JsonText | undefined): string {
  return createHash('sha1')
    .update(value ?? '', 'utf8')
    .digest('hex');
}
