import {
  boolean,
  object,
  oneOf,
  optional,
  string,
  unsigned,
  type Decoded,
} from '../codec/codec.ts';
import { readJson } from '../json/readJson.ts';

const journalFigures = object({
  /** Unix time in milliseconds; absent before the first sync. */
  lastSyncAtMs: optional(unsigned),
  /** Bytes of changes that are not known to be on disk. */
  unsyncedBytes: unsigned,
  /** Bytes of the journal since the last snapshot. */
  journalBytes: unsigned,
  /** Unix time in milliseconds; absent: there is none yet. */
  lastSnapshotAtMs: optional(unsigned),
});

/** Codec of {@link StoreFacts}. */
export const storeFacts = object({
  /**
   * What a confirmed change can survive: nothing, a crash but for its last second, a crash; in Redis: a crash of this
   * server, that of a node too.
   */
  durability: oneOf('memory', 'relaxed', 'commit', 'master', 'replica'),
  /** `refusing`: data can be read, changes are refused with status 901. */
  state: oneOf('loading', 'ready', 'refusing'),
  /** Why it refuses, in one line for people. */
  reason: optional(string),
  /** Whether commands that change data are refused with status 902. Absent: they are not. */
  readOnly: optional(boolean),
  /** Absent: nothing is kept on disk. */
  journal: optional(journalFigures),
});

/** How safe the data of a server is. */
export type StoreFacts = Decoded<typeof storeFacts>;

/**
 * What `/healthz` says of the store: everybody may know it.
 * @returns undefined when the text does not say it.
 */
export function readStoreFacts(text: string): StoreFacts | undefined {
  const json = readJson(text);
  return json.ok ? storeFacts.read(json.value) : undefined;
}
