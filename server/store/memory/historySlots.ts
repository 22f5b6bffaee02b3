import type { CommandName } from '../../../protocol/commands/catalog.ts';
import type { JsonText } from '../../../protocol/json/jsonText.ts';
import type { Cause, Change } from '../changes.ts';
import type { KeyChange, RememberedChange } from '../timeline.ts';

/** Keys that went at once, with their values. */
type Gone = ReadonlyMap<string, JsonText>;

/** Name of a key, value before, value after, again and again; undefined where there is none. */
export type Deltas = readonly (string | undefined)[];

/** A part of a change. */
type Slot = string | number | undefined | Gone;

/** Changes, one after the other. */
export type Slots = Slot[];

/** A change to be remembered. */
export interface NewChange {
  readonly kind: Change['kind'];
  /** Whole milliseconds since the store was opened: a number that needs no object. */
  readonly afterMs: number;
  readonly cause: Cause | undefined;
  /** All keys, which went first; or the deadline that was set. */
  readonly detail: Gone | number | undefined;
  readonly keyCount: number;
  /** Then these keys changed; fewer than `keyCount` has: they are not kept. */
  readonly deltas: Deltas;
  /** Memory that it takes. */
  readonly bytes: number;
}

/** Where each part is. */
const places = {
  size: 0,
  bytes: 1,
  kind: 2,
  command: 3,
  connection: 4,
  after: 5,
  detail: 6,
  times: 7,
  keyCount: 8,
};

/** Slots of a change before those of its keys. */
export const headSlots = 9;

/** Slots of a key. */
export const keySlots = 3;

/** Slots that a change takes. */
export function sizeOf({ deltas }: NewChange): number {
  return headSlots + deltas.length;
}

/** Writes a change into slots that are free. */
export function writeChange(slots: Slots, at: number, change: NewChange): void {
  const { cause, deltas } = change;
  slots[at + places.size] = sizeOf(change);
  slots[at + places.bytes] = change.bytes;
  slots[at + places.kind] = change.kind;
  slots[at + places.command] = cause?.command;
  slots[at + places.connection] = cause?.isConsole ? -cause.connection : cause?.connection;
  slots[at + places.after] = change.afterMs;
  slots[at + places.detail] = change.detail;
  slots[at + places.times] = 1;
  slots[at + places.keyCount] = change.keyCount;
  for (let index = 0; index < deltas.length; index += 1) {
    slots[at + headSlots + index] = deltas[index];
  }
}

/** Makes a change one more time: later, and with another deadline. */
export function repeatAt(slots: Slots, at: number, { afterMs, detail }: NewChange): void {
  slots[at + places.times] = Number(slots[at + places.times]) + 1;
  slots[at + places.after] = afterMs;
  slots[at + places.detail] = detail;
}

/** A change that is remembered, read out of its slots. */
export class SlotChange implements RememberedChange {
  readonly #slots: Slots;
  readonly #at: number;
  readonly #openedAtMs: number;

  constructor(slots: Slots, at: number, openedAtMs = 0) {
    this.#slots = slots;
    this.#at = at;
    this.#openedAtMs = openedAtMs;
  }

  get size(): number {
    return this.#number(places.size);
  }

  get bytes(): number {
    return this.#number(places.bytes);
  }

  get kind(): Change['kind'] {
    return this.#slot(places.kind) as Change['kind']; // As it was put there.
  }

  get atMs(): number {
    return this.#openedAtMs + this.#number(places.after);
  }

  get cause(): Cause | undefined {
    const connection = this.#slot(places.connection);
    if (typeof connection !== 'number') return undefined;
    const command = this.#slot(places.command) as CommandName | undefined; // As it was put there.
    return connection < 0
      ? { connection: -connection, command, isConsole: true }
      : { connection, command };
  }

  get times(): number {
    return this.#number(places.times);
  }

  get deadlineMs(): number | undefined {
    const detail = this.#slot(places.detail);
    return typeof detail === 'number' ? detail : undefined;
  }

  get keyCount(): number {
    return this.#number(places.keyCount);
  }

  get isWhole(): boolean {
    const kept = (this.size - headSlots) / keySlots + (this.#gone?.size ?? 0);
    return kept === this.keyCount;
  }

  *keys(): Generator<KeyChange, void> {
    for (const [key, before] of this.#gone ?? []) yield { key, before, after: undefined };
    for (let at = headSlots; at < this.size; at += keySlots) {
      yield {
        key: this.#slot(at) as string,
        before: this.#slot(at + 1) as JsonText | undefined,
        after: this.#slot(at + 2) as JsonText | undefined, // As they were put there.
      };
    }
  }

  get #gone(): Gone | undefined {
    const detail = this.#slot(places.detail);
    return typeof detail === 'object' ? detail : undefined;
  }

  #slot(offset: number): Slot {
    return this.#slots[this.#at + offset];
  }

  #number(offset: number): number {
    return Number(this.#slot(offset));
  }
}
