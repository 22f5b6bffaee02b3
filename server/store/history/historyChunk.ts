import { catalog, type CommandName } from '../../../protocol/commands/catalog.ts';
import type { Cause, Change } from '../changes.ts';
import {
  readNoted,
  wordMemory,
  type NotedKeys,
  type WordMemory,
  type WrittenKey,
} from './notedKeys.ts';
import type { ServerNames } from './serverNames.ts';
import type { ChangeHead, Gone, NewChange } from './writtenChange.ts';

const kindNumbers = {
  created: 0,
  ended: 1,
  extended: 2,
  touched: 3,
  stored: 4,
  replaced: 5,
  removed: 6,
  cleared: 7,
} as const satisfies Record<Change['kind'], number>;
const kinds = Object.keys(kindNumbers) as Change['kind'][];
const commands = Object.keys(catalog) as CommandName[];
const commandNumbers = new Map<string, number>(commands.map((command, at) => [command, at]));

/** Bytes of a change before its keys, and its numbers by words. */
const headBytes = 40;
const numbers = {
  previousChunk: 0,
  previousAt: 1,
  /** Milliseconds since the first change of the chunk. */
  after: 2,
  connection: 3,
  keyCount: 4,
  times: 5,
  keyBytes: 6,
  what: 7,
  index: 8,
  owner: 9,
};

/** Changes of one chunk are no further apart: 24 days. */
const maxApartMs = 2 ** 31 - 1;

/** After the head of a change that moves a deadline, before the keys. */
const deadlineBytes = 8;

/** Connections are counted from 1, those of inspectors written as less than 0. */
const noCause = 0x7fff_ffff;
const noCommand = 255;
const isWholeFlag = 1 << 16;
const hasDeadlineFlag = 1 << 17;
/** Above the flags: the number of a server, and how far before the keys theirs begin. */
const serverShift = 18;
const serverMask = 0xfff;
const skewShift = 30;

/** Changes begin at multiples of so many bytes. */
const alignment = 8;

/** Bytes that a change takes. */
export function bytesOfChange({
  keys,
  deadlineMs,
}: Pick<NewChange, 'keys' | 'deadlineMs'>): number {
  const bytes = headBytes + alignedBytes(keys?.byteLength ?? 0);
  return deadlineMs === undefined ? bytes : bytes + deadlineBytes;
}

function alignedBytes(byteLength: number): number {
  return (byteLength + alignment - 1) & -alignment;
}

/** The timeline of a change. */
export interface Owner {
  /** Stands for it in chunks. */
  readonly number: number;
  /** Number of the chunk with its newest change, and where it is there; 0: there is none. */
  readonly lastChunk: number;
  readonly lastAt: number;
  readonly length: number;
  readonly dropped: number;
}

/**
 * Some changes as bytes, one after the other, each with its keys behind it: texts of their own would cost the garbage
 * collector more than all else.
 */
export class HistoryChunk {
  readonly number: number;
  readonly memory: ArrayBuffer;
  /** Keys that went at once, by the place of the change. */
  readonly gone = new Map<number, Gone>();
  /** Memory that those take, and the timelines that began with a change of it. */
  besideBytes = 0;
  /** When the last change was written. */
  lastAfterMs = 0;
  #firstAfterMs = 0;
  readonly #servers: ServerNames;
  readonly #memory: WordMemory;
  readonly #floats: Float64Array;
  readonly #end: number;
  #used = 0;
  #lastCommand: CommandName | undefined;
  #lastKind: Change['kind'] | undefined;
  #lastWhat = 0;

  /**
   * @param number Those with a higher number come later.
   * @param memory A multiple of eight bytes, with anything in it.
   */
  constructor(number: number, memory: ArrayBuffer, servers: ServerNames) {
    this.number = number;
    this.memory = memory;
    this.#servers = servers;
    this.#memory = wordMemory(memory);
    this.#floats = new Float64Array(memory);
    this.#end = memory.byteLength;
  }

  get byteLength(): number {
    return this.#end;
  }

