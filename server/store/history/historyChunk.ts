import { catalog, type CommandName } from '../../../protocol/commands/catalog.ts';
import type { Cause, Change } from '../changes.ts';
import { readNoted, type WrittenKey } from './notedKeys.ts';
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

/** Bytes of a change before its keys: floats first, then whole numbers. */
const headBytes = 48;
const floats = { previous: 0, after: 1 };
const numbers = {
  connection: 4,
  keyCount: 5,
  times: 6,
  keyBytes: 7,
  keysAt: 8,
  what: 9,
  index: 10,
};

/** Of the reference to whose change it is. */
const ownerBytes = 8;

/** After the head of a change that moves a deadline. */
const deadlineBytes = 8;

/** Connections are counted from 1, those of inspectors written as less than 0. */
const noCause = 0x7fff_ffff;
const noCommand = 255;
const isWholeFlag = 1 << 16;
const hasDeadlineFlag = 1 << 17;
/** Above the flags: the number of a server. */
const serverShift = 18;

/** So many bytes of keys are written together: a call for each change would take longer than to write them. */
const bytesAtOnce = 4_096;

/** Places in a chunk are less. A place among all is the number of the chunk times this, and the place in it. */
export const placesPerChunk = 2 ** 32;

/** Bytes that a change takes. */
export function bytesOfChange({ keys }: Pick<NewChange, 'keys'>): number {
  return headBytes + ownerBytes + deadlineBytes + (keys?.byteLength ?? 0);
}

/** Whose changes are in chunks. */
interface Owner {
  /** Number of the chunk with its newest change, and where it is there; 0: there is none. */
  readonly lastChunk: number;
  readonly lastAt: number;
  readonly length: number;
  readonly dropped: number;
}

/**
 * Some changes as bytes: texts of their own would cost the garbage collector more than all else. What is of the same size
 * for all is written from the beginning on, keys from the end.
 */
export class HistoryChunk<O extends Owner = Owner> {
  readonly number: number;
  readonly memory: ArrayBuffer;
  /** Keys that went at once, by the place of the change. */
  readonly gone = new Map<number, Gone>();
  /** Memory that those take, and the histories that began with a change of it. */
  besideBytes = 0;
  /** When the last change was written. */
  lastAfterMs = 0;
  readonly #servers: ServerNames;
  /** Whose each change is, in the order in which they were written. */
  readonly #owners: O[] = [];
  readonly #bytes: Buffer;
  readonly #floats: Float64Array;
  readonly #numbers: Int32Array;
  #used = 0;
  #keysFrom: number;
  /** Those that are not written yet, from {@link #keysFrom} on. */
  #keys = '';
  #lastCommand: CommandName | undefined;
  #lastCommandNumber = noCommand;

  /**
   * @param number Those with a higher number come later.
   * @param memory A multiple of eight bytes, with anything in it.
   */
  constructor(number: number, memory: ArrayBuffer, servers: ServerNames) {
    this.number = number;
    this.memory = memory;
    this.#servers = servers;
    this.#bytes = Buffer.from(memory);
    this.#floats = new Float64Array(memory);
    this.#numbers = new Int32Array(memory);
    this.#keysFrom = memory.byteLength;
  }

  get byteLength(): number {
    return this.memory.byteLength;
  }

  hasRoomFor(byteLength: number): boolean {
    return this.#used + byteLength <= this.#keysFrom;
  }

  /** @returns Where it is. */
  write(change: NewChange, owner: O): number {
    const at = this.#used;
    const { keys, deadlineMs } = change;
    if (keys) this.#addKeys(keys.text);
    this.#writeHead(at, change, owner);
    let end = at + headBytes;
    if (deadlineMs !== undefined) {
      this.#floats[end >>> 3] = deadlineMs;
      end += deadlineBytes;
    }
    this.#used = end;
    if (change.gone) this.gone.set(at, change.gone);
    this.lastAfterMs = change.afterMs;
    return at;
  }

