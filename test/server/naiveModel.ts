/** For tests: a JSON value of the kind that JavaScript keeps as it is written. */
export type Plain = number | string | null | Plain[] | { [name: string]: Plain };

/** One command with everything that it needs; `at` is the number of a session, in order of creation. */
export type Move =
  | { move: 'wait'; ms: number }
  | { move: 'SH_NEW'; name: string; shared: boolean; expiry: ModelExpiry | undefined }
  | { move: 'SH_OPEN'; name: string }
  | { move: 'SH_INFO_ALL' }
  | { move: 'SH_END_ALL' }
  | { move: 'SH_EXISTS'; ats: number[] }
  | { move: 'SH_END' | 'SH_INFO' | 'KV_CLEAR' | 'KV_COUNT' | 'KV_KEYS' | 'SH_KEYS'; at: number }
  | { move: Storing; at: number; entries: [string, Plain][] }
  | { move: 'KV_GET' | 'KV_RMV' | 'KV_CONTAINS' | 'KV_TAKE'; at: number; keys: string[] }
  | Touching
  | { move: 'KV_INCR'; at: number; key: string; by: number | undefined }
  | { move: 'KV_CAS'; at: number; key: string; old: Plain | undefined; value: Plain | undefined }
  | { move: 'KV_ARR_APPEND'; at: number; key: string; items: Plain[]; name: string | undefined }
  | { move: 'KV_FIND'; at: number; path: NaivePath; rsp: string; keys: string[] | undefined }
  | { move: 'KV_UPDATE'; at: number; key: string; path: NaivePath; value: Plain };

interface Touching {
  move: 'SH_TOUCH';
  at: number;
  duration: number | undefined;
  deleteSession: boolean | undefined;
}

type Storing = 'KV_SET' | 'KV_SETQ' | 'KV_ADD' | 'KV_ADDQ' | 'KV_CLEAR_SET';

export interface ModelExpiry {
  duration: number;
  deleteSession: boolean;
  extendOnSetAdd?: boolean;
  extendOnGet?: boolean;
}

export interface ModelSession {
  tkn: string;
  name: string;
  shared: boolean;
  expiry: ModelExpiry | undefined;
  deadlineMs: number;
  keys: [string, Plain][];
}

type Body = Record<string, unknown>;

/** Paths whose meaning takes a line each. */
export const naivePaths = ['$', '$.a', '$[0]', '$[*]', '$..a', '$[?@ > 1]'] as const;
export type NaivePath = (typeof naivePaths)[number];

/** The protocol as plainly as possible: lists, loops and a look at the time before each command. */
export class NaiveModel {
  nowMs: number;
  /** Every session that ever was, so that moves can name dead ones too. */
  readonly all: ModelSession[] = [];
  #living: ModelSession[] = [];

  constructor(nowMs: number) {
    this.nowMs = nowMs;
  }

