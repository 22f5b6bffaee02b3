import type { StoreApi } from 'zustand/vanilla';
import type { InspectionEvent } from '../../../protocol/inspection/events.ts';
import { FrameStore } from '../frameStore.ts';
import type { InspectionPart } from '../inspectionPart.ts';
import type { Inspector } from '../inspector.ts';
import { ComparedSide, type KeysEvent } from './comparedSide.ts';
import { compareKey, type ComparedKey } from './compareKeys.ts';

/** How many keys of a session are compared. */
export interface ComparedCount {
  readonly compared: number;
  /** Of the session. */
  readonly all: number;
}

export interface ComparisonView {
  /** Whether all keys that will be compared are here. */
  readonly isRead: boolean;
  readonly here: ComparedCount;
  readonly there: ComparedCount;
  /** The second session ended or expired. */
  readonly isGone: boolean;
  /** The values are too long to be here together: what has come is not followed any more. */
  readonly isStopped: boolean;
  /** Keys that one of them has, or both. */
  readonly keyCount: number;
  /** Those that are not the same, in the order of the first session; then those that only the second has. */
  readonly differing: readonly ComparedKey[];
}

type ComparisonInspector = Pick<Inspector, 'ask' | 'add' | 'newNumber' | 'onNextFrame'>;

/** UTF-16 units of values that are kept of both together. */
export const maxComparedLength = 100_000_000;

const nothing: ComparedCount = { compared: 0, all: 0 };

/**
 * Two sessions key by key, both followed. Keys come in parts, and only those that come are compared: neither reading
 * many nor a change of one goes over all of them.
 */
export class Comparison implements InspectionPart {
  readonly store: StoreApi<ComparisonView>;
  readonly #inspector: ComparisonInspector;
  readonly #frames: FrameStore<ComparisonView>;
  readonly #here: ComparedSide;
  readonly #there: ComparedSide;
  readonly #maxLength: number;
  /** Each stays the same object until it changes. */
  readonly #compared = new Map<string, ComparedKey>();
  readonly #differing = new Map<string, ComparedKey>();
  /** Keys of the second that the first does not have. */
  #onlyThere = 0;

  /** @param ids Of the first session, and of the second. */
  constructor(
    inspector: ComparisonInspector,
    [here, there]: readonly [here: string, there: string],
    maxLength = maxComparedLength,
  ) {
    this.#inspector = inspector;
    this.#here = new ComparedSide(here);
    this.#there = new ComparedSide(there);
    this.#maxLength = maxLength;
    this.#frames = new FrameStore<ComparisonView>(
      {
        isRead: false,
        here: nothing,
        there: nothing,
        isGone: false,
        isStopped: false,
        keyCount: 0,
        differing: [],
      },
      inspector.onNextFrame,
    );
    this.store = this.#frames.store;
  }

  /** @returns Ends it. */
  start(): () => void {
    const leave = this.#inspector.add(this);
    return () => {
      leave();
      this.#end();
    };
  }

  /** Some of all keys, the same ones too, in the order of {@link ComparisonView.differing}. */
  first(count: number): readonly ComparedKey[] {
    const found: ComparedKey[] = [];
    for (const key of this.#keys()) {
      if (found.length >= count) break;
      const compared = this.#compared.get(key);
      if (compared) found.push(compared);
    }
    return found;
  }

  onLive(): void {
    for (const side of [this.#here, this.#there]) {
      side.number = this.#inspector.newNumber();
      this.#inspector.ask({ type: 'compare', number: side.number, id: side.id });
    }
  }

  receive(event: InspectionEvent): void {
    if (event.type === 'gone' && event.id === this.#there.id) this.#markGone();
    if (event.type !== 'keys' || event.number === undefined) return;
    const side = [this.#here, this.#there].find(({ number }) => number === event.number);
    if (side) this.#take(side, event);
  }

  #take(side: ComparedSide, event: KeysEvent): void {
    const wasRead = this.#isRead;
    for (const key of side.take(event)) this.#mark(key);
    if (this.#isRead && (event.isReset || !wasRead)) this.#sort();
    if (this.#here.length + this.#there.length > this.#maxLength) this.#stop();
    this.#show();
  }

  /** Its last known keys stay. */
  #markGone(): void {
    this.#there.isRead = true;
    this.#frames.change({ isGone: true });
    this.#show();
  }

  get #isRead(): boolean {
    return this.#here.isRead && this.#there.isRead;
  }

  #mark(key: string): void {
    if (this.#differing.get(key)?.state === 'onlyThere') this.#onlyThere -= 1;
    const [here, there] = [this.#here.entries.get(key), this.#there.entries.get(key)];
    if (!here && !there) {
      this.#compared.delete(key);
      this.#differing.delete(key);
      return;
    }
    const compared = compareKey(key, here, there);
    this.#compared.set(key, compared);
    if (compared.state === 'same') this.#differing.delete(key);
    else this.#differing.set(key, compared);
    if (compared.state === 'onlyThere') this.#onlyThere += 1;
  }

  *#keys(): Generator<string> {
    yield* this.#here.entries.keys();
    for (const key of this.#there.entries.keys()) if (!this.#here.entries.has(key)) yield key;
  }

  /** Until now they are in the order in which they came. */
  #sort(): void {
    const before = new Map(this.#differing);
    this.#differing.clear();
    for (const key of this.#keys()) {
      const compared = before.get(key);
      if (compared) this.#differing.set(key, compared);
    }
  }

  #show(): void {
    const [here, there] = [countOf(this.#here), countOf(this.#there)];
    const isRead = this.#isRead;
    const keyCount = here.compared + this.#onlyThere;
    const differing = isRead ? [...this.#differing.values()] : [];
    this.#frames.change({ isRead, here, there, keyCount, differing });
  }

  /** What has come stays, and is compared. */
  #stop(): void {
    this.#end();
    for (const side of [this.#here, this.#there]) side.isRead = true;
    this.#sort();
    this.#frames.change({ isStopped: true });
  }

  #end(): void {
    for (const side of [this.#here, this.#there]) {
      if (side.number !== undefined)
        this.#inspector.ask({ type: 'uncompare', number: side.number });
      side.number = undefined;
    }
  }
}

function countOf({ entries, totalKeys }: ComparedSide): ComparedCount {
  return { compared: entries.size, all: totalKeys };
}
