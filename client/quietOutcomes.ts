import type { Call } from './call.ts';
import type { Reply } from './reply.ts';

/** What became of a quiet call: silence is success. */
export type QuietOutcome =
  | { readonly kind: 'silent' }
  | { readonly kind: 'answered'; readonly reply: Reply }
  /** One of the replies may be its own, or that of another call. */
  | { readonly kind: 'ambiguous'; readonly reply: Reply };

/** What a reply to a quiet call is known by. */
export type QuietCall = Pick<Call, 'replyName' | 'token' | 'keys'>;

/**
 * Finds which of several quiet calls the replies belong to. Both are in their order, but silence leaves gaps:
 * each reply has an earliest and a latest call that it can belong to when the others are given theirs, and only
 * where these are one and the same it is certain.
 * @returns The outcomes in the order of the calls; undefined when a reply fits no call.
 */
export function quietOutcomes(
  calls: readonly QuietCall[],
  replies: readonly Reply[],
): QuietOutcome[] | undefined {
  if (replies.length === 0) return calls.map(() => silent);
  const earliest = placesOf(calls, replies);
  const latest = placesOf([...calls].reverse(), [...replies].reverse())
    ?.map((at) => calls.length - 1 - at)
    .reverse();
  if (!earliest || !latest) return undefined;
  // Both grow with the reply: those which can belong to a call stand together.
  let from = 0;
  return calls.map((call, at): QuietOutcome => {
    while (from < replies.length && (latest[from] ?? 0) < at) from += 1;
    for (let index = from; index < replies.length && (earliest[index] ?? 0) <= at; index += 1) {
      const reply = replies[index];
      if (!reply || !fits(call, reply)) continue;
      const isCertain = earliest[index] === latest[index];
      return { kind: isCertain ? 'answered' : 'ambiguous', reply };
    }
    return silent;
  });
}

const silent: QuietOutcome = { kind: 'silent' };

/** Gives each reply, in order, the first call that it fits. */
function placesOf(calls: readonly QuietCall[], replies: readonly Reply[]): number[] | undefined {
  const places: number[] = [];
  let at = -1;
  for (const reply of replies) {
    at += 1;
    for (let call = calls[at]; call && !fits(call, reply); call = calls[at]) at += 1;
    if (at >= calls.length) return undefined;
    places.push(at);
  }
  return places;
}

/** Whether a reply can be the one to a call: a refusal of the store has no token. */
function fits({ replyName, token, keys }: QuietCall, { name, body }: Reply): boolean {
  if (name !== replyName) return false;
  if (body['tkn'] === null) return true;
  if (body['tkn'] !== String(token)) return false;
  const named = body['keys'];
  return typeof named !== 'object' || named === null || Object.keys(named).every(isIn(keys));
}

function isIn(keys: unknown): (key: string) => boolean {
  if (keys instanceof Map) return (key) => keys.has(key);
  return (key) => typeof keys === 'object' && keys !== null && Object.hasOwn(keys, key);
}
