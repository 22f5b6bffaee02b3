import {
  naiveIncrement,
  naiveReplace,
  naiveSelect,
  naiveSwap,
  naiveTouch,
  type ModelSession,
  type Move,
  type NaiveModel,
  type Plain,
} from './naiveModel.ts';

type Body = Record<string, unknown>;
type KeyMove = Extract<Move, { at: number }>;

/** A move that is a command. */
export type CommandMove = Exclude<Move, { move: 'wait' }>;

/** The request of a move. */
export function requestOf(move: CommandMove, model: Pick<NaiveModel, 'token'>): string {
  const { move: name, ...members } = move;
  const body: Body = { ...members };
  if ('at' in move) body['tkn'] = model.token(move.at);
  if ('ats' in move) body['tkns'] = move.ats.map((at) => model.token(at));
  if ('entries' in move) body['keys'] = Object.fromEntries(move.entries);
  for (const own of ['at', 'ats', 'entries']) delete body[own];
  return JSON.stringify({ [name]: body });
}

/** The reply by the model, which the move changes; null is silence. @param given The token of a new session. */
export function replyOf(move: CommandMove, model: NaiveModel, given: string): Body | null {
  model.expire();
  if (move.move === 'SH_NEW') return model.create(move, given);
  if (move.move === 'SH_OPEN') return model.open(move.name);
  if (move.move === 'SH_EXISTS') return model.exist(move.ats);
  if (move.move === 'SH_INFO_ALL') return model.totals();
  if (move.move === 'SH_END_ALL') return model.endAll();
  return move.move === 'SH_END' ? model.end(move.at) : onSession(move, model);
}

function onSession(move: KeyMove, model: NaiveModel): Body | null {
  const tkn = model.token(move.at);
  const session = model.living(move.at);
  if (!session && move.move === 'SH_INFO') return { st: 100, tkn, shared: null, keyCnt: null };
  if (!session) return { st: 100, tkn, m: '' };
  if ('entries' in move) return storing(move, model, session);
  if (move.move === 'KV_GET') model.extend(session, 'extendOnGet');
  return looking(move, model, session) ?? ofOurOwn(move, model, session) ?? changing(move, session);
}

function ofOurOwn(move: KeyMove, model: NaiveModel, session: ModelSession): Body | undefined {
  const { tkn } = session;
  if (move.move === 'SH_TOUCH') {
    naiveTouch(session, move, model.nowMs);
    return { st: 1, tkn, expiry: infoOf(session, model.nowMs)['expiry'] };
  }
  if (move.move === 'KV_TAKE') {
    model.extend(session, 'extendOnGet');
    const found = looking({ ...move, move: 'KV_GET' }, model, session);
    session.keys = session.keys.filter(([key]) => !move.keys.includes(key));
    return found;
  }
  if (move.move !== 'KV_INCR' && move.move !== 'KV_CAS') return undefined;
  const reply = move.move === 'KV_INCR' ? naiveIncrement(session, move) : naiveSwap(session, move);
  if (reply['st'] !== 28 && reply['st'] !== 41) model.extend(session, 'extendOnSetAdd');
  return reply;
}

function storing(
  { move, entries }: Extract<Move, { entries: unknown }>,
  model: NaiveModel,
  session: ModelSession,
): Body | null {
  const { tkn } = session;
  const cnt = session.keys.length;
  if (move === 'KV_CLEAR_SET') session.keys = [];
  else model.extend(session, 'extendOnSetAdd');
  const isAdd = move === 'KV_ADD' || move === 'KV_ADDQ';
  const reported = entries.map(([key, value]): [string, number] => {
    const there = session.keys.find(([name]) => name === key);
    if (!there) session.keys.push([key, value]);
    else if (!isAdd) there[1] = value;
    return [key, there ? (isAdd ? 23 : 21) : 20];
  });
  const keys = Object.fromEntries(reported);
  if (move === 'KV_CLEAR_SET') return { tkn, st: 1, cnt, keys };
  if (move === 'KV_SETQ') return null;
  if (move !== 'KV_ADDQ') return { tkn, keys };
  const there = reported.filter(([, status]) => status === 23);
  return there.length === 0 ? null : { tkn, keys: Object.fromEntries(there) };
}