  /** Another one with the same sessions. */
  copy(): NaiveModel {
    const copy = new NaiveModel(this.nowMs);
    for (const session of this.all) {
      const copied = {
        ...session,
        keys: session.keys.map(([key, value]): [string, Plain] => [key, value]),
      };
      copy.all.push(copied);
      if (this.#living.includes(session)) copy.#living.push(copied);
    }
    return copy;
  }

  token(at: number): string {
    return this.all[at]?.tkn ?? '7';
  }

  /** Lets the time pass. */
  expire(): void {
    for (const session of this.#living) {
      const { expiry } = session;
      while (expiry && !expiry.deleteSession && session.deadlineMs <= this.nowMs) {
        session.keys = [];
        session.deadlineMs += expiry.duration * 1000;
      }
    }
    this.#living = this.#living.filter(({ deadlineMs }) => deadlineMs > this.nowMs);
  }

  living(at: number): ModelSession | undefined {
    return this.#living.find(({ tkn }) => tkn === this.token(at));
  }

  /** @param given The token that the server has made. */
  create({ name, shared, expiry }: Extract<Move, { move: 'SH_NEW' }>, given: string): Body {
    const there = this.#living.find((each) => each.shared && shared && each.name === name);
    if (there) return { st: 103, name, tkn: there.tkn };
    const lifeMs = (expiry?.duration ?? 0) * 1000;
    const deadlineMs = lifeMs === 0 ? Number.POSITIVE_INFINITY : this.nowMs + lifeMs;
    const session = { tkn: given, name, shared, expiry, deadlineMs, keys: [] };
    this.all.push(session);
    this.#living.push(session);
    return { st: 1, name, tkn: given };
  }

  open(name: string): Body {
    const tkn = this.#living.find((each) => each.shared && each.name === name)?.tkn ?? null;
    return { st: tkn === null ? 102 : 1, name, tkn };
  }

  exist(ats: readonly number[]): Body {
    const tokens = ats.filter((at) => this.living(at)).map((at) => this.token(at));
    return { st: 1, exist: [...new Set(tokens)] };
  }

  totals(): Body {
    const totalKeys = this.#living.reduce((sum, { keys }) => sum + keys.length, 0);
    return { totalSessions: this.#living.length, totalKeys };
  }

  endAll(): Body {
    const cnt = this.#living.length;
    this.#living = [];
    return { st: 1, cnt };
  }

  end(at: number): Body {
    const tkn = this.token(at);
    const before = this.#living.length;
    this.#living = this.#living.filter((each) => each.tkn !== tkn);
    return { st: this.#living.length < before ? 1 : 100, tkn };
  }

  extend(session: ModelSession, flag: 'extendOnSetAdd' | 'extendOnGet'): void {
    const { expiry } = session;
    if (expiry?.[flag] && expiry.duration > 0)
      session.deadlineMs = this.nowMs + expiry.duration * 1000;
  }
}

/** The new settings of a session, whose time starts again. */
export function naiveTouch(session: ModelSession, touching: Touching, nowMs: number): void {
  const { expiry } = session;
  const isExpiring = expiry !== undefined && expiry.duration > 0;
  const duration = touching.duration ?? expiry?.duration ?? 0;
  if (!isExpiring && duration === 0) return;
  const deleteSession = touching.deleteSession ?? (isExpiring ? expiry.deleteSession : true);
  session.expiry = { ...expiry, duration, deleteSession };
  session.deadlineMs = duration === 0 ? Number.POSITIVE_INFINITY : nowMs + duration * 1000;
}

/** What KV_INCR does to the keys; 41: the value is no number. */
export function naiveIncrement(
  session: ModelSession,
  { key, by }: Extract<Move, { move: 'KV_INCR' }>,
): Body {
  const entry = session.keys.find(([name]) => name === key);
  const old = entry ? entry[1] : 0;
  if (typeof old !== 'number') return { st: 41, tkn: null, m: 'key' };
  const value = old + (by ?? 1);
  if (entry) entry[1] = value;
  else session.keys.push([key, value]);
  return { tkn: session.tkn, st: 1, key, value };
}

/** What KV_CAS does to the keys. */
export function naiveSwap(
  session: ModelSession,
  { key, old, value }: Extract<Move, { move: 'KV_CAS' }>,
): Body {
  const { tkn } = session;
  const entry = session.keys.find(([name]) => name === key);
  const isExpected = JSON.stringify(entry?.[1]) === JSON.stringify(old);
  if (!isExpected) return { tkn, st: 28, key, ...(entry && { value: entry[1] }) };
  session.keys = session.keys.filter((each) => each !== entry || value !== undefined);
  if (value === undefined) return { tkn, st: 24, key };
  if (entry) entry[1] = value;
  else session.keys.push([key, value]);
  return { tkn, st: entry ? 21 : 20, key };
}

function parts(value: Plain): [step: string, part: Plain][] {
  if (Array.isArray(value)) return value.map((item, index) => [`[${index}]`, item]);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).map(([name, item]) => [`['${name}']`, item]);
}

/** Normalised paths of what a path selects. */
export function naiveSelect(path: NaivePath, value: Plain, place = '$'): string[] {
  const under = (wanted: (step: string, part: Plain) => boolean) =>
    parts(value).flatMap(([step, part]) => (wanted(step, part) ? [place + step] : []));
  switch (path) {
    case '$':
      return [place];
    case '$.a':
      return under((step) => step === "['a']");
    case '$[0]':
      return under((step) => step === '[0]');
    case '$[*]':
      return under(() => true);
    case '$[?@ > 1]':
      return under((_, part) => typeof part === 'number' && part > 1);
    case '$..a': {
      const below = parts(value).map(([step, part]) => naiveSelect(path, part, place + step));
      return [...naiveSelect('$.a', value, place), ...below.flat()];
    }
  }
}

/** The value with another in these places. */
export function naiveReplace(
  value: Plain,
  { places, by }: { places: readonly string[]; by: Plain },
  place = '$',
): Plain {
  if (places.includes(place)) return by;
  const replaced = parts(value).map(([step, part]) =>
    naiveReplace(part, { places, by }, place + step),
  );
  if (Array.isArray(value)) return replaced;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.keys(value).map((name, at) => [name, replaced[at] ?? null]));
}
