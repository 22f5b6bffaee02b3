import {
  maxListedKeys,
  maxListedValueLength,
  type InspectionEvent,
  type KeyEntry,
} from '../../protocol/inspection.ts';
import type { JsonText } from '../../protocol/json/jsonText.ts';
import { detachText } from '../engine/detachText.ts';
import type { KeysView, SessionChange, SessionEngine } from '../engine/sessionEngine.ts';
import { firstOf } from './firstOf.ts';
import { maxFrameItems, maxFrameLength } from './frameSize.ts';

/** What one inspector has not been told yet about the keys of the session that it watches. */
export class KeyNews {
  readonly id: string;
  readonly #engine: SessionEngine;
  /** Told to the inspector. */
  readonly #listed = new Set<string>();
  readonly #untold = new Set<string>();
  readonly #removed = new Set<string>();
  #mustList = true;
  #hasNews = true;

  constructor(engine: SessionEngine, id: string) {
    this.#engine = engine;
    this.id = id;
  }

  get hasNews(): boolean {
    return this.#hasNews;
  }

  /** Notes what happened to the watched session. */
  note(change: SessionChange): void {
    this.#hasNews = true; // The total, at least.
    if (this.#mustList) return;
    switch (change.kind) {
      case 'stored':
        for (const key of change.keys) this.#noteStored(key);
        break;
      case 'removed':
        for (const key of change.keys) this.#noteRemoved(key);
        break;
      case 'created':
      case 'ended':
      case 'cleared':
        this.#mustList = true;
        break;
      case 'extended':
        break;
    }
  }

  /** The next frame; there is more while {@link hasNews}. After `gone` the watch is over. */
  async next(): Promise<InspectionEvent> {
    const isReset = this.#mustList;
    if (isReset && !(await this.#list())) return { type: 'gone', id: this.id };
    const asked = firstOf(this.#untold, maxFrameItems);
    const view = await this.#engine.viewKeys(this.id, asked);
    if (!view) return { type: 'gone', id: this.id };
    const changed = this.#take(asked, view);
    const removed = [...this.#removed];
    this.#removed.clear();
    const { totalKeys } = view;
    this.#mustList ||= this.#hasRoomFor(totalKeys);
    this.#hasNews = this.#mustList || this.#untold.size > 0;
    return { type: 'keys', id: this.id, isReset, totalKeys, changed, removed };
  }

  #noteStored(key: string): void {
    if (!this.#listed.has(key) && this.#listed.size >= maxListedKeys) return;
    // Out of a message, which it must not keep alive.
    this.#untold.add(detachText(key));
    if (this.#untold.size > maxListedKeys) this.#mustList = true;
  }

  #noteRemoved(key: string): void {
    this.#untold.delete(key);
    if (this.#listed.delete(key)) this.#removed.add(key);
  }

  /** @returns false when the session is gone. */
  async #list(): Promise<boolean> {
    this.#mustList = false;
    this.#listed.clear();
    this.#untold.clear();
    this.#removed.clear();
    const keys = await this.#engine.listKeys(this.id, maxListedKeys);
    for (const key of keys ?? []) this.#untold.add(key);
    return keys !== undefined;
  }

  /** As many of the keys as fit into a frame. */
  #take(asked: string[], { entries }: KeysView): KeyEntry[] {
    const changed: KeyEntry[] = [];
    let length = 0;
    for (const key of asked) {
      if (length > maxFrameLength) break;
      this.#untold.delete(key);
      const value = entries.get(key);
      if (value === undefined) continue;
      this.#listed.add(key);
      const entry = keyEntry(key, value);
      changed.push(entry);
      length += key.length + (entry.value?.length ?? 0);
    }
    return changed;
  }

  /** Whether keys beyond the limit should move up, as most of the listed ones were removed. */
  #hasRoomFor(totalKeys: number): boolean {
    const known = this.#listed.size + this.#untold.size;
    return known < maxListedKeys / 2 && known < totalKeys;
  }
}

function keyEntry(key: string, value: JsonText): KeyEntry {
  const isListed = value.length <= maxListedValueLength;
  return { key, length: value.length, value: isListed ? value : undefined };
}