  #writeHead(at: number, change: NewChange, owner: O): void {
    const { cause, keys } = change;
    this.#owners.push(owner);
    const toFloats = this.#floats;
    const floatAt = at >>> 3;
    toFloats[floatAt + floats.previous] = owner.lastChunk * placesPerChunk + owner.lastAt;
    toFloats[floatAt + floats.after] = change.afterMs;
    const to = this.#numbers;
    const numberAt = at >>> 2;
    const flags =
      (keys ? isWholeFlag : 0) | (change.deadlineMs === undefined ? 0 : hasDeadlineFlag);
    const server = this.#servers.numberOf(cause?.server) << serverShift;
    to[numberAt + numbers.connection] = connectionOf(cause);
    to[numberAt + numbers.keyCount] = change.keyCount;
    to[numberAt + numbers.times] = 1;
    to[numberAt + numbers.keyBytes] = keys?.byteLength ?? 0;
    to[numberAt + numbers.keysAt] = this.#keysFrom;
    to[numberAt + numbers.what] =
      this.#commandNumber(cause?.command) | (kindNumbers[change.kind] << 8) | flags | server;
    // May have lost its highest bits: see `dropAll`.
    to[numberAt + numbers.index] = owner.dropped + owner.length;
  }

  #commandNumber(command: CommandName | undefined): number {
    // Mostly it is the same as before.
    if (command === this.#lastCommand) return this.#lastCommandNumber;
    this.#lastCommand = command;
    this.#lastCommandNumber = commandNumbers.get(command ?? '') ?? noCommand;
    return this.#lastCommandNumber;
  }

  #addKeys(text: string): void {
    this.#keysFrom -= text.length;
    this.#keys = text + this.#keys;
    if (this.#keys.length >= bytesAtOnce) this.writeKeys();
  }

  /** Writes what still waits for more: to be called when another chunk follows. */
  writeKeys(): void {
    if (this.#keys === '') return;
    this.#bytes.write(this.#keys, this.#keysFrom, 'latin1');
    this.#keys = '';
  }

  /** Of each change whose it is, and its index among all of that session. */
  *owners(): Iterable<readonly [owner: O, index: number]> {
    let at = 0;
    for (const owner of this.#owners) {
      yield [owner, this.#number(at, numbers.index)];
      at = this.#endOf(at);
    }
  }

  #hasDeadline(at: number): boolean {
    return (this.#number(at, numbers.what) & hasDeadlineFlag) !== 0;
  }

  #endOf(at: number): number {
    return at + headBytes + (this.#hasDeadline(at) ? deadlineBytes : 0);
  }

  /** Makes a change one more time: later, and with another deadline. */
  repeat(at: number, { afterMs, deadlineMs }: NewChange): void {
    this.#floats[at / 8 + floats.after] = afterMs;
    const isMoved = this.#hasDeadline(at) && deadlineMs !== undefined;
    if (isMoved) this.#floats[(at + headBytes) / 8] = deadlineMs;
    this.#numbers[at / 4 + numbers.times] = this.#number(at, numbers.times) + 1;
  }

  readHead(at: number): ChangeHead {
    const what = this.#number(at, numbers.what);
    return {
      kind: kinds[(what >> 8) & 0xff] ?? 'stored',
      afterMs: this.#float(at, floats.after),
      cause: this.#causeOf(this.#number(at, numbers.connection), what),
      deadlineMs: this.#hasDeadline(at) ? this.#float(at + headBytes, 0) : undefined,
      keyCount: this.#number(at, numbers.keyCount),
      times: this.#number(at, numbers.times),
      isWhole: (what & isWholeFlag) !== 0,
      previous: this.#float(at, floats.previous),
    };
  }

  #causeOf(connection: number, what: number): Cause | undefined {
    if (connection === noCause) return undefined;
    const command = commands[what & 0xff];
    const server = this.#servers.nameOf(what >>> serverShift);
    const by = server === undefined ? { command } : { command, server };
    if (connection < 0) return { connection: -connection, ...by, isConsole: true };
    return { connection, ...by };
  }

  readKeys(at: number): WrittenKey[] {
    this.writeKeys();
    const from = this.#number(at, numbers.keysAt);
    return readNoted(this.#bytes, from, from + this.#number(at, numbers.keyBytes));
  }

  #float(at: number, part: number): number {
    return this.#floats[at / 8 + part] ?? 0;
  }

  #number(at: number, part: number): number {
    return this.#numbers[at / 4 + part] ?? 0;
  }
}

function connectionOf(cause: Cause | undefined): number {
  if (!cause) return noCause;
  return cause.isConsole ? -cause.connection : cause.connection;
}
