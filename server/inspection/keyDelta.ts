import {
  maxListedKeys,
  maxListedValueLength,
  type InspectionEvent,
  type KeyEntry,
} from '../../protocol/inspection/events.ts';
import type { JsonText } from '../../protocol/json/jsonText.ts';
import { detachText } from '../store/detachText.ts';
import type { Change, Gap } from '../store/changes.ts';
import type { KeysView } from '../store/sessionStore.ts';
import { firstOf } from './firstOf.ts';
import { maxFrameItems, maxFrameLength } from './frameSize.ts';
import type { InspectedStore } from './sharedViews.ts';
import { valueOf } from './valueOf.ts';

/**
 * What one inspector does not know yet about the keys of the session that it watches. What is sent
 * is taken out before the store is asked: a change that comes while the store answers is kept for
 * the next frame.
 */
export class KeyDelta {
  readonly id: string;
  readonly #store: InspectedStore;
  /** Sent to the inspector. */
  readonly #listed = new Set<string>();
  /** Stored since they were sent, in the order of storing. */
  readonly #stored = new Set<string>();
  /** Removed since they were sent; one that was stored again is in both. */
  readonly #removed = new Set<string>();
  /** The store is being asked for these. */
  #asked: ReadonlySet<string> = new Set();
  #isListing = false;
  #mustList = true;
  #hasNewTotal = true;

  constructor(store: InspectedStore, id: string) {
    this.#store = store;
    this.id = id;
  }

  get hasChanges(): boolean {
    const hasKeys = this.#stored.size > 0 || this.#removed.size > 0;
    return this.#mustList || this.#hasNewTotal || hasKeys;
  }

  /** Marks what a change makes the inspector's keys differ in. */
  mark(change: Change | Gap): void {
    if (!isOf(change, this.id)) return;
    this.#hasNewTotal = true;
    if (this.#mustList) return;
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
        this.#mustList = true;
        break;
      case 'extended':
      case 'touched':
        break;
    }
  }

  /** The next frame; more follows while {@link hasChanges}. After `gone` the watch is over. */
  async next(): Promise<InspectionEvent> {
    try {
      return await this.#next();
    } catch (error) {
      this.#mustList = true; // What was taken out is lost.
      throw error;
    } finally {
      this.#asked = new Set();
      this.#isListing = false;
    }
  }

  async #next(): Promise<InspectionEvent> {
    const { id } = this;
    const isReset = this.#mustList;
    if (isReset && !(await this.#list())) return { type: 'gone', id };
    this.#hasNewTotal = false;
    const removed = this.#takeRemoved();
    const asked = firstOf(this.#stored, maxFrameItems);
    this.#asked = new Set(asked);
    for (const key of asked) this.#stored.delete(key);
    const view = valueOf(await this.#store.viewKeys(id, asked));
    if (!view) return { type: 'gone', id };
    const changed = this.#take(asked, view);
    const { totalKeys } = view;
    this.#mustList ||= this.#hasRoomFor(totalKeys);
    return { type: 'keys', id, isReset, totalKeys, changed, removed };
  }

  #markStored(key: string): void {
    // Its place in the list that is on its way is the old one or the new one.
    if (this.#isListing && this.#removed.has(key)) this.#mustList = true;
    const listedCount = this.#listed.size - this.#removed.size;
    if (!this.#listed.has(key) && listedCount >= maxListedKeys) return;
    // Out of a message, which it must not keep alive.
    this.#stored.add(detachText(key));
    if (this.#stored.size > maxListedKeys) this.#mustList = true;
  }

  #markRemoved(key: string): void {
    this.#stored.delete(key);
    if (!this.#isListing && !this.#listed.has(key) && !this.#asked.has(key)) return;
    this.#removed.add(detachText(key));
    if (this.#removed.size > maxListedKeys) this.#mustList = true;
  }

  /** @returns false when the session is gone. */
  async #list(): Promise<boolean> {
    this.#mustList = false;
    this.#isListing = true;
    this.#listed.clear();
    this.#stored.clear();
    this.#removed.clear();
    const keys = valueOf(await this.#store.listKeys(this.id, maxListedKeys));
    this.#isListing = false;
    const storedSince = [...this.#stored];
    this.#stored.clear();
    // What was removed meanwhile may still be in the list; stored again, it comes at the end.
    const kept = (keys ?? []).filter((key) => !this.#removed.has(key));
    for (const key of [...kept, ...storedSince]) this.#stored.add(key);
    return keys !== undefined;
  }

  /** Those of the removed keys that the inspector has. */
  #takeRemoved(): string[] {
    const removed = [...this.#removed].filter((key) => this.#listed.delete(key));
    this.#removed.clear();
    return removed;
  }

  /** As many of the keys as fit into a frame; the others wait for the next one. */
  #take(asked: readonly string[], { entries }: KeysView): KeyEntry[] {
    const changed: KeyEntry[] = [];
    let length = 0;
    let count = 0;
    for (const key of asked) {
      if (length > maxFrameLength) break;
      count += 1;
      const value = entries.get(key);
      if (value === undefined) continue;
      this.#listed.add(key);
      const entry = keyEntry(key, value);
      changed.push(entry);
      length += key.length + (entry.value?.length ?? 0);
    }
    this.#putBack(asked.slice(count));
    return changed;
  }

  /** Puts them before what was stored since, except for what was removed. */
  #putBack(keys: readonly string[]): void {
    if (keys.length === 0) return;
    const storedSince = [...this.#stored];
    this.#stored.clear();
    for (const key of keys) if (!this.#removed.has(key)) this.#stored.add(key);
    for (const key of storedSince) this.#stored.add(key);
  }

  /** Whether keys beyond the limit should move up, as most of the listed ones were removed. */
  #hasRoomFor(totalKeys: number): boolean {
    const known = this.#listed.size + this.#stored.size;
    return known < maxListedKeys / 2 && known < totalKeys;
  }
}

function isOf(change: Change | Gap, id: string): boolean {
  if (change.kind === 'gap') return true;
  if ('session' in change) return change.session.id === id;
  return change.sessions.some((session) => session.id === id);
}

function keyEntry(key: string, value: JsonText): KeyEntry {
  const isListed = value.length <= maxListedValueLength;
  return { key, length: value.length, value: isListed ? value : undefined };
}
