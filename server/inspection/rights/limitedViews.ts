import { ok } from '../../../protocol/result.ts';
import type { Change, Gap } from '../../store/changes.ts';
import type { StoreOutcome, Totals } from '../../store/sessionStore.ts';
import type { Timeline } from '../../store/timeline.ts';
import type {
  KeyRange,
  KeysView,
  ListedParts,
  ListedSession,
  SessionView,
} from '../../store/views.ts';
import type { Follower, Following } from '../follower.ts';
import { maxMarked } from '../frameSize.ts';
import type { InspectedStore } from '../sharedViews.ts';
import { StoreRefusal, valueOf } from '../valueOf.ts';

/** Sessions that have ended and are still known to have been here. */
const maxEnded = 1_000;

const nothing = { keyCount: 0, bytes: 0 };

type Size = Pick<SessionView, 'keyCount' | 'bytes' | 'createdAtMs'>;

export interface LimitedParts {
  readonly views: InspectedStore;
  readonly follow: (follower: Follower) => Following;
}

/** A store in which only the sessions of a name prefix are. */
export class LimitedViews implements InspectedStore, Follower {
  readonly #store: InspectedStore;
  readonly #prefix: string;
  readonly #following: Following;
  /** Of the sessions here, as they were looked at last, by id. */
  readonly #sizes = new Map<string, Size>();
  /** Sessions that may have changed since. */
  readonly #changed = new Set<string>();
  readonly #ended = new Set<string>();
  /** Of all of them. */
  #keys = 0;
  #bytes = 0;
  #mustFill = true;
  #isFilling = false;
  #refreshing: Promise<void> | undefined;

  constructor({ views, follow }: LimitedParts, prefix: string) {
    this.#store = views;
    this.#prefix = prefix;
    this.#following = follow(this);
    // One for all with the same prefix, and a command is noted right after its change.
    this.#following.keepUp();
    // Until then no command is known to be about a session here. One that fails is tried again.
    void this.#refreshed().catch(() => undefined);
  }

  close(): void {
    this.#following.leave();
  }

  mark(change: Change | Gap): void {
    if (change.kind === 'gap') this.#mustFill = true;
    else if ('session' in change) this.#markChanged(change.session.id);
    else if (change.sessions.length > maxMarked) this.#mustFill = true;
    else if (change.kind === 'ended') for (const { id } of change.sessions) this.#drop(id);
    else for (const session of change.sessions) if (this.#has(session)) this.#add(session);
  }

  /** Readers ask for what they show. */
  send(): void {}

  /** Whether a session is here, or was until a moment ago. */
  includes(id: string): boolean {
    return this.#sizes.has(id) || this.#ended.has(id);
  }

  async totals(): Promise<Awaited<StoreOutcome<Totals>>> {
    return this.#answer(() => {
      return { sessions: this.#sizes.size, keys: this.#keys, bytes: this.#bytes };
    });
  }

