import { maxListedKeys, type InspectionEvent } from '../../protocol/inspection.ts';
import type { JsonText } from '../../protocol/json/jsonText.ts';

/** One key of the watched session. */
export interface KeyRow {
  readonly key: string;
  /** Length of the value's text in UTF-16 units. */
  readonly length: number;
  readonly value: KeyValue;
  /** When it last changed before our eyes, by our clock; undefined when it was there before. */
  readonly changedAtMs: number | undefined;
}

/** A value, as far as it is here. */
export type KeyValue =
  | { readonly state: 'here'; readonly json: JsonText }
  /** Too long to be sent without being asked for. */
  | { readonly state: 'away' }
  | { readonly state: 'asked' };

type KeysEvent = Extract<InspectionEvent, { type: 'keys' }>;

/** Characters of long values kept together; a value beyond that pushes out those loaded earlier. */
export const maxLoadedLength = 64 * 1024 * 1024;

/** The keys of one session, in its order, as the server's frames tell. */
export class WatchedKeys {
  readonly #rows = new Map<string, KeyRow>();
  /** Lengths of the values that were asked for, oldest first. */
  readonly #loaded = new Map<string, number>();
  #total = 0;
  #list: readonly KeyRow[] | undefined;

  /** Keys of the session, listed or not. */
  get total(): number {
    return this.#total;
  }

  /** The same array until something changes. */
  rows(): readonly KeyRow[] {
    this.#list ??= [...this.#rows.values()];
    return this.#list;
  }

  clear(): void {
    this.#rows.clear();
    this.#loaded.clear();
    this.#total = 0;
    this.#list = undefined;
  }

  apply(event: KeysEvent, atMs: number): void {
    if (event.isReset) this.clear();
    const changedAtMs = event.isReset ? undefined : atMs;
    for (const key of event.removed) this.#forget(key);
    for (const { key, length, value } of event.changed) {
      this.#loaded.delete(key);
      if (!this.#rows.has(key) && this.#rows.size >= maxListedKeys) continue;
      const known: KeyValue = value === null ? { state: 'away' } : { state: 'here', json: value };
      this.#rows.set(key, { key, length, value: known, changedAtMs });
    }
    this.#total = event.totalKeys;
    this.#list = undefined;
  }

  /** @returns Whether there is a value that can be asked for. */
  ask(key: string): boolean {
    if (this.#rows.get(key)?.value.state !== 'away') return false;
    this.#setValue(key, { state: 'asked' });
    return true;
  }

  /** Takes the answer to a question; one that is no longer open is not listened to. */
  load(key: string, json: JsonText | null): void {
    if (this.#rows.get(key)?.value.state !== 'asked') return;
    if (json === null) {
      this.#setValue(key, { state: 'away' });
      return;
    }
    this.#setValue(key, { state: 'here', json });
    this.#loaded.set(key, json.length);
    this.#makeRoom();
  }

  /** Nothing that was asked for will come any more. */
  giveUpAsking(): void {
    for (const { key, value } of this.rows()) {
      if (value.state === 'asked') this.#setValue(key, { state: 'away' });
    }
  }

  #makeRoom(): void {
    let length = 0;
    for (const each of this.#loaded.values()) length += each;
    for (const [key, each] of this.#loaded) {
      if (length <= maxLoadedLength || this.#loaded.size === 1) return;
      this.#loaded.delete(key);
      this.#setValue(key, { state: 'away' });
      length -= each;
    }
  }

  #forget(key: string): void {
    this.#rows.delete(key);
    this.#loaded.delete(key);
  }

  #setValue(key: string, value: KeyValue): void {
    const row = this.#rows.get(key);
    if (!row) return;
    const length = value.state === 'here' ? value.json.length : row.length;
    this.#rows.set(key, { ...row, length, value });
    this.#list = undefined;
  }
}
