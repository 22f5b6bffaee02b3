import { jsonNull, type JsonText } from '../../../protocol/json/jsonText.ts';
import { bytesOfText, detachText } from '../detachText.ts';
import type { History } from './history.ts';
import type { Scans } from './scans.ts';
import type { Session } from './session.ts';
import { bytesOfKey } from '../keyBytes.ts';
import { bytesOfSession, type Growth, type Usage } from './usage.ts';

/** Keys with their values side by side, and what they make of a session. */
export interface ManyEntries {
  readonly keys: readonly string[];
  readonly values: readonly JsonText[];
  /** All keys of the session as they are then; absent: it has more. */
  readonly next: Map<string, JsonText> | undefined;
  readonly growth: Pick<Growth, 'keys' | 'bytes'>;
}

/** Those that follow each change of a key. */
interface Followed {
  readonly scans: Scans;
  readonly usage: Usage;
  readonly history: History;
}

/** Changes the keys of a session, without publishing: see {@link SessionTable}. */
export class SessionKeys {
  readonly #scans: Scans;
  readonly #usage: Usage;
  readonly #history: History;

  constructor({ scans, usage, history }: Followed) {
    this.#scans = scans;
    this.#usage = usage;
    this.#history = history;
  }

  /** Removes all keys. @returns How many there were. */
  clear(session: Session): number {
    this.#scans.beforeChange(session);
    const { size } = session.keys;
    const bytes = session.bytes - bytesOfSession(session.name);
    if (this.#history.isOn && size > 0) {
      this.#history.noteGone(session.keys, bytes);
      session.keys = new Map();
    } else session.keys.clear();
    session.clears += 1;
    this.#count(session, -size, -bytes);
    return size;
  }

  /** @returns Whether the key was new. */
  store(session: Session, key: string, value: JsonText): boolean {
    this.#scans.beforeChange(session);
    const old = session.keys.get(key);
    session.keys.set(old === undefined ? detachText(key) : key, detachText(value));
    this.#history.note(key, old);
    if (old === undefined) this.#count(session, 1, bytesOfKey(key, value));
    else this.#count(session, 0, bytesOfText(value) - bytesOfText(old));
    return old === undefined;
  }

  /** @returns Whether the key was there. */
  remove(session: Session, key: string): boolean {
    this.#scans.beforeChange(session);
    const old = session.keys.get(key);
    if (old === undefined) return false;
    session.keys.delete(key);
    this.#history.note(key, old);
    this.#count(session, -1, -bytesOfKey(key, old));
    return true;
  }

  /** Stores these keys in one step. @param growth What they add to the session. */
  storeAll(session: Session, { keys, values, next, growth }: ManyEntries): void {
    this.#scans.beforeChange(session);
    if (next) session.keys = next;
    else
      for (const [index, key] of keys.entries()) session.keys.set(key, values[index] ?? jsonNull);
    this.#history.noteMany(keys.length);
    this.#count(session, growth.keys, growth.bytes);
  }

  /** Removes these keys, which are there, in one step. */
  removeAll(session: Session, { keys, next, growth }: ManyEntries): void {
    this.#scans.beforeChange(session);
    if (next) session.keys = next;
    else for (const key of keys) session.keys.delete(key);
    this.#history.noteMany(keys.length);
    this.#count(session, growth.keys, growth.bytes);
  }

  #count(session: Session, keys: number, bytes: number): void {
    session.bytes += bytes;
    this.#usage.add({ sessions: 0, keys, bytes });
  }
}
