import type { Clock } from '../../protocol/clock.ts';
import { writeInspectionEvent } from '../../protocol/inspection/events.ts';
import type { StoreFacts } from '../../protocol/inspection/storeFacts.ts';
import type { SessionStore } from '../store/sessionStore.ts';

/** Time between two looks: a store does not announce that its status has changed. */
export const lookAgainMs = 1000;

/** Of many followers, so many are sent to in one turn of the event loop. */
const followersPerTurn = 50;

/** @returns false when the text cannot be sent now; it is tried again. */
type Send = (text: string) => boolean;

/** What the server allows with its store. */
export interface StoreAccess {
  /** Whether clients may change nothing. */
  readonly isReadOnly: boolean;
}

/** Sends the status of the store to whom it concerns, whenever it has changed. */
export class StoreWatch {
  readonly #store: Pick<SessionStore, 'status'>;
  readonly #clock: Clock;
  readonly #isReadOnly: boolean;
  /** With the text that each has. */
  readonly #followers = new Map<Send, string>();
  #stopTimer: (() => void) | undefined;

  constructor(
    store: Pick<SessionStore, 'status'>,
    clock: Clock,
    { isReadOnly }: StoreAccess = { isReadOnly: false },
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#isReadOnly = isReadOnly;
  }

  facts(): StoreFacts {
    const { durability, state, reason, journal } = this.#store.status();
    const readOnly = this.#isReadOnly || undefined;
    return { durability, state, reason, readOnly, journal: journal && whole(journal) };
  }

  /** Sends what changes from now on. @returns Ends the following. */
  follow(send: Send): () => void {
    this.#followers.set(send, this.#text());
    this.#lookLater();
    return () => {
      this.#followers.delete(send);
      if (this.#followers.size > 0) return;
      this.#stopTimer?.();
      this.#stopTimer = undefined;
    };
  }

  #lookLater(): void {
    this.#stopTimer ??= this.#clock.setTimer(() => {
      this.#stopTimer = undefined;
      this.#sendTo([...this.#followers.keys()], this.#text());
    }, lookAgainMs);
  }

  #sendTo(followers: readonly Send[], text: string): void {
    for (const send of followers.slice(0, followersPerTurn)) {
      const known = this.#followers.get(send);
      if (known === undefined || known === text) continue;
      if (send(text)) this.#followers.set(send, text);
    }
    const rest = followers.slice(followersPerTurn);
    if (rest.length > 0) setImmediate(() => this.#sendTo(rest, text));
    else if (this.#followers.size > 0) this.#lookLater();
  }

  #text(): string {
    return writeInspectionEvent({ type: 'store', ...this.facts() });
  }
}

type Journal = NonNullable<StoreFacts['journal']>;

/** Times have fractions; the contract has whole milliseconds. */
function whole({ lastSyncAtMs, lastSnapshotAtMs, unsyncedBytes, journalBytes }: Journal): Journal {
  const rounded = (atMs: number | undefined) => (atMs === undefined ? undefined : Math.round(atMs));
  return {
    unsyncedBytes,
    journalBytes,
    lastSyncAtMs: rounded(lastSyncAtMs),
    lastSnapshotAtMs: rounded(lastSnapshotAtMs),
  };
}
