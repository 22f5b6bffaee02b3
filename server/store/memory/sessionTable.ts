import type { JsonText } from '../../../protocol/json/jsonText.ts';
import type { Token } from '../../../protocol/token.ts';
import { detachText } from '../detachText.ts';
import type { Session } from './session.ts';
import type { SessionChange } from '../changes.ts';

/** The sessions in memory. Every change goes through here, so that totals and listeners know. */
export class SessionTable {
  readonly byToken = new Map<Token, Session>();
  /** In the order of creation. */
  readonly byId = new Map<string, Session>();
  readonly listeners = new Set<(change: SessionChange) => void>();
  #totalKeys = 0;

  get totalKeys(): number {
    return this.#totalKeys;
  }

  /** @returns Ends the subscription. */
  subscribe(listener: (change: SessionChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The sessions of these tokens, or all. */
  select(tokens?: readonly Token[]): Session[] {
    if (!tokens) return [...this.byId.values()];
    return tokens.flatMap((token) => this.byToken.get(token) ?? []);
  }

  add(session: Session): void {
    this.byToken.set(session.token, session);
    this.byId.set(session.id, session);
    this.#totalKeys += session.keys.size;
    this.tell(session, 'created');
  }

  delete(session: Session): void {
    this.byToken.delete(session.token);
    this.byId.delete(session.id);
    this.#totalKeys -= session.keys.size;
    this.tell(session, 'ended');
  }

  /** Removes all keys. @returns How many there were. */
  clear(session: Session): number {
    const count = session.keys.size;
    session.keys.clear();
    this.#totalKeys -= count;
    this.tell(session, 'cleared');
    return count;
  }

  /** Stores without telling; see {@link tellKeys}. @returns Whether the key was new. */
  store(session: Session, key: string, value: JsonText): boolean {
    const sizeBefore = session.keys.size;
    session.keys.set(session.keys.has(key) ? key : detachText(key), detachText(value));
    if (session.keys.size === sizeBefore) return false;
    this.#totalKeys += 1;
    return true;
  }

  /** Removes without telling; see {@link tellKeys}. @returns Whether the key was there. */
  remove(session: Session, key: string): boolean {
    const wasThere = session.keys.delete(key);
    if (wasThere) this.#totalKeys -= 1;
    return wasThere;
  }

  /** Stores the new value of a key, and tells. */
  replace(session: Session, key: string, value: JsonText): void {
    this.store(session, key, value);
    this.tellKeys(session, 'stored', [key]);
  }

  tell({ id }: Session, kind: 'created' | 'extended' | 'ended' | 'cleared'): void {
    for (const listener of this.listeners) listener({ kind, id });
  }

  /** Makes no list while nobody listens. */
  tellKeys({ id }: Session, kind: 'stored' | 'removed', keys: Iterable<string>): void {
    if (this.listeners.size === 0) return;
    const change: SessionChange = { kind, id, keys: [...keys] };
    for (const listener of this.listeners) listener(change);
  }
}
