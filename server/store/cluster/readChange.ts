import { isCommandName } from '../../../protocol/commands/catalog.ts';
import { asJsonText, type JsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Cause, ChangeEvent, ChangeFacts, CreatedSession, SessionRef } from '../changes.ts';
import { extensionOf, isShared, readKeys, termOfText, valueOf } from './replies.ts';

/** A change as it was published. */
export interface PublishedChange {
  /** Without a number of this server. */
  readonly change: ChangeEvent & Omit<ChangeFacts, 'sequence'>;
  /** Numbers of the change before in its bucket, and its own, which is higher. */
  readonly previousId: number;
  readonly id: number;
  /** Values that its keys had, in their order; undefined: it was not there. */
  readonly before: readonly (JsonText | undefined)[];
  /** All keys that went first: of the session, or of each that ended. */
  readonly gone: readonly GoneKeys[];
}

/** Keys of a session that went at once. */
export interface GoneKeys {
  /** Of a session that has ended; else empty, and 0. */
  readonly name: string;
  readonly createdAtMs: number;
  readonly count: number;
  /** Fewer than {@link count}: they were too much to be published. */
  readonly keys: ReadonlyMap<string, JsonText>;
}

/** Names the session of a token in a change. */
export type RefTo = (token: Token) => SessionRef;

interface Parts {
  readonly kind: string;
  readonly atMs: number;
  readonly cause: Cause | undefined;
  readonly term: string;
  readonly previousId: number;
  readonly id: number;
  readonly lists: readonly (readonly Buffer[])[];
}

/** Reads a message of the library: parts behind their lengths. @returns undefined when it is none. */
export function readChange(message: Buffer, refTo: RefTo): PublishedChange | undefined {
  const parts = partsOf(message);
  const event = eventOf(parts, refTo);
  if (!event) return undefined;
  const { atMs, cause, kind, previousId, id } = parts;
  const by = cause ? (kind === 'loaded' ? 'load' : 'command') : 'deadline';
  return { change: { ...event, atMs, by, cause }, previousId, id, ...beforeOf(parts) };
}

function partsOf(message: Buffer): Parts {
  const parts = partsIn(message);
  const next = () => parts.next().value ?? nothing;
  const [kind, cause, atMs, term, previousId, id] = Array.from({ length: 6 }, () => textOf(next()));
  const lists: Buffer[][] = [];
  for (let size = textOf(next()); size !== ''; size = textOf(next())) {
    lists.push(Array.from({ length: Number(size) }, next));
  }
  const numbers = { atMs: Number(atMs), previousId: Number(previousId), id: Number(id) };
  return { kind: kind ?? '', cause: causeOf(cause ?? ''), term: term ?? '', ...numbers, lists };
}

const nothing = Buffer.alloc(0);

function* partsIn(message: Buffer): Generator<Buffer, undefined> {
  for (let at = 0; at < message.length;) {
    const colon = message.indexOf(':', at);
    const end = colon + 1 + Number(message.toString('latin1', at, colon));
    yield message.subarray(colon + 1, end);
    at = end;
  }
}

function textOf(part: Buffer | undefined): string {
  return part ? part.toString('utf8') : '';
}

function causeOf(text: string): Cause | undefined {
  if (text === '') return undefined;
  const [server = '', connection, command = '', isConsole] = text.split(' ');
  return {
    server,
    connection: Number(connection),
    ...(isCommandName(command) && { command }),
    ...(isConsole === '1' && { isConsole: true }),
  };
}

function eventOf({ kind, term: termText, lists }: Parts, refTo: RefTo): ChangeEvent | undefined {
  const [tokens = [], names = [], texts = []] = lists;
  const refs = tokens.map((token) => refTo(textOf(token) as Token)); // As the store wrote it.
  const [session] = refs;
  if (!session) return undefined;
  const keys = names.map(textOf);
  const values = texts.map((text) => asJsonText(textOf(text)));
  const term = termOfText(termText);
  switch (kind) {
    case 'created':
    case 'loaded':
      return { kind: 'created', sessions: [created(session, lists, termText)] };
    case 'ended':
      return { kind, sessions: refs };
    case 'extended':
      return term && { kind, session, term };
    case 'touched':
      return { kind, session, term };
    case 'stored':
      return { kind, session, keys, values, term };
    case 'replaced':
      return { kind, session, keys, values };
    case 'removed':
      return { kind, session, keys, term };
    case 'cleared':
      return { kind, session, term };
    default:
      return undefined;
  }
}

function created(
  session: SessionRef,
  [, facts = [], keys = [], values = []]: Parts['lists'],
  term: string,
): CreatedSession {
  const [flags, name, createdAtMs] = facts.map(textOf);
  return {
    ...session,
    name: name ?? '',
    shared: isShared(Number(flags)),
    createdAtMs: Number(createdAtMs),
    extension: extensionOf(Number(flags)),
    term: termOfText(term),
    keys: keys.map(textOf),
    values: values.map((text) => asJsonText(textOf(text))),
  };
}

/** What the change has done away with. */
function beforeOf({ kind, lists }: Parts): Pick<PublishedChange, 'before' | 'gone'> {
  const [tokens = [], second = [], third = [], fourth = [], ...rest] = lists;
  switch (kind) {
    case 'stored':
      return { before: fourth.map(storedValue), gone: [] };
    case 'removed':
      return { before: third.map(storedValue), gone: [] };
    case 'replaced':
      return { before: [], gone: [goneKeys(fourth, rest[0])] };
    case 'cleared':
      return { before: [], gone: [goneKeys(second, third)] };
    case 'ended':
      return {
        before: [],
        gone: tokens.map((_, at) => ({
          ...goneKeys(fourth.slice(at, at + 1), rest[at]),
          name: textOf(second[at]),
          createdAtMs: Number(textOf(third[at])),
        })),
      };
    default:
      return { before: [], gone: [] };
  }
}

function storedValue(stored: Buffer): JsonText | undefined {
  return stored.length === 0 ? undefined : valueOf(stored);
}

function goneKeys([count]: readonly Buffer[], fields: readonly Buffer[] = []): GoneKeys {
  const { keys, values } = readKeys(fields);
  const entries = keys.map((key, at) => [key, values[at] ?? asJsonText('null')] as const);
  return { name: '', createdAtMs: 0, count: Number(textOf(count)), keys: new Map(entries) };
}
