import { createTokenSource } from '../../../server/store/tokenSource.ts';
import { between, oneOf, type Random } from './random.ts';

/** Keys and values of sessions, by their tokens. */
export type Sessions = Map<string, Map<string, unknown>>;

/** One command, and what it does to the sessions of its connection. */
export interface Step {
  readonly text: string;
  /** Whether success has no reply. */
  readonly isQuiet: boolean;
  readonly apply: (sessions: Sessions) => void;
  /** Takes long: commands for other sessions would overtake it, so none is sent until its reply. */
  readonly isLong?: boolean;
  /** For a command that creates a session: hears its token when the reply comes. */
  readonly onCreated?: (token: string) => void;
}

/** Written and removed together: of a whole command all are there, with one value, or none is. */
const together = ['x', 'y', 'z'];

/** Whether a session shows a part of a command. */
export function isTorn(keys: ReadonlyMap<string, unknown>): boolean {
  return new Set(together.map((key) => keys.get(key))).size > 1;
}

/** The path that looks at all of them for each of them takes several slices. */
const longItems = 250;

const maxSessions = 12;
const minSessions = 3;

/** Makes commands of all kinds that change data. */
export class StepMaker {
  readonly #random: Random;
  readonly #name: string;
  /** Of the shared session of this name: ended or not, it may come again. */
  readonly sharedToken: string;
  /** Counts up over all rounds: no value comes twice. */
  #value = 0;
  /** To be sent next, in this order. */
  #planned: Step[] = [];

  /** @param name Of its saves and its shared session, which no other has. */
  constructor(name: string, random: Random) {
    this.#random = random;
    this.#name = name;
    this.sharedToken = createTokenSource().sharedToken(name);
  }

  /** Before the load of a round. */
  begin(): void {
    this.#planned = [];
  }

