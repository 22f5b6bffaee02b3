import type { InspectionEvent } from '../../protocol/inspection/events.ts';
import type { Change, Gap } from '../store/changes.ts';
import { concerns } from './keyDelta.ts';
import type { InspectedStore } from './sharedViews.ts';
import { summaryOf } from './summaryOf.ts';
import { valueOf } from './valueOf.ts';
import type { Watch } from './watch.ts';

/** What a watched session is, apart from its keys. */
export class SessionFacts implements Watch {
  readonly #store: InspectedStore;
  readonly #id: string;
  #hasChanges = true;

  constructor(store: InspectedStore, id: string) {
    this.#store = store;
    this.#id = id;
  }

  get hasChanges(): boolean {
    return this.#hasChanges;
  }

  mark(change: Change | Gap): void {
    if (concerns(change, this.#id)) this.#hasChanges = true;
  }

  /** Nothing when it is gone: who watches its keys says so. */
  async next(): Promise<InspectionEvent | undefined> {
    this.#hasChanges = false;
    try {
      const views = valueOf(await this.#store.viewSessions([this.#id]));
      // Others may be among them.
      const view = views.find(({ id }) => id === this.#id);
      return view && { type: 'session', ...summaryOf(view) };
    } catch (error) {
      this.#hasChanges = true;
      throw error;
    }
  }
}
