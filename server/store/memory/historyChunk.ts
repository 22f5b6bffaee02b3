import { catalog, type CommandName } from '../../../protocol/commands/catalog.ts';
import type { JsonText } from '../../../protocol/json/jsonText.ts';
import type { Cause, Change } from '../changes.ts';

/** Keys that went at once, with their values. */
export type Gone = ReadonlyMap<string, JsonText>;

/** A change to be remembered. */
export interface NewChange {
  readonly kind: Change['kind'];
  /** Milliseconds since the store was opened. */
  readonly afterMs: number;
  readonly cause: Cause | undefined;
  readonly deadlineMs: number | undefined;
  /** All keys that went first. */
  readonly gone: Gone | undefined;
  readonly keyCount: number;
  /** Then these changed: a key and its value before, again and again; absent: they are not kept. */
  readonly keys: readonly (string | undefined)[] | undefined;
}

/** What is written of a change before its keys. */
export interface ChangeHead {
  readonly kind: Change['kind'];
  readonly afterMs: number;
  readonly cause: Cause | undefined;
  readonly deadlineMs: number | undefined;
  readonly keyCount: number;
  readonly times: number;
  readonly isWhole: boolean;
  /** Place of the change before of the same session; less than 0: there is none. */
  readonly previous: number;
}

/** A key of a change, and where its value before is; undefined: it was not there. */
export interface WrittenKey {
  readonly key: string;
  readonly beforeAt: number | undefined;
}

const kinds = [
  'created',
  'ended',
  'extended',
  'touched',
  'stored',
  'replaced',
  'removed',
  'cleared',
] as const satisfies readonly Change['kind'][];

const commands = Object.keys(catalog) as CommandName[];
const kindNumbers = new Map<string, number>(kinds.map((kind, at) => [kind, at]));
const commandNumbers = new Map<string, number>(commands.map((command, at) => [command, at]));

/** Bytes of a change before its keys: floats first, then whole numbers. */
const headBytes = 48;
const floats = { previous: 0, after: 1, deadline: 2 };
const numbers = { connection: 6, keyCount: 7, times: 8, keptKeys: 9, what: 10 };

/** Connections are counted from 1, those of inspectors written as less than 0. */
const noCause = 0x7fff_ffff;
const noCommand = 255;
const isWholeFlag = 1 << 16;

/** Bytes before a text at most. */
const maxTextHead = 5;

/** Longer texts are written by the buffer: cheaper from here on. */
const maxLoopLength = 24;

const wideCharacter = /[\u0100-\uffff]/;

/** Bytes that a change takes at most. */
export function roomFor({ keys = [] }: NewChange): number {
  let units = 0;
  for (const text of keys) units += text === undefined ? 0 : text.length;
  return headBytes + keys.length * maxTextHead + units * 2 + 8;
}

/** Which changes of a session are remembered, and where the newest is. */
export class SessionHistory {
  /** Place of the newest change among those of all sessions; less than 0: there is none. */
  lastAt = -1;
  length = 0;
  dropped = 0;
  /** Index of the last change whose keys are not kept; less than 0: there is none. */
  brokenAt = -1;
  /** All changes after it are remembered; milliseconds since the store was opened. */
  sinceMs = 0;
  /** Bytes that those take, about. */
  bytes = 0;
  /** Of a session with many changes: where only its own are. */
  own: HistoryChunk[] | undefined = undefined;
  /** Its session has ended and had this id. */
  endedId: string | undefined = undefined;
}

/** Some changes as bytes, one after the other: texts of their own would cost the garbage collector more than all else. */
export class HistoryChunk {
  readonly number: number;
  readonly memory: ArrayBuffer;
  /** Whose changes they are, in their order. */
  readonly owners: SessionHistory[] = [];
  /** Of each its index among all changes of its session. */
  readonly indexes: number[] = [];
  /** Keys that went at once, by the place of the change. */
  readonly gone = new Map<number, Gone>();
  /** Memory that those take. */
  goneBytes = 0;
  /** When the last change was written. */
  lastAfterMs = 0;
  readonly #bytes: Buffer;
  readonly #floats: Float64Array;
  readonly #numbers: Int32Array;
  #used = 0;

  /**
   * @param number Those with a higher number come later.
   * @param memory A multiple of eight bytes, with anything in it.
   */
  constructor(number: number, memory: ArrayBuffer) {
    this.number = number;
    this.memory = memory;
    this.#bytes = Buffer.from(memory);
    this.#floats = new Float64Array(memory);
    this.#numbers = new Int32Array(memory);
  }

  get byteLength(): number {
    return this.#bytes.length;
  }

  hasRoomFor(byteLength: number): boolean {
    return this.#used + byteLength <= this.#bytes.length;
  }

  /** @returns Where it is. */
  write(change: NewChange, owner: SessionHistory): number {
    const at = this.#used;
    let end = at + headBytes;
    const { keys = [] } = change;
    for (let index = 0; index < keys.length; index += 2) {
      end = this.#writeText(keys[index] ?? '', end, 0);
      const before = keys[index + 1];
      if (before === undefined) end = this.#writeWhole(0, end);
      else end = this.#writeText(before, end, 1);
    }
    this.#used = Math.ceil(end / 8) * 8;
    this.#writeHead(at, change, owner.lastAt);
    this.#numbers[at / 4 + numbers.keptKeys] = keys.length / 2;
    if (change.gone) this.gone.set(at, change.gone);
    this.lastAfterMs = change.afterMs;
    this.owners.push(owner);
    this.indexes.push(owner.dropped + owner.length);
    return at;
  }

