import type { EntryList } from '../../../protocol/json/entryList.ts';
import { jsonNull, type JsonText } from '../../../protocol/json/jsonText.ts';
import type { StatusName } from '../../../protocol/status.ts';
import type { History } from '../history/history.ts';
import type { Scans } from './scans.ts';
import type { KeyLists } from './packedKeys.ts';
import type { Session } from './session.ts';
import type { Usage } from './usage.ts';

/** Keys with their values side by side, and what they make of a session. */
export interface ManyEntries {
  readonly keys: readonly string[];
  readonly values: readonly JsonText[];
  /** All keys of the session as they are then; absent: it has more. */
  readonly next: Map<string, JsonText> | undefined;
  /** By how much the texts of the session grow. */
  readonly textGrowth: number;
}

/** What became of a single key. */
const oneSet: readonly StatusName[] = ['KeySet'];
const oneUpdated: readonly StatusName[] = ['KeyUpdated'];

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
    const before = this.#sizeOf(session);
    if (this.#history.isOn && before.keys > 0) this.#history.noteGone(...session.keys.takeAll());
    else session.keys.clear();
    session.clears += 1;
    this.#count(session, before);
    return before.keys;
  }

  /** @returns Whether the key was new. */
  store(session: Session, key: string, value: JsonText): boolean {
    return this.#storeOne(session, [key, value], false);
  }

  #storeOne(
    session: Session,
    [key, value]: readonly [string, JsonText],
    isPlain: boolean,
  ): boolean {
    this.#scans.beforeChange(session);
    const { block } = session;
    const { bytes } = session.keys;
    const isNew = session.keys.set(key, value, { isPlain, notes: this.#notes });
    // A block of its own size takes as much memory as before.
    if (!isNew && block > 0 && session.block === block) return false;
    const grown = session.keys.bytes - bytes;
    if (isNew || grown !== 0) this.#usage.add({ sessions: 0, keys: isNew ? 1 : 0, bytes: grown });
    return isNew;
  }

  /** Stores some keys. @returns What became of each. */
  storeSome(session: Session, entries: EntryList<JsonText>): readonly StatusName[] {
    const [key, value] = [entries.names[0], entries.items[0]];
    const isOne = entries.size === 1 && key !== undefined && value !== undefined;
    if (isOne) return this.#storeOne(session, [key, value], entries.isPlain) ? oneSet : oneUpdated;
    this.#scans.beforeChange(session);
    const before = this.#sizeOf(session);
    const statuses = session.keys.setAll(entries, this.#notes);
    this.#count(session, before);
    return statuses;
  }

  /** @returns Whether the key was there. */
  remove(session: Session, key: string): boolean {
    this.#scans.beforeChange(session);
    const before = this.#sizeOf(session);
    const wasThere = session.keys.delete(key, this.#notes);
    if (wasThere) this.#count(session, before);
    return wasThere;
  }

  /** Stores these keys in one step. */
  storeAll(session: Session, { keys, values, next, textGrowth }: ManyEntries): void {
    this.#scans.beforeChange(session);
    const before = this.#sizeOf(session);
    if (next) session.keys.replace(next, session.keys.textBytes + textGrowth);
    else
      for (const [index, key] of keys.entries()) session.keys.set(key, values[index] ?? jsonNull);
    this.#history.noteMany(keys.length);
    this.#count(session, before);
  }

  /** Stores these keys, each once, in a session that has none. The texts belong to it from then on. */
  fill(session: Session, lists: KeyLists): void {
    this.#scans.beforeChange(session);
    const before = this.#sizeOf(session);
    session.keys.fill(lists);
    this.#history.noteMany(lists.keys.length);
    this.#count(session, before);
  }

  /** Removes these keys, which are there, in one step. */
  removeAll(session: Session, { keys, next, textGrowth }: ManyEntries): void {
    this.#scans.beforeChange(session);
    const before = this.#sizeOf(session);
    if (next) session.keys.replace(next, session.keys.textBytes + textGrowth);
    else for (const key of keys) session.keys.delete(key);
    this.#history.noteMany(keys.length);
    this.#count(session, before);
  }

  /** Undefined: nothing is remembered. */
  get #notes(): History | undefined {
    return this.#history.isOn ? this.#history : undefined;
  }

  #sizeOf({ keys }: Session): { readonly keys: number; readonly bytes: number } {
    return { keys: keys.size, bytes: keys.bytes };
  }

  /** @param before What the keys were before a change. */
  #count(
    { keys: { size, bytes } }: Session,
    before: { readonly keys: number; readonly bytes: number },
  ): void {
    const grown = bytes - before.bytes;
    this.#usage.add({ sessions: 0, keys: size - before.keys, bytes: grown });
  }
}
