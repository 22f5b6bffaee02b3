import {
  maxListedKeys,
  maxListedValueLength,
  type InspectionEvent,
  type KeyEntry,
} from '../../protocol/inspection/events.ts';
import type { JsonText } from '../../protocol/json/jsonText.ts';
import type { Result } from '../../protocol/result.ts';
import type { Refusal } from '../../protocol/wire/reply.ts';
import { detachText } from '../store/detachText.ts';
import type { Change, Gap } from '../store/changes.ts';
import type { Writer } from '../store/timeline.ts';
import type { KeysView } from '../store/views.ts';
import { maxFrameLength, maxMarked } from './frameSize.ts';
import { authorOf } from './history/authorOf.ts';
import { ListDelta } from './listDelta.ts';
import type { InspectedStore } from './sharedViews.ts';
import { valueOf } from './valueOf.ts';

/** Which keys of which session are watched: see `watch` and `compare` of the requests. */
export interface WatchedKeys {
  readonly id: string;
  /** Of the comparison. */
  readonly number?: number | undefined;
  readonly from?: number | undefined;
  /** At most. Absent: {@link maxListedKeys}. */
  readonly count?: number | undefined;
  readonly around?: string | undefined;
}

type Listed = Result<string[] | undefined, Refusal>;

/** What one inspector does not know yet about the keys of the session that it watches. */
export class KeyDelta {
  readonly id: string;
  readonly #number: number | undefined;
  readonly #store: InspectedStore;
  readonly #keys: ListDelta;
  readonly #maxListed: number;
  readonly #around: string | undefined;
  readonly #onClose: () => void;
  /** Position of the first key when they were listed. */
  #from: number;
  /** Whether the listed keys are the last ones, so that a new one comes after them. */
  #areLast = true;
  #hasNewTotal = true;
  /** Keys were stored that are not listed. */
  #isUnsure = false;
  /** Keys before the first one were removed since they were listed. */
  #hasMoved = false;

  /** @param onClose Called when nobody watches any more. */
  constructor(store: InspectedStore, watched: WatchedKeys, onClose: () => void = () => {}) {
    const { id, number, from = 0, count = maxListedKeys, around } = watched;
    this.#store = store;
    this.id = id;
    this.#number = number;
    this.#from = from;
    this.#maxListed = Math.max(1, count);
    this.#around = around;
    this.#keys = new ListDelta(this.#maxListed);
    this.#onClose = onClose;
  }

  close(): void {
    this.#onClose();
  }

  get hasChanges(): boolean {
    return this.#hasNewTotal || this.#keys.hasChanges;
  }

  /** Marks what a change makes the inspector's keys differ in. */
  mark(change: Change | Gap): void {
    if (!concerns(change, this.id)) return;
    this.#hasNewTotal = true;
    switch (change.kind) {
      case 'stored':
        for (const key of change.keys) this.#markStored(key);
        break;
      case 'removed':
        for (const key of change.keys) this.#markRemoved(key);
        break;
      case 'created':
      case 'ended':
      case 'replaced':
      case 'cleared':
      case 'gap':
        this.#keys.listAgain();
        break;
      case 'extended':
      case 'touched':
        break;
    }
  }

  /** The next frame; more follows while {@link hasChanges}. After `gone` the watch is over. */
  next(): Promise<InspectionEvent> {
    return this.#keys.frame(() => this.#next());
  }