  /** Whether a change of so many bytes can be written. @param afterMs When it was made. */
  hasRoomFor(byteLength: number, afterMs: number): boolean {
    if (this.#used + byteLength > this.#end) return false;
    return this.#used === 0 || this.#isNear(afterMs);
  }

  #isNear(afterMs: number): boolean {
    return Math.abs(afterMs - this.#firstAfterMs) <= maxApartMs;
  }

  /** Lets the keys of the next change be noted where they stay if it is written here. */
  expect(keys: NotedKeys): void {
    keys.begin(this.#memory, this.#used + headBytes);
  }

  /** @returns Where it is. */
  write(change: NewChange, owner: Owner): number {
    const at = this.#used;
    if (at === 0) this.#firstAfterMs = change.afterMs;
    const { keys, deadlineMs } = change;
    let end = at + headBytes;
    if (deadlineMs !== undefined) end += deadlineBytes;
    const keysAt = end;
    if (keys && keys.byteLength > 0) {
      keys.writeTo(this.#memory, keysAt);
      end += alignedBytes(keys.byteLength);
    }
    this.#writeHead(at, change, owner);
    if (deadlineMs !== undefined) this.#floats[(at + headBytes) >>> 3] = deadlineMs;
    this.#used = end;
    if (change.gone) this.gone.set(at, change.gone);
    this.lastAfterMs = change.afterMs;
    return at;
  }

  #writeHead(at: number, change: NewChange, owner: Owner): void {
    const { cause, keys } = change;
    const to = this.#memory.words;
    const numberAt = at >>> 2;
    to[numberAt + numbers.previousChunk] = owner.lastChunk;
    to[numberAt + numbers.previousAt] = owner.lastAt;
    to[numberAt + numbers.after] = change.afterMs - this.#firstAfterMs;
    const flags =
      (keys ? isWholeFlag : 0) | (change.deadlineMs === undefined ? 0 : hasDeadlineFlag);
    const server = this.#servers.numberOf(cause?.server) << serverShift;
    const skew = (keys?.skew ?? 0) << skewShift;
    to[numberAt + numbers.connection] = connectionOf(cause);
    to[numberAt + numbers.keyCount] = change.keyCount;
    to[numberAt + numbers.times] = 1;
    to[numberAt + numbers.keyBytes] = keys?.byteLength ?? 0;
    to[numberAt + numbers.what] = this.#whatOf(change.kind, cause?.command) | flags | server | skew;
    // May have lost its highest bits: see `dropAll`.
    to[numberAt + numbers.index] = owner.dropped + owner.length;
    to[numberAt + numbers.owner] = owner.number;
  }

  #whatOf(kind: Change['kind'], command: CommandName | undefined): number {
    // Mostly it is the same as before.
    if (command === this.#lastCommand && kind === this.#lastKind) return this.#lastWhat;
    this.#lastCommand = command;
    this.#lastKind = kind;
    this.#lastWhat = (commandNumbers.get(command ?? '') ?? noCommand) | (kindNumbers[kind] << 8);
    return this.#lastWhat;
  }

  /** Calls back with the number of the owner of each change, and its index among all of that session. */
  forEachOwner(visit: (owner: number, index: number) => void): void {
    for (let at = 0; at < this.#used; at = this.#endOf(at)) {
      visit(this.#number(at, numbers.owner), this.#number(at, numbers.index));
    }
  }

  #hasDeadline(at: number): boolean {
    return (this.#number(at, numbers.what) & hasDeadlineFlag) !== 0;
  }

  #keysAt(at: number): number {
    return at + headBytes + (this.#hasDeadline(at) ? deadlineBytes : 0);
  }

  #endOf(at: number): number {
    return this.#keysAt(at) + alignedBytes(this.#number(at, numbers.keyBytes));
  }

  /** Counts a change once more, with a new time and deadline. @returns false: the time is too far from the chunk's first. */
  repeat(at: number, { afterMs, deadlineMs }: NewChange): boolean {
    if (!this.#isNear(afterMs)) return false;
    this.#memory.words[at / 4 + numbers.after] = afterMs - this.#firstAfterMs;
    const isMoved = this.#hasDeadline(at) && deadlineMs !== undefined;
    if (isMoved) this.#floats[(at + headBytes) / 8] = deadlineMs;
    this.#memory.words[at / 4 + numbers.times] = this.#number(at, numbers.times) + 1;
    return true;
  }

  readHead(at: number): ChangeHead {
    const what = this.#number(at, numbers.what);
    return {
      kind: kinds[(what >> 8) & 0xff] ?? 'stored',
      afterMs: this.#firstAfterMs + this.#number(at, numbers.after),
      cause: this.#causeOf(this.#number(at, numbers.connection), what),
      deadlineMs: this.#hasDeadline(at) ? this.#floats[(at + headBytes) / 8] : undefined,
      keyCount: this.#number(at, numbers.keyCount),
      times: this.#number(at, numbers.times),
      isWhole: (what & isWholeFlag) !== 0,
      previousChunk: this.#number(at, numbers.previousChunk),
      previousAt: this.#number(at, numbers.previousAt),
    };
  }

  #causeOf(connection: number, what: number): Cause | undefined {
    if (connection === noCause) return undefined;
    const command = commands[what & 0xff];
    const server = this.#servers.nameOf((what >>> serverShift) & serverMask);
    const by = server === undefined ? { command } : { command, server };
    if (connection < 0) return { connection: -connection, ...by, isConsole: true };
    return { connection, ...by };
  }

  readKeys(at: number): WrittenKey[] {
    const from = this.#keysAt(at);
    const skew = this.#number(at, numbers.what) >>> skewShift;
    const to = from + this.#number(at, numbers.keyBytes);
    return readNoted(this.#memory.bytes, from + skew, to);
  }

  #number(at: number, part: number): number {
    return this.#memory.words[at / 4 + part] ?? 0;
  }
}

function connectionOf(cause: Cause | undefined): number {
  if (!cause) return noCause;
  return cause.isConsole ? -cause.connection : cause.connection;
}
