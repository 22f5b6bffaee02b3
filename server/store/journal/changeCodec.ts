import { asJsonText, type JsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import type { ReplayedChange, SessionRecord, TermView } from '../changes.ts';
import type { Extension } from '../newSession.ts';
import type { ByteReader } from './byteReader.ts';
import type { ByteWriter } from './byteWriter.ts';

/** Never change a number: they are in files. docs/data-format.md describes the records. */
const kinds = {
  created: 1,
  ended: 2,
  extended: 3,
  touched: 4,
  stored: 5,
  replaced: 6,
  removed: 7,
  cleared: 8,
} as const satisfies Record<ReplayedChange['kind'], number>;

const kindOfNumber = new Map<number, ReplayedChange['kind']>(
  Object.entries(kinds).map(([kind, number]) => [number, kind as ReplayedChange['kind']]),
);

const isShared = 1;
const hasExtension = 2;
const extendsOnSetAdd = 4;
const extendsOnGet = 8;

const hasTerm = 1;
const deletesSession = 2;

/** Writes one record: what the change came to, without its sequence, which follows from the frame. */
export function writeChange(bytes: ByteWriter, change: ReplayedChange): void {
  bytes.byte(kinds[change.kind]);
  switch (change.kind) {
    case 'created':
      bytes.whole(change.sessions.length);
      for (const session of change.sessions) writeSession(bytes, session);
      return;
    case 'ended':
      bytes.whole(change.sessions.length);
      for (const { token } of change.sessions) bytes.text(token);
      return;
    case 'extended':
    case 'touched':
    case 'cleared':
      bytes.text(change.session.token);
      writeTerm(bytes, change.term);
      return;
    case 'stored':
      bytes.text(change.session.token);
      writeTerm(bytes, change.term);
      writeKeys(bytes, change);
      return;
    case 'replaced':
      bytes.text(change.session.token);
      writeKeys(bytes, change);
      return;
    case 'removed':
      bytes.text(change.session.token);
      writeTerm(bytes, change.term);
      bytes.whole(change.keys.length);
      for (const key of change.keys) bytes.text(key);
  }
}

/** Reads one record. Throws a RangeError for what {@link writeChange} does not write. */
export function readChange(bytes: ByteReader, sequence: number): ReplayedChange {
  const kind = kindOfNumber.get(bytes.byte());
  if (kind === undefined) throw new RangeError('The record is of no known kind');
  switch (kind) {
    case 'created':
      return { kind, sequence, sessions: listOf(bytes, readSession) };
    case 'ended':
      return { kind, sequence, sessions: listOf(bytes, readRef) };
    case 'extended':
      return { kind, sequence, session: readRef(bytes), term: readRunningTerm(bytes) };
    case 'touched':
    case 'cleared':
      return { kind, sequence, session: readRef(bytes), term: readTerm(bytes) };
    case 'stored': {
      const session = readRef(bytes);
      const term = readTerm(bytes);
      return { kind, sequence, session, term, ...readKeys(bytes) };
    }
    case 'replaced':
      return { kind, sequence, session: readRef(bytes), ...readKeys(bytes) };
    case 'removed': {
      const session = readRef(bytes);
      const term = readTerm(bytes);
      return { kind, sequence, session, term, keys: listOf(bytes, (from) => from.text()) };
    }
  }
}

function writeSession(bytes: ByteWriter, session: SessionRecord): void {
  const { extension } = session;
  bytes.text(session.token);
  bytes.text(session.name);
  bytes.byte(
    (session.shared ? isShared : 0) |
      (extension ? hasExtension : 0) |
      (extension?.onSetAdd ? extendsOnSetAdd : 0) |
      (extension?.onGet ? extendsOnGet : 0),
  );
  bytes.float(session.createdAtMs);
  writeTerm(bytes, session.term);
  writeKeys(bytes, session);
}

function readSession(bytes: ByteReader): SessionRecord {
  const token = readToken(bytes);
  const name = bytes.text();
  const flags = bytes.byte();
  const extension: Extension | undefined = flags & hasExtension ? extensionOf(flags) : undefined;
  const createdAtMs = bytes.float();
  const term = readTerm(bytes);
  const shared = (flags & isShared) !== 0;
  return { token, name, shared, extension, createdAtMs, term, ...readKeys(bytes) };
}

function extensionOf(flags: number): Extension {
  return { onSetAdd: (flags & extendsOnSetAdd) !== 0, onGet: (flags & extendsOnGet) !== 0 };
}

function writeTerm(bytes: ByteWriter, term: TermView | undefined): void {
  if (!term) {
    bytes.byte(0);
    return;
  }
  bytes.byte(hasTerm | (term.deleteSession ? deletesSession : 0));
  bytes.whole(term.durationSec);
  bytes.float(term.startMs);
  bytes.float(term.deadlineMs);
}

function readTerm(bytes: ByteReader): TermView | undefined {
  const flags = bytes.byte();
  if (flags === 0) return undefined;
  const durationSec = bytes.whole();
  const deleteSession = (flags & deletesSession) !== 0;
  return { durationSec, deleteSession, startMs: bytes.float(), deadlineMs: bytes.float() };
}

function readRunningTerm(bytes: ByteReader): TermView {
  const term = readTerm(bytes);
  if (!term) throw new RangeError('The record has no term');
  return term;
}

interface Keys {
  readonly keys: readonly string[];
  readonly values: readonly JsonText[];
}

function writeKeys(bytes: ByteWriter, { keys, values }: Keys): void {
  bytes.whole(keys.length);
  // By index: an iterator of entries makes a list for each key.
  for (let index = 0; index < keys.length; index += 1) {
    bytes.text(keys[index] ?? '');
    bytes.text(values[index] ?? 'null');
  }
}

function readKeys(bytes: ByteReader): Keys {
  const keys: string[] = [];
  const values: JsonText[] = [];
  for (let rest = bytes.whole(); rest > 0; rest -= 1) {
    keys.push(bytes.text());
    values.push(asJsonText(bytes.text()));
  }
  return { keys, values };
}

function listOf<T>(bytes: ByteReader, read: (bytes: ByteReader) => T): T[] {
  const list: T[] = [];
  for (let rest = bytes.whole(); rest > 0; rest -= 1) list.push(read(bytes));
  return list;
}

function readRef(bytes: ByteReader): { token: Token } {
  return { token: readToken(bytes) };
}

function readToken(bytes: ByteReader): Token {
  return bytes.text() as Token; // As it was in the store.
}
