import {
  elementsOf,
  jsonNull,
  kindOf,
  membersOf,
  stringOf,
  type JsonText,
} from '../json/jsonText.ts';
import { statusCode, type StatusName } from '../status.ts';
import { readMessage, type NamedMessage } from './namedMessage.ts';
import { commandOf } from './replyName.ts';
import { isCommandName, type CommandName } from '../commands/catalog.ts';

/** What became of a key that a request named, or what the reply says about it. */
export type KeyFate =
  | 'stored'
  | 'replaced'
  | 'removed'
  | 'changed'
  | 'existing'
  | 'missing'
  | 'found';

/** What a number in a reply counts. */
export type Counted =
  | 'keys'
  | 'keysRemoved'
  | 'itemsAppended'
  | 'placesFound'
  | 'placesChanged'
  | 'sessions'
  | 'sessionsEnded'
  | 'sessionsLoaded';

/** What happened to a session. */
export type SessionEvent = 'created' | 'existing' | 'opened' | 'ended' | 'extended' | 'saved';

/** One thing that an exchange brought about or says; the words for it belong to who shows it. */
export type ResultFact =
  /** In the order of the reply; never empty. */
  | { readonly fact: 'keys'; readonly fate: KeyFate; readonly names: readonly string[] }
  /** `count` is a whole number as written. */
  | { readonly fact: 'count'; readonly of: Counted; readonly count: string }
  /** `name` is empty where the reply does not have it; of a save it is that of the data set. */
  | { readonly fact: 'session'; readonly event: SessionEvent; readonly name: string }
  /** The present value of a key, as written. */
  | { readonly fact: 'value'; readonly key: string; readonly value: string }
  /** Seconds until the session expires, as written. */
  | { readonly fact: 'seconds'; readonly seconds: string }
  | { readonly fact: 'version'; readonly version: string }
  /** A search found nothing. `path` is empty where the request is not known. */
  | { readonly fact: 'noMatch'; readonly path: string }
  /** The parameter that a refusal is about. */
  | { readonly fact: 'param'; readonly name: string };

/** Longer messages are not read for a summary. */
export const maxSummarizedLength = 200_000;

/**
 * What a reply says, in short: which keys became what, how many, which session.
 * @param request Text of the request, where it is known.
 * @returns None for a reply of no known command, or one that is too long.
 */
export function resultFacts(reply: string, request: string | undefined): readonly ResultFact[] {
  if (reply.length > maxSummarizedLength) return [];
  const message = readMessage(reply);
  const name = message && commandOf(message.name);
  if (!message || name === undefined || !isCommandName(name)) return [];
  const said = partsOf(message);
  const refused = said.text('m');
  if (refused !== '') return [{ fact: 'param', name: refused }];
  return readers[name](said, partsOf(requestOf(request)));
}

function requestOf(text: string | undefined): NamedMessage | undefined {
  return text === undefined || text.length > maxSummarizedLength ? undefined : readMessage(text);
}

/** The members of a body, for those who only look. */
interface Parts {
  readonly members: ReadonlyMap<string, JsonText>;
  /** Empty when it is missing or not a string. */
  readonly text: (name: string) => string;
  readonly object: (name: string) => ReadonlyMap<string, JsonText> | undefined;
  readonly array: (name: string) => readonly JsonText[] | undefined;
}

function partsOf(message: NamedMessage | undefined): Parts {
  const body = message?.body;
  const members =
    body !== undefined && kindOf(body) === 'object' ? membersOf(body) : new Map<string, JsonText>();
  const ofKind = (name: string, kind: ReturnType<typeof kindOf>) => {
    const json = members.get(name);
    return json !== undefined && kindOf(json) === kind ? json : undefined;
  };
  const applied = <T>(json: JsonText | undefined, read: (json: JsonText) => T) =>
    json === undefined ? undefined : read(json);
  return {
    members,
    text: (name) => applied(ofKind(name, 'string'), stringOf) ?? '',
    object: (name) => applied(ofKind(name, 'object'), membersOf),
    array: (name) => applied(ofKind(name, 'array'), elementsOf),
  };
}

type Reader = (reply: Parts, request: Parts) => readonly ResultFact[];

const fates: readonly (readonly [StatusName, KeyFate])[] = [
  ['KeySet', 'stored'],
  ['KeyUpdated', 'replaced'],
  ['KeyRemoved', 'removed'],
  ['KeyExists', 'existing'],
  ['KeyNotExist', 'missing'],
];

function byFate(
  fateOf: (json: JsonText) => KeyFate | undefined,
  keys: Iterable<[string, JsonText]>,
) {
  const names = new Map<KeyFate, string[]>();
  for (const [name, json] of keys) {
    const fate = fateOf(json);
    if (fate !== undefined) names.set(fate, [...(names.get(fate) ?? []), name]);
  }
  return [...names].map(([fate, each]): ResultFact => ({ fact: 'keys', fate, names: each }));
}

