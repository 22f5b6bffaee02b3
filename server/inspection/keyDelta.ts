import {
  maxListedKeys,
  maxListedValueLength,
  type InspectionEvent,
  type KeyEntry,
} from '../../protocol/inspection/events.ts';
import type { JsonText } from '../../protocol/json/jsonText.ts';
import { detachText } from '../store/detachText.ts';
import type { Change, Gap } from '../store/changes.ts';
import type { Writer } from '../store/timeline.ts';
import type { KeysView } from '../store/views.ts';
import { maxFrameLength, maxMarked } from './frameSize.ts';
import { authorOf } from './history/authorOf.ts';
import { ListDelta } from './listDelta.ts';
import type { InspectedStore } from './sharedViews.ts';
import { valueOf } from './valueOf.ts';

/** What one inspector does not know yet about the keys of the session that it watches. */
export class KeyDelta {
  readonly id: string;
  readonly #store: InspectedStore;
  readonly #keys = new ListDelta(maxListedKeys);
  readonly #onClose: () => void;
  #hasNewTotal = true;

  /** @param onClose Called when nobody watches any more. */
  constructor(store: InspectedStore, id: string, onClose: () => void = () => {}) {
    this.#store = store;
    this.id = id;
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
        for (const key of change.keys) this.#keys.remove(detachText(key));
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
    const list = (limit: number) => this.#store.listKeys(id, limit);
    if (isReset && !(await this.#keys.list(list))) return { type: 'gone', id };
    this.#hasNewTotal = false;
    const removed = this.#keys.takeRemoved();
    const asked = this.#keys.takeChanged();
    const view = valueOf(await this.#store.viewKeys(id, asked));
    if (!view) return { type: 'gone', id };
    const changed = this.#take(asked, view);
    const { totalKeys } = view;
    if (this.#hasRoomFor(totalKeys)) this.#keys.listAgain();
    return { type: 'keys', id, isReset, totalKeys, changed, removed };
  }

  #markStored(key: string): void {
    const isFull = this.#keys.keptSize >= maxListedKeys;
    if (isFull && !this.#keys.listed.has(key)) return;
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
      if (value === undefined) continue;
      this.#keys.listed.add(key);
      const entry = keyEntry(key, value, writers.get(key));
      changed.push(entry);
      length += key.length + (entry.value?.length ?? 0);
    }
    this.#keys.putBack(asked.slice(count));
    return changed;
  }

  /** Whether keys beyond the limit should move up, as most of the listed ones were removed. */
  #hasRoomFor(totalKeys: number): boolean {
    const { size } = this.#keys;
    return size < maxListedKeys / 2 && size < totalKeys;
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
