import { setImmediate } from 'node:timers/promises';
import { createTokenSource } from '../../server/store/tokenSource.ts';
import type { Token } from '../../protocol/token.ts';
import type { NewSession } from '../../server/store/newSession.ts';
import type { SessionStore } from '../../server/store/sessionStore.ts';

/** A call takes at most so many turns of the event loop, to be carried out and to be answered. */
const maxTurns = 5;

/** Not delayed: what is no question, and what a test calls itself. */
const inTheSameTurn: ReadonlySet<string> = new Set([
  'subscribe',
  'open',
  'close',
  'status',
  'records',
  'listAll',
  'watchUses',
]);

const tokens = createTokenSource();

/** What a call is about, so that calls about the same keep their order; undefined: many sessions, or a new one. */
function sessionOf(parameter: unknown, name: string): string | undefined {
  if (name === 'newSession') {
    const session = parameter as NewSession; // As the seam says.
    return session.shared ? tokens.sharedToken(session.name) : undefined;
  }
  if (typeof parameter !== 'string') return undefined;
  return name === 'openShared' ? tokens.sharedToken(parameter) : parameter;
}

/** Numbers from 0 to 1, the same in every run. */
function createRandom(): () => number {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/**
 * Stands for every store that answers later: a call is carried out late, and its answer arrives
 * late, both by a random time. Calls for one session keep their order, others overtake each other.
 */
export function delayingStore(store: SessionStore): SessionStore {
  const random = createRandom();
  const lastCalls = new Map<unknown, Promise<unknown>>();
  const pause = async () => {
    for (let turns = Math.floor(random() * (maxTurns + 1)); turns > 0; turns -= 1) {
      await setImmediate();
    }
  };
  const callLate = async (call: () => unknown, before: Promise<unknown> | undefined) => {
    await before;
    await pause();
    const outcome = await call();
    await pause();
    return outcome;
  };
  const call = (name: string, method: Function, parameters: unknown[]) => {
    const work = () => method.apply(store, parameters) as unknown;
    const session = sessionOf(parameters[0], name);
    if (session === undefined) return callLate(work, undefined);
    const outcome = callLate(work, lastCalls.get(session));
    lastCalls.set(
      session,
      outcome.catch(() => undefined),
    );
    return outcome;
  };
  async function* scanLate(tokens?: readonly Token[]) {
    for await (const session of store.scan(tokens)) {
      await pause();
      yield session;
    }
  }
  return new Proxy(store, {
    get: (target, name) => {
      const member = Reflect.get(target, name) as unknown;
      if (typeof member !== 'function') return member;
      if (name === 'scan') return (tokens?: readonly Token[]) => scanLate(tokens);
      if (typeof name === 'string' && inTheSameTurn.has(name)) return member.bind(store) as unknown;
      return (...parameters: unknown[]) => call(String(name), member, parameters);
    },
  });
}
