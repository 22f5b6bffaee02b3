import { asJsonText, type JsonText } from '../../../protocol/json/jsonText.ts';
import type { Steps } from '../../../protocol/steps.ts';
import type { Token } from '../../../protocol/token.ts';
import { eachOf, isStepOver } from '../../turns.ts';
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

/** Sessions and keys that are written in one step. Some 5 ms. */
export const partsPerStep = 10_000;

/** A step that has come to so many bytes is over. */
const bytesPerStep = 1024 * 1024;

/** Where the token of a session begins in the record of a change of one session. */
export const tokenOffset = 1;

/**
 * Writes one record: what the change came to, without its sequence, which follows from the frame.
 * @param tokenAt Where its token was written before; absent: it was not.
 */
export function writeChange(bytes: ByteWriter, change: ReplayedChange, tokenAt?: number): void {
  writeHead(bytes, change, tokenAt);
  switch (change.kind) {
    case 'created':
      for (const session of change.sessions) {
        writeSessionHead(bytes, session);
        writeEntries(bytes, session);
      }
      return;
    case 'ended':
      for (const { token } of change.sessions) bytes.text(token);
      return;
    case 'stored':
    case 'replaced':
      writeEntries(bytes, change);
      return;
    case 'removed':
      for (const key of change.keys) bytes.text(key);
      return;
    case 'extended':
    case 'touched':
    case 'cleared':
  }
}

/** The same in steps, for very many sessions or keys. After a step its bytes may be taken out of the writer. */
export function* writeChangeInSteps(bytes: ByteWriter, change: ReplayedChange): Steps<void> {
  writeHead(bytes, change);
  switch (change.kind) {
    case 'created':
      yield* writeSessionsInSteps(bytes, change.sessions);
      return;
    case 'ended':
      yield* eachOf(change.sessions, { perStep: partsPerStep }, ({ token }) => bytes.text(token));
      return;
    case 'stored':
    case 'replaced':
      yield* writeEntriesInSteps(bytes, change);
      return;
    case 'removed':
      yield* eachOf(change.keys, { perStep: partsPerStep }, (key) => bytes.text(key));
      return;
    case 'extended':
    case 'touched':
    case 'cleared':
  }
}

/** All but the list, which is last. */
function writeHead(bytes: ByteWriter, change: ReplayedChange, tokenAt?: number): void {
  bytes.byte(kinds[change.kind]);
  switch (change.kind) {
    case 'created':
    case 'ended':
      bytes.whole(change.sessions.length);
      return;
    case 'extended':
    case 'touched':
    case 'cleared':
      writeToken(bytes, change.session.token, tokenAt);
      writeTerm(bytes, change.term);
      return;
    case 'stored':
    case 'removed':
      writeToken(bytes, change.session.token, tokenAt);
      writeTerm(bytes, change.term);
      bytes.whole(change.keys.length);
      return;
    case 'replaced':
      writeToken(bytes, change.session.token, tokenAt);
      bytes.whole(change.keys.length);
  }
}

function writeToken(bytes: ByteWriter, token: Token, tokenAt: number | undefined): void {
  if (tokenAt === undefined) bytes.text(token);
  else bytes.again(tokenAt);
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

function writeSessionHead(bytes: ByteWriter, session: SessionRecord): void {
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
  bytes.whole(session.keys.length);
}

function* writeSessionsInSteps(bytes: ByteWriter, sessions: Iterable<SessionRecord>): Steps<void> {
  let left = partsPerStep;
  for (const session of sessions) {
    writeSessionHead(bytes, session);
    yield* writeEntriesInSteps(bytes, session);
    left -= 1 + session.keys.length;
    if (left > 0 && bytes.length < bytesPerStep && !isStepOver()) continue;
    yield;
    left = partsPerStep;
  }
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

function writeEntries(bytes: ByteWriter, { keys, values }: Keys): void {
  // By index: an iterator of entries makes a list for each key.
  for (let index = 0; index < keys.length; index += 1) {
    bytes.text(keys[index] ?? '');
    bytes.text(values[index] ?? 'null');
  }
}

function* writeEntriesInSteps(bytes: ByteWriter, { keys, values }: Keys): Steps<void> {
  for (let index = 0; index < keys.length; index += 1) {
    bytes.text(keys[index] ?? '');
    bytes.text(values[index] ?? 'null');
    if ((index + 1) % partsPerStep === 0 || bytes.length >= bytesPerStep) yield;
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