  async listSessions(limit: number): Promise<Awaited<StoreOutcome<string[]>>> {
    return this.#answer(() => {
      const oldestFirst = [...this.#sizes].toSorted(
        ([, a], [, b]) => a.createdAtMs - b.createdAtMs,
      );
      return oldestFirst.slice(-limit).map(([id]) => id);
    });
  }

  async viewSessions(ids: Iterable<string>): Promise<Awaited<StoreOutcome<SessionView[]>>> {
    const views = await this.#store.viewSessions(ids);
    return views.ok ? ok(views.value.filter((view) => this.#has(view))) : views;
  }

  async *listAll(): AsyncIterable<readonly ListedSession[]> {
    for await (const sessions of this.#store.listAll()) {
      yield sessions.filter((session) => this.#has(session));
    }
  }

  async listedAt(
    handles: Iterable<number | string>,
    parts?: ListedParts,
  ): Promise<Awaited<StoreOutcome<ListedSession[]>>> {
    const listed = await this.#store.listedAt(handles, parts);
    return listed.ok ? ok(listed.value.filter((session) => this.#has(session))) : listed;
  }

  watchUses(listener: (number: number) => void): () => void {
    // A number says nothing; who counts looks only at those that are listed.
    return this.#store.watchUses(listener);
  }

  async listKeys(
    id: string,
    range: KeyRange,
  ): Promise<Awaited<StoreOutcome<string[] | undefined>>> {
    return (await this.#isHere(id)) ? this.#store.listKeys(id, range) : ok(undefined);
  }

  async viewKeys(
    id: string,
    keys: Iterable<string>,
  ): Promise<Awaited<StoreOutcome<KeysView | undefined>>> {
    return (await this.#isHere(id)) ? this.#store.viewKeys(id, keys) : ok(undefined);
  }

  async listEnded(): Promise<Awaited<ReturnType<InspectedStore['listEnded']>>> {
    const ended = await this.#store.listEnded();
    return ended.ok ? ok(ended.value?.filter((session) => this.#has(session))) : ended;
  }

  async readTimeline<T>(
    id: string,
    read: (timeline: Timeline) => T,
  ): Promise<Awaited<StoreOutcome<T | undefined>>> {
    return this.#store.readTimeline(id, (timeline) =>
      this.#has(timeline) ? read(timeline) : undefined,
    );
  }

  #has({ name }: { readonly name: string }): boolean {
    return name.startsWith(this.#prefix);
  }

  async #isHere(id: string): Promise<boolean> {
    const views = valueOf(await this.viewSessions([id]));
    return views.some((view) => view.id === id);
  }

  #markChanged(id: string): void {
    if (this.#isFilling || this.#sizes.has(id)) this.#changed.add(id);
  }

  #add({ id, createdAtMs }: { readonly id: string; readonly createdAtMs: number }): void {
    this.#put(id, { keyCount: 0, bytes: 0, createdAtMs });
    this.#changed.add(id);
  }

  #drop(id: string): void {
    this.#markChanged(id);
    if (!this.#sizes.has(id)) return;
    this.#put(id, undefined);
    this.#ended.add(id);
    const [oldest] = this.#ended;
    if (oldest !== undefined && this.#ended.size > maxEnded) this.#ended.delete(oldest);
  }

  #put(id: string, size: Size | undefined): void {
    const { keyCount, bytes } = this.#sizes.get(id) ?? nothing;
    const now = size ?? nothing;
    this.#keys += now.keyCount - keyCount;
    this.#bytes += now.bytes - bytes;
    if (size) this.#sizes.set(id, size);
    else this.#sizes.delete(id);
  }

  async #answer<T>(read: () => T): Promise<Awaited<StoreOutcome<T>>> {
    await this.#refreshed();
    return ok(read());
  }

  #refreshed(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** Rejects with {@link StoreRefusal} when the store cannot be read. */
  async #refresh(): Promise<void> {
    if (this.#mustFill) await this.#fill();
    const changed = [...this.#changed];
    this.#changed.clear();
    if (changed.length === 0) return;
    const views = await this.#store.viewSessions(changed);
    if (!views.ok) {
      for (const id of changed) this.#changed.add(id);
      throw new StoreRefusal(views.refusal.status);
    }
    const byId = new Map(views.value.map((view) => [view.id, view]));
    for (const id of changed) {
      const view = byId.get(id);
      // It may have ended since it was looked at.
      const isHere = view && this.#has(view) && !this.#ended.has(id);
      this.#put(id, isHere ? view : undefined);
    }
  }

  async #fill(): Promise<void> {
    this.#mustFill = false;
    // What changes in between is looked at again.
    this.#isFilling = true;
    this.#changed.clear();
    this.#sizes.clear();
    this.#keys = 0;
    this.#bytes = 0;
    try {
      for await (const sessions of this.listAll()) {
        for (const { id, keyCount, bytes, createdAtMs } of sessions) {
          this.#put(id, { keyCount, bytes, createdAtMs });
        }
      }
    } catch (error) {
      this.#mustFill = true;
      throw error;
    } finally {
      this.#isFilling = false;
    }
  }
}
