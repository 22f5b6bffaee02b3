import type { EntryList } from '../../../protocol/json/entryList.ts';
import type { JsonText } from '../../../protocol/json/jsonText.ts';
import { bytesOfText } from '../detachText.ts';
import { keyOverheadBytes } from '../keyBytes.ts';
import { bytesOfKeys, bytesOfTexts, type KeyMap } from './keyMap.ts';
import { maxPackedKeys } from './packedEntries.ts';
import type { LimitName, StoreLimits } from '../storeLimits.ts';

/**
 * What a session takes beside the characters of its texts: its row, the row of its term with a place among the deadlines, its
 * slot in the table of tokens, the rest of the block of its name, its id where an inspector has seen it.
 * The most that was measured; see docs/operations.md.
 */
const sessionOverheadBytes = 200;

/** Memory that a session takes without its keys. @param nameBytes Of the characters of its name. */
export function bytesOfSession(nameBytes: number): number {
  return sessionOverheadBytes + nameBytes;
}

/** By how much a command makes the store larger; less than 0 when it makes it smaller. */
export interface Growth {
  readonly sessions: number;
  readonly keys: number;
  readonly bytes: number;
}

/** By how much a new session without keys makes the store larger. */
export function growthByNew(name: string): Growth {
  return { sessions: 1, keys: 0, bytes: bytesOfSession(bytesOfText(name)) };
}

type Entries = ReadonlyMap<string, JsonText>;

/** By how much a session grows. @param textBytes By which its texts grow. */
export function growthOf(present: KeyMap, keys: number, textBytes: number): Growth {
  const bytes = bytesOfKeys(present.size + keys, present.textBytes + textBytes) - present.bytes;
  return { sessions: 0, keys, bytes };
}

/** By how much storing these entries makes a session larger, overwriting what it has. */
export function growthBy(entries: Entries, present: KeyMap): Growth {
  let [keys, textBytes] = [0, 0];
  for (const [key, value] of entries) {
    const old = present.get(key);
    if (old === undefined) keys += 1;
    textBytes +=
      old === undefined ? bytesOfTexts(key, value) : bytesOfText(value) - bytesOfText(old);
  }
  return growthOf(present, keys, textBytes);
}

/** By how much having these entries in the place of all makes a session larger. */
export function growthTo(entries: Entries, present: KeyMap): Growth {
  let textBytes = 0;
  for (const [key, value] of entries) textBytes += bytesOfTexts(key, value);
  return growthOf(present, entries.size - present.size, textBytes - present.textBytes);
}

/** The most that {@link growthBy} can come to, without a look at what is there. */
export function mostGrowthBy({ names, items }: EntryList<JsonText>): Growth {
  let units = 0;
  for (const name of names) units += name.length;
  for (const value of items) units += value.length;
  // Those that are there may have to leave their block.
  const bytes = (names.length + maxPackedKeys) * keyOverheadBytes + units * 2;
  return { sessions: 0, keys: names.length, bytes };
}

/** How much the store holds, counted with each change, and how much it may hold. */
export class Usage {
  readonly #limits: StoreLimits;
  #sessions = 0;
  #keys = 0;
  #bytes = 0;

  constructor(limits: StoreLimits) {
    this.#limits = limits;
  }

  get sessions(): number {
    return this.#sessions;
  }

  get keys(): number {
    return this.#keys;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add({ sessions, keys, bytes }: Growth): void {
    this.#sessions += sessions;
    this.#keys += keys;
    this.#bytes += bytes;
  }

  get maxReplyLength(): number {
    return this.#limits.maxReplyLength;
  }

  /** The limit that growing so much would exceed. What does not grow exceeds none, however full it is. */
  exceededBy({ sessions, keys, bytes }: Growth): LimitName | undefined {
    const { maxSessions, maxKeys, maxMemoryBytes } = this.#limits;
    if (sessions > 0 && this.#sessions + sessions > maxSessions) return 'max-sessions';
    if (keys > 0 && this.#keys + keys > maxKeys) return 'max-keys';
    if (bytes > 0 && this.#bytes + bytes > maxMemoryBytes) return 'max-memory';
    return undefined;
  }
}