function looking(move: KeyMove, model: NaiveModel, session: ModelSession): Body | undefined {
  const { tkn } = session;
  const valueOf = (key: string) => session.keys.find(([name]) => name === key)?.[1];
  const eachOf = <T>(keys: string[], valueFor: (key: string) => T) =>
    Object.fromEntries([...new Set(keys)].map((key) => [key, valueFor(key)]));
  const { move: name } = move;
  if (name === 'SH_INFO') return infoOf(session, model.nowMs);
  if (name === 'KV_COUNT') return { st: 1, cnt: session.keys.length, tkn };
  if (name === 'KV_GET') return { tkn, keys: eachOf(move.keys, (key) => valueOf(key) ?? null) };
  if (name === 'KV_CONTAINS') {
    return { st: 1, tkn, keys: eachOf(move.keys, (key) => valueOf(key) !== undefined) };
  }
  if (name === 'KV_KEYS' || name === 'SH_KEYS') {
    return { tkn, st: 1, keys: session.keys.map(([key]) => key) };
  }
  return name === 'KV_FIND' ? finding(move, session) : undefined;
}

function finding(
  { path, rsp, keys }: Extract<Move, { move: 'KV_FIND' }>,
  session: ModelSession,
): Body {
  const { tkn } = session;
  const among = keys ? [...new Set(keys)] : session.keys.map(([key]) => key);
  const found = among.flatMap((key) => {
    const value = session.keys.find(([name]) => name === key)?.[1];
    const paths = value === undefined ? [] : naiveSelect(path, value);
    return paths.length > 0 ? [{ key, value, paths }] : [];
  });
  if (rsp === 'paths') return { tkn, st: 1, paths: found.flatMap(({ paths }) => paths) };
  if (rsp === 'keys') return { tkn, st: 1, keys: found.map(({ key }) => key) };
  return { tkn, st: 1, keys: Object.fromEntries(found.map(({ key, value }) => [key, value])) };
}

function infoOf({ tkn, shared, keys, expiry, deadlineMs }: ModelSession, nowMs: number): Body {
  const never = { expires: false, duration: 0, time: 0, deleteSession: false };
  const { extendOnSetAdd, extendOnGet } = expiry ?? {};
  const isShown = extendOnSetAdd !== undefined || extendOnGet !== undefined;
  const extend = isShown && {
    extendOnSetAdd: extendOnSetAdd ?? false,
    extendOnGet: extendOnGet ?? false,
  };
  const reported = expiry?.duration
    ? {
        expires: true,
        duration: expiry.duration,
        time: Math.floor(deadlineMs / 1000),
        deleteSession: expiry.deleteSession,
        remaining: Math.floor((deadlineMs - nowMs) / 1000),
      }
    : never;
  return { st: 1, tkn, shared, keyCnt: keys.length, expiry: { ...reported, ...extend } };
}

function changing(move: KeyMove, session: ModelSession): Body {
  const { tkn } = session;
  const isThere = (key: string) => session.keys.some(([name]) => name === key);
  if (move.move === 'KV_CLEAR') {
    const cnt = session.keys.length;
    session.keys = [];
    return { st: 1, cnt, tkn };
  }
  if (move.move === 'KV_RMV') {
    const reported = [...new Set(move.keys)].map((key) => [key, isThere(key) ? 24 : 22]);
    session.keys = session.keys.filter(([key]) => !move.keys.includes(key));
    return { ...Object.fromEntries([['tkn', tkn], ...reported]), tkn };
  }
  if (move.move !== 'KV_UPDATE' && move.move !== 'KV_ARR_APPEND') {
    throw new Error(`The model does not know ${move.move}`);
  }
  const entry = session.keys.find(([key]) => key === move.key);
  if (move.move === 'KV_UPDATE') {
    if (!entry) return { tkn, st: 22, key: move.key, cnt: 0 };
    const places = naiveSelect(move.path, entry[1]);
    entry[1] = naiveReplace(entry[1], { places, by: move.value });
    return { tkn, st: 1, key: move.key, cnt: places.length };
  }
  if (!entry) return { tkn, st: 22 };
  const longer = appended(entry[1], move);
  if (longer === undefined) return { tkn, st: 1000 };
  entry[1] = longer;
  return { tkn, st: 1 };
}

function appended(
  value: Plain,
  { items, name }: { items: Plain[]; name: string | undefined },
): Plain | undefined {
  if (Array.isArray(value)) return name === undefined ? [...value, ...items] : undefined;
  if (name === undefined || value === null || typeof value !== 'object') return undefined;
  const member = value[name];
  return Array.isArray(member) ? { ...value, [name]: [...member, ...items] } : undefined;
}
