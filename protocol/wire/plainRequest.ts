import { catalog, commandNames, type CommandName } from '../commands/catalog.ts';
import { PlainParams, type CheckedParams } from '../commands/plainParams.ts';
import { marks, PlainCursor } from '../json/plainCursor.ts';

/** A request whose parameters have been read and are right. */
export interface PlainRequest {
  readonly name: CommandName;
  readonly params: CheckedParams;
}

interface Reader {
  readonly name: CommandName;
  /** As most clients begin a message. */
  readonly head: string;
  readonly params: PlainParams;
}

const readers: ReadonlyMap<string, Reader> = new Map(
  commandNames.map((name) => {
    return [name, { name, head: `{"${name}":`, params: new PlainParams(catalog[name]) }];
  }),
);

/** Reader of the request before. Most requests repeat its command, and comparing the name is quicker than looking it up. */
let last = readers.get('KV_SET');

/**
 * Reads a request of the usual kind in one pass: no escapes, no array or object within a value, nothing
 * twice, nothing unknown, nothing that is refused. ADR 55 says why there are two ways.
 * @returns What `readRequest` and `readParams` give for it; undefined: they decide.
 */
export function readPlainRequest(text: string): PlainRequest | undefined {
  const cursor = PlainCursor.of(text);
  const reader = cursor && readerFor(cursor);
  if (!reader) return undefined;
  const params = reader.params.read(cursor);
  const isEnd = params !== undefined && cursor.takes(marks.closeBrace) && cursor.isAtEnd;
  return isEnd ? { name: reader.name, params } : undefined;
}

function readerFor(cursor: PlainCursor): Reader | undefined {
  if (last && cursor.takesText(last.head)) return last;
  if (!cursor.takes(marks.openBrace)) return undefined;
  const reader = readers.get(cursor.string() ?? '');
  if (!reader || !cursor.takes(marks.colon)) return undefined;
  last = reader;
  return reader;
}
