import type { InspectionEvent, KeyEntry } from '../../../protocol/inspection/events.ts';

export type KeysEvent = Extract<InspectionEvent, { type: 'keys' }>;

/** The keys of one of two sessions that are compared. */
export class ComparedSide {
  readonly id: string;
  /** What the server knows the question by; undefined: nothing was asked for. */
  number: number | undefined;
  /** In the order of the session. */
  readonly entries = new Map<string, KeyEntry>();
  /** All keys, compared or not. */
  totalKeys = 0;
  /** UTF-16 units of the values that are here. */
  length = 0;
  /** Whether all that will be compared is here. */
  isRead = false;

  constructor(id: string) {
    this.id = id;
  }

  /** @returns The keys that are different now, with those that went. */
  take({ isReset, totalKeys, isMore = false, changed, removed }: KeysEvent): Iterable<string> {
    const before = isReset ? [...this.entries.keys()] : [];
    if (isReset) {
      this.entries.clear();
      this.length = 0;
      this.isRead = false;
    }
    for (const key of removed) this.#set(key, undefined);
    for (const entry of changed) this.#set(entry.key, entry);
    this.totalKeys = totalKeys;
    this.isRead ||= !isMore;
    return [...before, ...removed, ...changed.map(({ key }) => key)];
  }

  #set(key: string, entry: KeyEntry | undefined): void {
    this.length -= this.entries.get(key)?.value?.length ?? 0;
    this.length += entry?.value?.length ?? 0;
    if (entry) this.entries.set(key, entry);
    else this.entries.delete(key);
  }
}
