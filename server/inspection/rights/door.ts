import type { InspectionRequest } from '../../../protocol/inspection/requests.ts';
import type { CommandName } from '../../../protocol/commands/catalog.ts';
import type { Right, Rights } from '../../../protocol/inspection/rights.ts';
import { commandNeeds } from './commands.ts';
import type { Need } from './need.ts';

/** What an inspector can get without a request: the list that begins with the connection, a backup over HTTP. */
type Unasked = { readonly type: 'sessions' } | { readonly type: 'backup' };

/** The command of an `act`, once that is read. */
interface ActedCommand {
  readonly type: 'command';
  readonly name: CommandName;
}

/** What has to pass the door. */
export type Guarded = InspectionRequest | ActedCommand | Unasked;

const nothing: Need = { rights: [], sessions: 'some' };
const look: Need = { rights: ['look'], sessions: 'some' };
const lookAtAll: Need = { rights: ['look'], sessions: 'all' };
const lookAtValues: Need = { rights: ['look', 'values'], sessions: 'some' };

/** Every request is here: a new one does not compile before it is said what it needs. */
const needs: { readonly [T in Guarded['type']]: (request: Extract<Guarded, { type: T }>) => Need } =
  {
    sessions: () => look,
    // A search in values would tell them.
    list: ({ content }) => (content ? lookAtValues : look),
    unlist: () => nothing,
    figures: () => look,
    unfigures: () => nothing,
    watch: () => look,
    unwatch: () => nothing,
    compare: () => look,
    uncompare: () => nothing,
    stream: () => look,
    unstream: () => nothing,
    timeline: () => lookAtValues,
    untimeline: () => nothing,
    ended: () => look,
    unended: () => nothing,
    moment: () => lookAtValues,
    changes: () => lookAtValues,
    clients: () => lookAtAll,
    unclients: () => nothing,
    // Its command passes once it is read.
    act: () => nothing,
    command: ({ name }) => commandNeeds[name],
    overview: () => lookAtAll,
    unoverview: () => nothing,
    audit: () => ({ rights: ['audit'], sessions: 'all' }),
    unaudit: () => nothing,
    cut: () => ({ rights: ['end'], sessions: 'all' }),
    // Who has a token may do everything with its session.
    reveal: () => ({ rights: ['look', 'values', 'change', 'end'], sessions: 'some' }),
    peek: () => lookAtValues,
    value: () => lookAtValues,
    findKeys: () => look,
    backup: () => ({ rights: ['look', 'values'], sessions: 'all' }),
  };

/** Why a request is refused: a right is missing, or the key is for some sessions only. */
export interface Refusal {
  readonly right: Right | undefined;
}

/**
 * The one door of inspection: everything passes it before it is answered.
 * @returns Why it is refused; undefined: it is not.
 */
export function whyRefused(guarded: Guarded, { may, prefix }: Rights): Refusal | undefined {
  const needOf = needs[guarded.type] as (guarded: Guarded) => Need; // One for each type, as above.
  const { rights, sessions } = needOf(guarded);
  const right = rights.find((each) => !may.includes(each));
  if (right !== undefined) return { right };
  return sessions === 'all' && prefix !== '' ? { right: undefined } : undefined;
}

/** Tells an inspector that its request is refused, with what the request was known by. */
export function refusedEvent(request: InspectionRequest, { right }: Refusal) {
  const known = { number: undefined, id: undefined, key: undefined, token: undefined };
  const { number, id, key, token, connection } = { ...known, connection: undefined, ...request };
  return {
    type: 'refused' as const,
    request: request.type,
    right,
    number,
    id,
    key,
    token,
    connection,
  };
}