  async #next(): Promise<InspectionEvent> {
    const { id } = this;
    const isReset = this.#keys.mustList;
    if (isReset && !(await this.#keys.list(() => this.#list()))) return { type: 'gone', id };
    this.#hasNewTotal = false;
    const isUnsure = this.#isUnsure;
    // What is stored while the store answers counts for the next frame.
    this.#isUnsure = false;
    const removed = this.#keys.takeRemoved();
    const asked = this.#keys.takeChanged();
    const view = valueOf(await this.#store.viewKeys(id, asked));
    if (!view) return { type: 'gone', id };
    const changed = this.#take(asked, view);
    const { totalKeys } = view;
    if (this.#hasRoomFor(totalKeys) || (isUnsure && this.#lacks(totalKeys))) this.#keys.listAgain();
    const from = this.#from === 0 ? undefined : this.#from;
    const isMore = this.#keys.hasChanges || undefined;
    const number = this.#number;
    return { type: 'keys', number, id, isReset, from, totalKeys, isMore, changed, removed };
  }

  /** Whether there may be keys after the last listed one. */
  #lacks(totalKeys: number): boolean {
    return this.#areLast && (this.#hasMoved || totalKeys !== this.#from + this.#keys.keptSize);
  }

  /** Names of the keys from the first one on; from the beginning where there are none. */
  async #list(): Promise<Listed> {
    this.#hasMoved = false;
    await this.#goTo(this.#around);
    let names = await this.#listFrom(this.#from);
    if (this.#from > 0 && names.ok && names.value?.length === 0) {
      this.#from = 0;
      names = await this.#listFrom(0);
    }
    this.#areLast = names.ok && (names.value ?? []).length < this.#maxListed;
    return names;
  }

  async #listFrom(from: number): Promise<Listed> {
    return this.#store.listKeys(this.id, { from, count: this.#maxListed });
  }

  /** Begins so that a key is in the middle, if it is there. */
  async #goTo(key: string | undefined): Promise<void> {
    if (key === undefined) return;
    const all = await this.#store.listKeys(this.id, { from: 0, count: Infinity });
    const at = all.ok ? (all.value ?? []).indexOf(key) : -1;
    if (at >= 0) this.#from = Math.max(0, at - Math.floor(this.#maxListed / 2));
  }

  #markRemoved(key: string): void {
    if (this.#from > 0 && !this.#keys.isKnown(key)) this.#hasMoved = true;
    this.#keys.remove(detachText(key));
  }

  #markStored(key: string): void {
    const isOpen = this.#from > 0 || this.#keys.isListing;
    if (isOpen && !this.#keys.isKept(key)) {
      // It may be one of those before the window, or a new one at the end.
      this.#isUnsure = true;
      this.#keys.noteStored(key);
      return;
    }
    if (this.#keys.keptSize >= this.#maxListed) this.#areLast = false;
    if (!this.#areLast && !this.#keys.isKept(key)) return;
    // Out of a message, which it must not keep alive.
    this.#keys.add(detachText(key));
  }

  /** As many of the keys as fit into a frame; the others wait for the next one. */
  #take(asked: readonly string[], { entries, writers }: KeysView): KeyEntry[] {
    const changed: KeyEntry[] = [];
    let length = 0;
    let count = 0;
    for (const key of asked) {
      if (length > maxFrameLength) break;
      count += 1;
      const value = entries.get(key);
      if (value === undefined || !this.#hasRoom(key)) continue;
      this.#keys.listed.add(key);
      const entry = keyEntry(key, value, writers.get(key));
      changed.push(entry);
      length += key.length + (entry.value?.length ?? 0);
    }
    this.#keys.putBack(asked.slice(count));
    return changed;
  }

  /** Several new ones may have come at once. */
  #hasRoom(key: string): boolean {
    const { listed } = this.#keys;
    if (listed.has(key) || listed.size < this.#maxListed) return true;
    this.#areLast = false;
    return false;
  }

  /** Whether others should be listed, as most of the listed keys were removed. */
  #hasRoomFor(totalKeys: number): boolean {
    const { size } = this.#keys;
    if (this.#areLast) return size === 0 && totalKeys > 0;
    return size < this.#maxListed / 2 && size < totalKeys;
  }
}

/** Whether a change may be of a session. */
export function concerns(change: Change | Gap, id: string): boolean {
  if (change.kind === 'gap') return true;
  if ('session' in change) return change.session.id === id;
  if (change.sessions.length > maxMarked) return true;
  return [...change.sessions].some((session) => session.id === id);
}

function keyEntry(key: string, value: JsonText, writer: Writer | undefined): KeyEntry {
  const isListed = value.length <= maxListedValueLength;
  return {
    key,
    length: value.length,
    value: isListed ? value : undefined,
    writer: writer && authorOf(writer),
  };
}
