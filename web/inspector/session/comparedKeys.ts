import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  maxListedKeys,
  type InspectionEvent,
  type KeyEntry,
} from '../../../protocol/inspection/events.ts';
import type { Inspector } from '../inspector.ts';
import type { InspectionPart } from '../inspectionPart.ts';
import { OrderedItems } from '../orderedItems.ts';

interface ComparedView {
  readonly areKeysKnown: boolean;
  readonly isGone: boolean;
  /** All keys, listed or not. */
  readonly totalKeys: number;
  /** In the order of the session; another array whenever something changes. */
  readonly keys: readonly KeyEntry[];
}

/** The keys of a second session, followed for as long as it is compared. */
export class ComparedKeys implements InspectionPart {
  readonly store: StoreApi<ComparedView> = createStore<ComparedView>(() => ({
    areKeysKnown: false,
    isGone: false,
    totalKeys: 0,
    keys: [],
  }));
  readonly #inspector: Inspector;
  readonly #id: string;
  readonly #items = new OrderedItems<KeyEntry>(({ key }) => key, maxListedKeys);

  constructor(inspector: Inspector, id: string) {
    this.#inspector = inspector;
    this.#id = id;
  }

  onLive(): void {
    this.#inspector.ask({ type: 'compare', id: this.#id });
  }

  receive(event: InspectionEvent): void {
    if (event.type === 'gone' && event.id === this.#id) this.store.setState({ isGone: true });
    if (event.type !== 'keys' || event.id !== this.#id) return;
    this.#items.apply(event);
    const { totalKeys } = event;
    this.store.setState({ areKeysKnown: true, totalKeys, keys: this.#items.list() });
  }
}
