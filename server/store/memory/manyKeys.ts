import type { KeyStatuses } from '../../../protocol/codec/keyStatuses.ts';
import { jsonNull, type JsonText } from '../../../protocol/json/jsonText.ts';
import { ok, type Result } from '../../../protocol/result.ts';
import type { StatusName } from '../../../protocol/status.ts';
import type { Steps } from '../../../protocol/steps.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Refusal } from '../../../protocol/wire/reply.ts';
import type { Cause } from '../changes.ts';
import { eachOf } from '../../turns.ts';
import { bytesOfText, detachText } from '../detachText.ts';
import { noSession } from '../refusals.ts';
import type { Session } from './session.ts';
import type { SessionTable } from './sessionTable.ts';
import { bytesOfTexts } from './keyMap.ts';
import { growthOf } from './usage.ts';

/** A command about more keys than this is planned in steps. */
export const manyKeys = 5_000;

/** Keys that are looked at in one step. Some 5 ms. */
const perStep = { perStep: 5_000 };

/** More keys than this are not copied, however many a command is about. */
const maxCopied = 500_000;

/** A session of so many times the keys of a command is not copied for it. */
const maxCopiedPerKey = 4;

/** After so many deadlines that came in between, a command is planned in one go. */
const maxPlans = 3;

type Entries = ReadonlyMap<string, JsonText>;

/** What a command is going to change, and what it answers. */
interface Plan<T> {
  readonly answer: T;
  /** Keys that get the value beside them, or that go. */
  readonly keys: string[];
  readonly values: JsonText[];
  /** All keys of the session as they will be; absent: they are too many to be copied. */
  readonly next: Map<string, JsonText> | undefined;
  /** By how many keys the session grows. */
  keyGrowth: number;
  /** By how many bytes its texts grow. */
  textGrowth: number;
  /** What goes before they are stored. */
  readonly lost: { keys: number; textBytes: number };
  /** Characters of the keys and values that the reply has, where they must be counted before the change. */
  readonly reply: { length: number };
}

/** Reads a session, which must not change before the last step. */
type MakePlan<T> = (session: Session) => Steps<Plan<T>>;

/**
 * Commands about very many keys. They are planned in steps, while other calls for the session wait for
 * their turn; then the plan is carried out in one short step, so that everybody sees all of it or nothing. The
 * step puts another map in the place of the session's, or changes many keys of one that is too large to be copied.
 * Only a deadline may change the session in between: then it is planned again.
 */
export class ManyKeys {
  readonly #table: SessionTable;

  constructor(table: SessionTable) {
    this.#table = table;
  }

  set(token: Token, entries: Entries, cause: Cause): Steps<Result<KeyStatuses, Refusal>> {
    const plan: MakePlan<Map<string, StatusName>> = function* plan({ keys }) {
      const made = planFor(new Map<string, StatusName>(), yield* copyOf(keys, entries.size));
      yield* eachOf(entries, perStep, ([key, value]) => {
        const old = keys.get(key);
        made.answer.set(key, old === undefined ? 'KeySet' : 'KeyUpdated');
        addEntry(made, [key, value], old);
      });
      return made;
    };
    return this.#carryOut(token, plan, (session, made) => this.#store(session, made, cause));
  }

  add(token: Token, entries: Entries, cause: Cause): Steps<Result<KeyStatuses, Refusal>> {
    const plan: MakePlan<Map<string, StatusName>> = function* plan({ keys }) {
      const made = planFor(new Map<string, StatusName>(), yield* copyOf(keys, entries.size));
      yield* eachOf(entries, perStep, ([key, value]) => {
        const isThere = keys.has(key);
        made.answer.set(key, isThere ? 'KeyExists' : 'KeySet');
        if (!isThere) addEntry(made, [key, value], undefined);
      });
      return made;
    };
    return this.#carryOut(token, plan, (session, made) => this.#store(session, made, cause));
  }

