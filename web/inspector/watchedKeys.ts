import {
  maxListedKeys,
  type InspectionEvent,
  type KeyEntry,
} from '../../protocol/inspection/events.ts';
import type { InspectionRequest } from '../../protocol/inspection/requests.ts';
import { OrderedItems } from './orderedItems.ts';

type EventOf<T extends InspectionEvent['type']> = Extract<InspectionEvent, { type: T }>;

/** Which keys of a session are to be listed: those from a position on, or around one. */
export type WantedKeys = { readonly from: number } | { readonly around: string };

interface KeysAsked {
  /** Absent: the listed ones again. */
  readonly wanted?: WantedKeys;
  /** Keys of the session; absent: as it was when they were listed last. */
  readonly totalKeys?: number | undefined;
}

/** Keys that are listed at a time of a session that has more than can be listed at once. */
export const keysPerWindow = 2_000;

/** The listed keys of the watched session. */
export class WatchedKeys {
  readonly #keys = new OrderedItems<KeyEntry>(({ key }) => key, maxListedKeys);
  readonly #loading = new Set<string>();
  #from = 0;
  #totalKeys = 0;
  #isListing = false;
  #sought: WantedKeys | undefined;

  /** Position of the first of them in the session, counted from 0. */
  get from(): number {
    return this.#from;
  }

  /** Whether others were asked for that are not all here. */
  get isListing(): boolean {
    return this.#isListing;
  }

  /** In the order of the session; the same array until something changes. */
  list(): readonly KeyEntry[] {
    return this.#keys.list();
  }

  changedAtMs(key: string): number | undefined {
    return this.#keys.changedAtMs(key);
  }

  /** Whether the text of a long value is on its way. */
  isLoading(key: string): boolean {
    return this.#loading.has(key);
  }

  /**
   * Asks for keys: all from the beginning on, if so many can be listed at once, otherwise those around the wanted ones.
   * @param send Returns false when there is no connection.
   */
  ask(
    send: (request: InspectionRequest) => boolean,
    id: string,
    { wanted = { from: this.#from }, totalKeys = this.#totalKeys }: KeysAsked = {},
  ): void {
    const areAll = totalKeys <= maxListedKeys && 'from' in wanted && wanted.from === 0;
    const part = areAll ? {} : { count: keysPerWindow, ...wanted };
    if (send({ type: 'watch', id, ...part })) this.#isListing = true;
  }

  /** Keeps what is wanted while others are on their way, if it is a key: rows on screen are asked for again anyhow. */
  seekLater(wanted: WantedKeys): void {
    if ('around' in wanted) this.#sought = wanted;
  }

  startLoading(key: string): void {
    this.#loading.add(key);
  }

  /** @returns The key that was kept, once nothing is on its way any more. */
  take(event: EventOf<'keys'>, nowMs: number): WantedKeys | undefined {
    this.#keys.apply(event, nowMs);
    if (event.isReset) this.#from = event.from ?? 0;
    this.#totalKeys = event.totalKeys;
    this.#isListing = event.isMore ?? false;
    if (this.#isListing) return undefined;
    const sought = this.#sought;
    this.#sought = undefined;
    return sought;
  }

  /** @param value Undefined: it could not be read. */
  takeValue({ key, value }: Pick<EventOf<'value'>, 'key' | 'value'>): void {
    this.#loading.delete(key);
    if (value === undefined || !this.#keys.get(key)) return;
    const changed = [{ key, length: value.length, value }];
    this.#keys.apply({ isReset: false, removed: [], changed });
  }

  /** Nothing that was asked for will come. */
  drop(): void {
    this.#loading.clear();
    this.#isListing = false;
    this.#sought = undefined;
  }

  clear(): void {
    this.#keys.clear();
    this.drop();
    this.#from = 0;
    this.#totalKeys = 0;
  }
}