  #writeHead(at: number, change: NewChange, previous: number): void {
    const { kind, cause } = change;
    const command = commandNumbers.get(cause?.command ?? '') ?? noCommand;
    const whole = change.keys ? isWholeFlag : 0;
    this.#floats[at / 8 + floats.previous] = previous;
    this.#floats[at / 8 + floats.after] = change.afterMs;
    this.#floats[at / 8 + floats.deadline] = change.deadlineMs ?? Number.NaN;
    this.#numbers[at / 4 + numbers.connection] = connectionOf(cause);
    this.#numbers[at / 4 + numbers.keyCount] = change.keyCount;
    this.#numbers[at / 4 + numbers.times] = 1;
    this.#numbers[at / 4 + numbers.what] = command | ((kindNumbers.get(kind) ?? 0) << 8) | whole;
  }

  /** Makes a change one more time: later, and with another deadline. */
  repeat(at: number, { afterMs, deadlineMs }: NewChange): void {
    this.#floats[at / 8 + floats.after] = afterMs;
    this.#floats[at / 8 + floats.deadline] = deadlineMs ?? Number.NaN;
    this.#numbers[at / 4 + numbers.times] = this.#number(at, numbers.times) + 1;
  }

  readHead(at: number): ChangeHead {
    const what = this.#number(at, numbers.what);
    const deadlineMs = this.#float(at, floats.deadline);
    return {
      kind: kinds[(what >> 8) & 0xff] ?? 'stored',
      afterMs: this.#float(at, floats.after),
      cause: causeOf(this.#number(at, numbers.connection), commands[what & 0xff]),
      deadlineMs: Number.isNaN(deadlineMs) ? undefined : deadlineMs,
      keyCount: this.#number(at, numbers.keyCount),
      times: this.#number(at, numbers.times),
      isWhole: (what & isWholeFlag) !== 0,
      previous: this.#float(at, floats.previous),
    };
  }

  readKeys(at: number): WrittenKey[] {
    const found: WrittenKey[] = [];
    let place = at + headBytes;
    for (let left = this.#number(at, numbers.keptKeys); left > 0; left -= 1) {
      const key = this.#readText(place, 0);
      const before = this.#readWhole(key.end);
      const beforeAt = before.value === 0 ? undefined : key.end;
      found.push({ key: key.text, beforeAt });
      place = before.end + (beforeAt === undefined ? 0 : bytesAfter(before.value - 1));
    }
    return found;
  }

  readBefore(at: number): JsonText {
    return this.#readText(at, 1).text as JsonText; // As the store had it.
  }

  /** Its length and whether a character takes two bytes, then its characters. @param add Keeps 0 free for no text. */
  #writeText(text: string, at: number, add: 0 | 1): number {
    if (text.length <= maxLoopLength) {
      const end = this.#writeNarrow(text, at, add);
      if (end !== undefined) return end;
    }
    const isWide = wideCharacter.test(text);
    const from = this.#writeWhole(text.length * 2 + (isWide ? 1 : 0) + add, at);
    return from + this.#bytes.write(text, from, isWide ? 'utf16le' : 'latin1');
  }

  /** A short text in a loop, which is cheaper. @returns Undefined: it is not narrow. */
  #writeNarrow(text: string, at: number, add: 0 | 1): number | undefined {
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 0xff) return undefined;
      // Such a length takes one byte.
      this.#bytes[at + 1 + index] = code;
    }
    this.#bytes[at] = text.length * 2 + add;
    return at + 1 + text.length;
  }

  #readText(at: number, add: 0 | 1): { readonly text: string; readonly end: number } {
    const head = this.#readWhole(at);
    const end = head.end + bytesAfter(head.value - add);
    const isWide = (head.value - add) % 2 === 1;
    return { text: this.#bytes.toString(isWide ? 'utf16le' : 'latin1', head.end, end), end };
  }

  /** Seven bits a byte, the lowest first, the top bit set on all but the last. */
  #writeWhole(value: number, at: number): number {
    let [rest, to] = [value, at];
    while (rest >= 0x80) {
      this.#bytes[to] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
      to += 1;
    }
    this.#bytes[to] = rest;
    return to + 1;
  }

  #readWhole(at: number): { readonly value: number; readonly end: number } {
    let [value, shift, from] = [0, 0, at];
    for (;;) {
      const byte = this.#bytes[from] ?? 0;
      from += 1;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return { value, end: from };
      shift += 7;
    }
  }

  #float(at: number, part: number): number {
    return this.#floats[at / 8 + part] ?? 0;
  }

  #number(at: number, part: number): number {
    return this.#numbers[at / 4 + part] ?? 0;
  }
}

/** Bytes of the characters of a text, by what is written before them. */
function bytesAfter(head: number): number {
  const length = head >>> 1;
  return head % 2 === 1 ? length * 2 : length;
}

function connectionOf(cause: Cause | undefined): number {
  if (!cause) return noCause;
  return cause.isConsole ? -cause.connection : cause.connection;
}

function causeOf(connection: number, command: CommandName | undefined): Cause | undefined {
  if (connection === noCause) return undefined;
  return connection < 0
    ? { connection: -connection, command, isConsole: true }
    : { connection, command };
}