  /** @param predicted The sessions as they will be when all commands before have been carried out. */
  next(predicted: Sessions): Step {
    const planned = this.#planned.shift();
    if (planned) return planned;
    const token = oneOf(this.#random, [...predicted.keys()]);
    const canGrow = predicted.size < maxSessions;
    if (token === undefined || (canGrow && this.#random() < 0.05)) return this.#newSession();
    const choice = this.#random();
    if (predicted.size > minSessions && choice < 0.03) return endSession(token);
    if (choice < 0.05) return this.#shared(predicted);
    if (choice < 0.06) return this.#plan(saveEndAndLoad(this.#name, token));
    if (choice < 0.07) return this.#plan(this.#longUpdate(token));
    return this.#change(token, predicted.get(token));
  }

  #plan([first, ...rest]: readonly [Step, ...Step[]]): Step {
    this.#planned = rest;
    return first;
  }

  #shared(predicted: Sessions): Step {
    if (predicted.has(this.sharedToken)) return openShared(this.#name);
    const text = JSON.stringify({ SH_NEW: { name: this.#name, shared: true } });
    const apply = (sessions: Sessions) => {
      if (!sessions.has(this.sharedToken)) sessions.set(this.sharedToken, new Map());
    };
    return { text, isQuiet: false, apply };
  }

  /** So costly that it is done in slices, with other commands in between. */
  #longUpdate(token: string): readonly [Step, Step] {
    this.#value += 1;
    const value = -this.#value;
    const items = Array.from({ length: longItems }, (_, item) => item);
    const path = `$[?count($[?@ > -1]) == ${longItems} && @ == 7]`;
    const store = command('KV_SET', token, { keys: { long: items } });
    const update = command('KV_UPDATE', token, { key: 'long', path, value });
    const updated = inSession(token, update, (keys) => {
      keys.set('long', items.with(7, value));
    });
    return [
      inSession(token, store, (keys) => keys.set('long', items)),
      { ...updated, isLong: true },
    ];
  }

  /** A session that lasts a second, or whose keys do. */
  expiring(deleteSession: boolean, onCreated: (token: string) => void): Step {
    const expiry = `{"duration":1,"deleteSession":${deleteSession}}`;
    const text = `{"SH_NEW":{"name":"short","expiry":${expiry}}}`;
    return { text, isQuiet: false, apply: () => undefined, onCreated };
  }

  #newSession(): Step {
    let token: string | undefined;
    return {
      text: '{"SH_NEW":{"name":"crash"}}',
      isQuiet: false,
      // Without the reply nobody knows it, and no command of this connection is for it.
      apply: (sessions) => {
        if (token !== undefined) sessions.set(token, new Map());
      },
      onCreated: (created) => {
        token = created;
      },
    };
  }

  #change(token: string, keys: ReadonlyMap<string, unknown> = new Map()): Step {
    this.#value += 1;
    const value = this.#value;
    // Values of some sizes, so that frames have some, too.
    const size = Math.floor(between(this.#random, 0, 400) ** 2 / 400);
    const written = this.#random() < 0.5 ? value : `${value} ${'ü'.repeat(size)}`;
    const make = oneOf(this.#random, changes) ?? set;
    const { text, act } = make({ token, value: written, count: value, keys });
    return { ...inSession(token, text, act), isQuiet: text.startsWith('{"KV_SETQ') };
  }
}

interface ChangeInput {
  readonly token: string;
  readonly value: unknown;
  readonly count: number;
  readonly keys: ReadonlyMap<string, unknown>;
}

interface MadeChange {
  readonly text: string;
  readonly act: (keys: Map<string, unknown>) => void;
}

type MakeChange = (input: ChangeInput) => MadeChange;

function command(name: string, token: string, rest: object): string {
  return JSON.stringify({ [name]: { tkn: token, ...rest } });
}

const all = (value: unknown) => Object.fromEntries(together.map((key) => [key, value]));

function setAll(keys: Map<string, unknown>, value: unknown): void {
  for (const key of together) keys.set(key, value);
}

function removeAll(keys: Map<string, unknown>): void {
  for (const key of together) keys.delete(key);
}

const set: MakeChange = ({ token, value }) => ({
  text: command('KV_SET', token, { keys: all(value) }),
  act: (keys) => setAll(keys, value),
});

const changes: readonly MakeChange[] = [
  set,
  set,
  ({ token, value }) => ({
    text: command('KV_SETQ', token, { keys: all(value) }),
    act: (keys) => setAll(keys, value),
  }),
  ({ token, value }) => ({
    text: command('KV_ADD', token, { keys: all(value) }),
    act: (keys) => {
      if (!keys.has('x')) setAll(keys, value);
    },
  }),
  ({ token }) => ({ text: command('KV_RMV', token, { keys: together }), act: removeAll }),
  ({ token }) => ({ text: command('KV_TAKE', token, { keys: together }), act: removeAll }),
  ({ token }) => ({ text: command('KV_CLEAR', token, {}), act: (keys) => keys.clear() }),
  ({ token, value }) => ({
    text: command('KV_CLEAR_SET', token, { keys: { ...all(value), list: [] } }),
    act: (keys) => {
      keys.clear();
      setAll(keys, value);
      keys.set('list', []);
    },
  }),
  ({ token, count }) => ({
    text: command('KV_INCR', token, { key: 'count', by: count }),
    act: (keys) => {
      keys.set('count', Number(keys.get('count') ?? 0) + count);
    },
  }),
  ({ token, count, keys: { size } }) => ({
    text: command('KV_SET', token, { keys: { swapped: size, list: [count] } }),
    act: (keys) => {
      keys.set('swapped', size);
      keys.set('list', [count]);
    },
  }),
  ({ token, count, keys: known }) => {
    const old = known.get('swapped');
    return {
      text: command('KV_CAS', token, {
        key: 'swapped',
        ...(old !== undefined && { old }),
        value: count,
      }),
      act: (keys) => {
        if (keys.get('swapped') === old) keys.set('swapped', count);
      },
    };
  },
  ({ token, count }) => ({
    text: command('KV_ARR_APPEND', token, { key: 'list', items: [count] }),
    act: (keys) => {
      const list = keys.get('list');
      if (Array.isArray(list)) keys.set('list', [...(list as unknown[]), count]);
    },
  }),
  ({ token, count }) => ({
    text: command('KV_UPDATE', token, { key: 'list', path: '$[0]', value: count }),
    act: (keys) => {
      const list = keys.get('list');
      if (Array.isArray(list) && list.length > 0) {
        keys.set('list', [count, ...(list.slice(1) as unknown[])]);
      }
    },
  }),
  ({ token }) => ({ text: command('SH_TOUCH', token, { duration: 3600 }), act: () => undefined }),
];

function endSession(token: string): Step {
  return {
    text: command('SH_END', token, {}),
    isQuiet: false,
    apply: (sessions) => {
      sessions.delete(token);
    },
  };
}

function openShared(name: string): Step {
  const text = JSON.stringify({ SH_OPEN: { name } });
  return { text, isQuiet: false, apply: () => undefined };
}

/** A session that is saved, ended and loaded again. */
function saveEndAndLoad(name: string, token: string): readonly [Step, Step, Step] {
  let saved: ReadonlyMap<string, unknown> | undefined;
  const save: Step = {
    text: JSON.stringify({ SH_SAVE: { name, tkns: [token] } }),
    isQuiet: false,
    apply: (sessions) => {
      saved = sessions.get(token);
      saved &&= new Map(saved);
    },
  };
  const load: Step = {
    text: JSON.stringify({ SH_LOAD: { name } }),
    isQuiet: false,
    apply: (sessions) => {
      if (saved && !sessions.has(token)) sessions.set(token, new Map(saved));
    },
  };
  return [save, endSession(token), load];
}

function inSession(
  token: string,
  text: string,
  act: (keys: Map<string, unknown>) => unknown,
): Step {
  const apply = (sessions: Sessions) => {
    const session = sessions.get(token);
    if (session) act(session);
  };
  return { text, isQuiet: false, apply };
}
