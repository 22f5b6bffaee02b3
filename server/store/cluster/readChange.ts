import { isCommandName } from '../../../protocol/commands/catalog.ts';
import { asJsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Cause, ChangeEvent, ChangeFacts, CreatedSession, SessionRef } from '../changes.ts';
import { extensionOf, isShared, termOfText } from './replies.ts';

/** A change as it was published, without a number. */
export type PublishedChange = ChangeEvent & Omit<ChangeFacts, 'sequence'>;

/** Names the session of a token in a change. */
export type RefTo = (token: Token) => SessionRef;

interface Parts {
  readonly kind: string;
  readonly atMs: number;
  readonly cause: Cause | undefined;
  readonly term: string;
  readonly lists: readonly (readonly string[])[];
}

/** Reads a message of the library: parts behind their lengths. */
export function readChange(message: Buffer, refTo: RefTo): PublishedChange | undefined {
  const parts = partsOf(message);
  const event = eventOf(parts, refTo);
  if (!event) return undefined;
  const { atMs, cause, kind } = parts;
  const by = cause ? (kind === 'loaded' ? 'load' : 'command') : 'deadline';
  return { ...event, atMs, by, cause };
}

function partsOf(message: Buffer): Parts {
  const texts = textsIn(message);
  const next = () => texts.next().value ?? '';
  const [kind, cause, atMs, term] = [next(), next(), next(), next()];
  const lists: string[][] = [];
  for (let size = next(); size !== ''; size = next()) {
    lists.push(Array.from({ length: Number(size) }, () => next()));
  }
  return { kind, atMs: Number(atMs), cause: causeOf(cause), term, lists };
}

function* textsIn(message: Buffer): Generator<string, undefined> {
  for (let at = 0; at < message.length;) {
    const colon = message.indexOf(':', at);
    const end = colon + 1 + Number(message.toString('latin1', at, colon));
    yield message.toString('utf8', colon + 1, end);
    at = end;
  }
}

function causeOf(text: string): Cause | undefined {
  if (text === '') return undefined;
  const [, connection, command = '', isConsole] = text.split(' ');
  return {
    connection: Number(connection),
    ...(isCommandName(command) && { command }),
    ...(isConsole === '1' && { isConsole: true }),
  };
}

function eventOf({ kind, term: termText, lists }: Parts, refTo: RefTo): ChangeEvent | undefined {
  const [tokens = [], keys = [], texts = []] = lists;
  const [token = ''] = tokens;
  const session = refTo(token as Token); // As the store wrote it.
  const values = texts.map(asJsonText);
  const term = termOfText(termText);
  switch (kind) {
    case 'created':
    case 'loaded':
      return { kind: 'created', sessions: [created(session, lists, termText)] };
    case 'ended':
      return { kind, sessions: tokens.map((each) => refTo(each as Token)) };
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
  const [flags, name = ''] = facts;
  return {
    ...session,
    name,
    shared: isShared(Number(flags)),
    createdAtMs: Number(facts[2]),
    extension: extensionOf(Number(flags)),
    term: termOfText(term),
    keys,
    values: values.map(asJsonText),
  };
}
