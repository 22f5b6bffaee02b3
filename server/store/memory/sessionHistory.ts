import type { Cause } from '../changes.ts';
import { bytesOfText } from '../detachText.ts';
import type { RememberedChange } from '../timeline.ts';
import {
  headSlots,
  keySlots,
  repeatAt,
  sizeOf,
  SlotChange,
  writeChange,
  type NewChange,
  type Slots,
} from './historySlots.ts';

const slotBytes = 8;

/** A text's header. */
const textBytes = 16;

/** Slots that are added at once; a session with few changes has fewer, and none to spare. */
const maxAddedSlots = 1_024;
const maxExactSlots = 64;

/** Memory that a change takes beside what it says of keys, with its place in the order of all. */
export const bytesOfChange = (headSlots + 2) * slotBytes;

/** Memory that a key takes in a change. The value after it is counted where it is kept, or is before. */
export function bytesOfKeyChange(key: string, before: string | undefined): number {
  const valueBytes = before === undefined ? 0 : textBytes + bytesOfText(before);
  return keySlots * slotBytes + textBytes + bytesOfText(key) + valueBytes;
}

/** Some changes, one after the other. */
interface Part {
  slots: Slots;
  /** Where the oldest begins, and where the newest ends. */
  from: number;
  to: number;
}

/**
 * The changes of one session that are remembered, side by side in a few arrays: an object for each of them takes several
 * times the memory, and the garbage collector more time than all else.
 */
export class SessionHistory {
  /** The oldest first. None of them is empty, but for the only one. */
  readonly #parts: Part[] = [];
  #lastAt = 0;
  length = 0;
  dropped = 0;
  bytes = 0;
  /** Dropped changes that still have a place in the order of all: see {@link History}. */
  deadPlaces = 0;
  /** Its session has ended and had this id. */
  endedId: string | undefined = undefined;

  add(change: NewChange): void {
    const size = sizeOf(change);
    const part = this.#partFor(size);
    this.#lastAt = part.to;
    writeChange(part.slots, part.to, change);
    part.to += size;
    this.length += 1;
    this.bytes += change.bytes;
  }

  /** The last part, with room for so many slots. */
  #partFor(size: number): Part {
    const last = this.#parts.at(-1);
    if (!last) return this.#addPart(size);
    if (last.to + size <= last.slots.length) return last;
    const isSmall = this.#parts.length === 1 && last.to + size <= maxExactSlots;
    if (!isSmall)
      return this.#addPart(Math.max(size, Math.min(last.slots.length * 2, maxAddedSlots)));
    const slots = emptySlots(last.to + size);
    for (let at = 0; at < last.to; at += 1) slots[at] = last.slots[at];
    last.slots = slots;
    return last;
  }

  #addPart(size: number): Part {
    const part = { slots: emptySlots(size), from: 0, to: 0 };
    this.#parts.push(part);
    return part;
  }

  /** Makes the newest change one more time, if it is of the same kind and cause. @returns Whether it is. */
  repeat(change: NewChange): boolean {
    const last = this.#last;
    if (last?.kind !== change.kind || !isSame(last.cause, change.cause)) return false;
    repeatAt(this.#parts.at(-1)?.slots ?? [], this.#lastAt, change);
    return true;
  }

  get #last(): SlotChange | undefined {
    const part = this.#parts.at(-1);
    return this.length > 0 && part ? new SlotChange(part.slots, this.#lastAt) : undefined;
  }

  get isLastWhole(): boolean {
    return this.#last?.isWhole ?? true;
  }

  /** The oldest change; undefined: none is remembered. */
  get first(): SlotChange | undefined {
    const [part] = this.#parts;
    return this.length > 0 && part ? new SlotChange(part.slots, part.from) : undefined;
  }

  /** Drops the oldest. @returns The memory that it took. */
  drop(): number {
    const [part] = this.#parts;
    if (!part || this.length === 0) return 0;
    const { bytes, size } = new SlotChange(part.slots, part.from);
    part.slots.fill(undefined, part.from, part.from + size);
    part.from += size;
    this.length -= 1;
    this.dropped += 1;
    this.bytes -= bytes;
    if (part.from === part.to) this.#empty(part);
    return bytes;
  }

  /** An empty part is used again, unless it is an unusual one. */
  #empty(part: Part): void {
    this.#parts.shift();
    part.from = 0;
    part.to = 0;
    if (this.#parts.length === 0) return;
    const newest = this.#parts.at(-1);
    const hasRoom = newest && newest.to < newest.slots.length / 2;
    if (part.slots.length === maxAddedSlots && !hasRoom) this.#parts.push(part);
  }

  /** To be read at once. @param openedAtMs When the store was opened. */
  *newestFirst(openedAtMs: number): Generator<RememberedChange, void> {
    for (const { slots, from, to } of [...this.#parts].reverse()) {
      const places: number[] = [];
      for (let at = from; at < to; at += new SlotChange(slots, at).size) places.push(at);
      for (const at of places.reverse()) yield new SlotChange(slots, at, openedAtMs);
    }
  }
}

function emptySlots(length: number): Slots {
  return Array.from({ length });
}

function isSame(one: Cause | undefined, other: Cause | undefined): boolean {
  return one?.connection === other?.connection && one?.command === other?.command;
}
