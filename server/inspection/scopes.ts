import type { InspectedStore } from './sharedViews.ts';
import { LimitedViews, type LimitedParts } from './rights/limitedViews.ts';

/** What an inspector can read. */
export interface Scope {
  readonly views: InspectedStore;
  /** Whether the session of an id is in it, or was until a moment ago; absent: all are. */
  readonly includes?: (id: string) => boolean;
}

interface Opened {
  readonly scope: Scope;
  readonly views: LimitedViews;
  holders: number;
}

/** What inspectors can read: all sessions, or those of a name prefix; one for all that have the same. */
export class Scopes {
  readonly #parts: LimitedParts;
  readonly #all: Scope;
  readonly #opened = new Map<string, Opened>();

  constructor(parts: LimitedParts) {
    this.#parts = parts;
    this.#all = { views: parts.views };
  }

  /** @param prefix Empty: all sessions. */
  open(prefix: string): { readonly scope: Scope; readonly close: () => void } {
    if (prefix === '') return { scope: this.#all, close: () => undefined };
    const opened = this.#opened.get(prefix) ?? this.#make(prefix);
    this.#opened.set(prefix, opened);
    opened.holders += 1;
    return { scope: opened.scope, close: () => this.#close(prefix, opened) };
  }

  #make(prefix: string): Opened {
    const views = new LimitedViews(this.#parts, prefix);
    const includes = (id: string) => views.includes(id);
    return { scope: { views, includes }, views, holders: 0 };
  }

  #close(prefix: string, opened: Opened): void {
    opened.holders -= 1;
    if (opened.holders > 0) return;
    this.#opened.delete(prefix);
    opened.views.close();
  }
}