const fateOfStatus = (json: JsonText) =>
  fates.find(([status]) => String(statusCode(status)) === json)?.[1];

/** A status for each key, inside `keys` or, of KV_RMV, beside `tkn`. */
const statuses: Reader = ({ members, object }) => byFate(fateOfStatus, object('keys') ?? members);

const values =
  (there: KeyFate): Reader =>
  ({ object }) =>
    byFate((json) => (json === 'null' ? 'missing' : there), object('keys') ?? []);

const flags: Reader = ({ object }) =>
  byFate((json) => (json === 'true' ? 'found' : 'missing'), object('keys') ?? []);

const number =
  (member: string, of: Counted): Reader =>
  ({ members }) => {
    const count = members.get(member);
    return count !== undefined && kindOf(count) === 'number' ? [{ fact: 'count', of, count }] : [];
  };

function length(of: Counted, items: { readonly length: number } | undefined): ResultFact[] {
  return items ? [{ fact: 'count', of, count: String(items.length) }] : [];
}

const session =
  (event: SessionEvent): Reader =>
  ({ text }) => [{ fact: 'session', event, name: text('name') }];

/** Only where the reply has this status. */
const ifStatus =
  (status: StatusName, read: Reader): Reader =>
  (reply, request) =>
    reply.members.get('st') === String(statusCode(status)) ? read(reply, request) : [];

const ifOk = (read: Reader) => ifStatus('Ok', read);

const changedKey: Reader = ({ text }, request) => {
  const key = text('key') || request.text('key');
  return key === '' ? [] : [{ fact: 'keys', fate: 'changed', names: [key] }];
};

const found: Reader = ({ object, array }, request) => {
  const keys = object('keys');
  const listed = keys ? [...keys] : array('keys');
  const places = array('paths');
  if ((places ?? listed)?.length === 0) return [{ fact: 'noMatch', path: request.text('path') }];
  return [...length('keys', listed), ...length('placesFound', places)];
};

const expiry: Reader = ({ object }) => {
  const members = object('expiry');
  const seconds = members?.get('duration');
  return members?.get('expires') === 'true' && seconds !== undefined
    ? [{ fact: 'seconds', seconds }]
    : [];
};

const compared: Reader = ({ members, text }) => {
  const fate = fateOfStatus(members.get('st') ?? jsonNull);
  return fate === undefined ? [] : [{ fact: 'keys', fate, names: [text('key')] }];
};

const both =
  (...all: readonly Reader[]): Reader =>
  (reply, request) =>
    all.flatMap((read) => read(reply, request));

/** How the reply of each command is read; one that is missing does not compile. */
const readers: Readonly<Record<CommandName, Reader>> = {
  SH_NEW: both(ifOk(session('created')), ifStatus('SessionNewFail', session('existing'))),
  SH_END: ifOk(session('ended')),
  SH_OPEN: ifOk(session('opened')),
  SH_INFO: ifOk(both(number('keyCnt', 'keys'), expiry)),
  SH_TOUCH: ifOk(both(session('extended'), expiry)),
  SH_INFO_ALL: both(number('totalSessions', 'sessions'), number('totalKeys', 'keys')),
  SH_END_ALL: number('cnt', 'sessionsEnded'),
  SH_EXISTS: ({ array }) => length('sessions', array('exist')),
  SH_SAVE: ifStatus('SaveComplete', session('saved')),
  SH_LOAD: both(number('sessions', 'sessionsLoaded'), number('keys', 'keys')),
  KV_SET: statuses,
  KV_SETQ: statuses,
  KV_ADD: statuses,
  KV_ADDQ: statuses,
  KV_GET: values('found'),
  KV_RMV: statuses,
  KV_CLEAR: ifOk(number('cnt', 'keysRemoved')),
  KV_COUNT: ifOk(number('cnt', 'keys')),
  KV_CONTAINS: flags,
  KV_KEYS: ({ array }) => length('keys', array('keys')),
  SH_KEYS: ({ array }) => length('keys', array('keys')),
  KV_CLEAR_SET: both(ifOk(number('cnt', 'keysRemoved')), ({ object }) =>
    byFate(fateOfStatus, object('keys') ?? []),
  ),
  KV_ARR_APPEND: ifOk(
    both((_, request) => length('itemsAppended', request.array('items')), changedKey),
  ),
  KV_TAKE: values('removed'),
  KV_INCR: ifOk(({ members, text }) => {
    const value = members.get('value');
    return value === undefined ? [] : [{ fact: 'value', key: text('key'), value }];
  }),
  KV_CAS: compared,
  KV_FIND: ifOk(found),
  KV_UPDATE: ifOk(both(number('cnt', 'placesChanged'), changedKey)),
  SV_INFO: ({ text }) => [{ fact: 'version', version: text('serverVersion') }],
};