  replace(token: Token, entries: Entries, cause: Cause): Steps<Result<number, Refusal>> {
    const plan: MakePlan<number> = function* plan({ keys }) {
      const made = planFor(keys.size, new Map());
      made.lost.keys = keys.size;
      made.lost.textBytes = keys.textBytes;
      yield* eachOf(entries, perStep, (entry) => addEntry(made, entry, undefined));
      return made;
    };
    return this.#carryOut(token, plan, (session, made) => {
      this.#table.keys.clear(session);
      this.#table.keys.storeAll(session, made);
      this.#table.changes.replaced(session, cause);
    });
  }

  remove(
    token: Token,
    names: readonly string[],
    cause: Cause,
  ): Steps<Result<KeyStatuses, Refusal>> {
    const plan: MakePlan<Map<string, StatusName>> = function* plan({ keys }) {
      const made = planFor(new Map<string, StatusName>(), yield* copyOf(keys, names.length));
      yield* eachOf(names, perStep, (key) => {
        const old = keys.get(key);
        made.answer.set(key, old === undefined ? 'KeyNotExist' : 'KeyRemoved');
        if (old !== undefined) addGone(made, [key, old]);
      });
      return made;
    };
    return this.#carryOut(token, plan, (session, made) => {
      if (made.keys.length === 0) return;
      this.#table.keys.removeAll(session, made);
      this.#table.changes.removed(session, made.keys, { cause });
    });
  }

  take(token: Token, names: readonly string[], cause: Cause): Steps<Result<Entries, Refusal>> {
    const plan: MakePlan<Map<string, JsonText>> = function* plan({ keys }) {
      const made = planFor(new Map<string, JsonText>(), yield* copyOf(keys, names.length));
      yield* eachOf(names, perStep, (key) => {
        const old = keys.get(key);
        made.answer.set(key, old ?? jsonNull);
        made.reply.length += key.length + (old ?? jsonNull).length;
        if (old !== undefined) addGone(made, [key, old]);
      });
      return made;
    };
    return this.#carryOut(token, plan, (session, made) => {
      const isExtended = session.extension?.onGet === true && this.#table.extend(session);
      this.#table.keys.removeAll(session, made);
      const { changes } = this.#table;
      if (made.keys.length > 0) changes.removed(session, made.keys, { cause, isExtended });
      else if (isExtended) changes.extended(session, cause);
    });
  }

  get(token: Token, names: readonly string[], cause: Cause): Steps<Result<Entries, Refusal>> {
    const plan: MakePlan<Map<string, JsonText>> = function* plan({ keys }) {
      const made = planFor(new Map<string, JsonText>());
      yield* eachOf(names, perStep, (key) => {
        const value = keys.get(key) ?? jsonNull;
        made.answer.set(key, value);
        made.reply.length += key.length + value.length;
      });
      return made;
    };
    return this.#carryOut(token, plan, (session) => this.#table.extendByReading(session, cause));
  }

  contains(token: Token, names: readonly string[]): Steps<Result<Map<string, boolean>, Refusal>> {
    const plan: MakePlan<Map<string, boolean>> = function* plan({ keys }) {
      const made = planFor(new Map<string, boolean>());
      yield* eachOf(names, perStep, (key) => made.answer.set(key, keys.has(key)));
      return made;
    };
    return this.#carryOut(token, plan, () => undefined);
  }

  *#carryOut<T>(
    token: Token,
    makePlan: MakePlan<T>,
    carryOut: (session: Session, plan: Plan<T>) => void,
  ): Steps<Result<T, Refusal>> {
    for (let plans = 1; ; plans += 1) {
      const session = this.#table.living(token);
      if (!session) return noSession(token);
      const { clears } = session;
      const steps = makePlan(session);
      const plan = plans < maxPlans ? yield* steps : inOneGo(steps);
      if (this.#table.living(token)?.is(session) !== true || session.clears !== clears) continue;
      const { lost, reply } = plan;
      const tooLong = this.#table.refusalOfReply(reply.length);
      if (tooLong) return tooLong;
      const keyGrowth = plan.keyGrowth - lost.keys;
      const growth = growthOf(session.keys, keyGrowth, plan.textGrowth - lost.textBytes);
      const full = this.#table.refusalOf(growth, session);
      if (full) return full;
      // Room may have been made by what is due.
      if (session.clears !== clears) continue;
      carryOut(session, plan);
      return ok(plan.answer);
    }
  }

  #store(session: Session, plan: Plan<unknown>, cause: Cause): void {
    const isExtended = session.extension?.onSetAdd === true && this.#table.extend(session);
    this.#table.keys.storeAll(session, plan);
    const { changes } = this.#table;
    if (plan.keys.length > 0) changes.storedAll(session, plan, { cause, isExtended });
    else if (isExtended) changes.extended(session, cause);
  }
}

/** A copy of the keys to plan in, where it takes no longer than the command does anyhow. */
function* copyOf(keys: Entries, count: number): Steps<Map<string, JsonText> | undefined> {
  if (keys.size > Math.min(count * maxCopiedPerKey, maxCopied)) return undefined;
  const copy = new Map<string, JsonText>();
  yield* eachOf(keys, perStep, ([key, value]) => copy.set(key, value));
  return copy;
}

function planFor<T>(answer: T, next?: Map<string, JsonText>): Plan<T> {
  return {
    answer,
    keys: [],
    values: [],
    next,
    keyGrowth: 0,
    textGrowth: 0,
    lost: { keys: 0, textBytes: 0 },
    reply: { length: 0 },
  };
}

/** @param old The value that the key has; undefined: it is new. */
function addEntry(
  plan: Plan<unknown>,
  [key, value]: readonly [string, JsonText],
  old: JsonText | undefined,
): void {
  const [detachedKey, detachedValue] = [detachText(key), detachText(value)];
  plan.keys.push(detachedKey);
  plan.values.push(detachedValue);
  plan.next?.set(detachedKey, detachedValue);
  if (old === undefined) plan.keyGrowth += 1;
  plan.textGrowth +=
    old === undefined ? bytesOfTexts(key, value) : bytesOfText(value) - bytesOfText(old);
}

function addGone(plan: Plan<unknown>, [key, old]: readonly [string, JsonText]): void {
  plan.keys.push(key);
  plan.next?.delete(key);
  plan.keyGrowth -= 1;
  plan.textGrowth -= bytesOfTexts(key, old);
}

function inOneGo<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
