import type { Client } from '../client.ts';
import { CommandError } from '../errors.ts';
import type { Session } from '../session.ts';
import type { Json } from '../storedText.ts';

/** Tokens in one command: far below the largest message that a server takes, and the longest queue of a client. */
const batchSize = 1_000;

/** An index is kept a little longer than its sessions: they may be touched a moment after it. */
const slackSeconds = 60;

/**
 * A key beside the tokens: whole seconds that the index must be kept, 0: for ever. Absent until a session is added that
 * lives longer than the index would.
 */
const longestKey = 'longest';

/** What is to be added to an index. */
interface IndexEntry {
  readonly token: string;
  /** Anything that is stored beside the token. */
  readonly details: unknown;
  /** Whole seconds that the session lives without use; 0: for ever. */
  readonly seconds: number;
}

/**
 * Sessions that belong together: their tokens are the keys of one more session, a shared one. Those that have ended
 * are removed whenever it is read, and whenever the number of keys has doubled.
 */
export class SessionIndex {
  readonly #client: Client;
  readonly #name: string;

  constructor(client: Client, name: string) {
    this.#client = client;
    this.#name = name;
  }

  /** Adds a token, or leaves it as it is, and makes sure that the index is kept as long as the session. */
  async add(entry: IndexEntry): Promise<void> {
    const isAdded = await orGone(this.#add(entry));
    // The index expired between two commands: the next one is new.
    if (isAdded === undefined) await this.#add(entry);
  }

  async remove(tokens: readonly string[]): Promise<void> {
    const index = await this.#client.openSession(this.#name);
    if (index) await removeFrom(index, tokens);
  }

  /** The sessions that have not ended, the one that was added first first. */
  async entries(): Promise<readonly (readonly [token: string, details: Json])[]> {
    const index = await this.#client.openSession(this.#name);
    const found = index && (await orGone(index.find('$')));
    if (!found) return [];
    const alive = await this.#prune(index, tokensIn(Object.keys(found)));
    return Object.entries(found).filter(([token]) => alive.has(token));
  }

  async tokens(): Promise<readonly string[]> {
    const index = await this.#client.openSession(this.#name);
    const found = index && (await orGone(index.keys()));
    return found ? [...(await this.#prune(index, tokensIn(found)))] : [];
  }

  /** Ends sessions. @returns How many there were. */
  async end(tokens: readonly string[]): Promise<number> {
    let count = 0;
    for (const batch of batches(tokens)) {
      const ended = await Promise.all(batch.map((token) => this.#client.session(token).end()));
      count += ended.filter(Boolean).length;
    }
    await this.remove(tokens);
    return count;
  }

  async #add({ token, details, seconds: lives }: IndexEntry): Promise<true> {
    const seconds = lives === 0 ? 0 : lives + slackSeconds;
    const index = await this.#client.sharedSession({ name: this.#name, expiry: { seconds } });
    const [added, count, expiry] = await Promise.all([
      index.add(new Map([[token, details]])),
      index.count(),
      index.touch(),
    ]);
    if (expiry && longer(expiry.seconds, seconds) !== expiry.seconds) {
      await lengthen(index, seconds);
    }
    const isDoubled = (count & (count - 1)) === 0;
    if (added[token] === 'KeySet' && isDoubled) {
      await this.#prune(index, tokensIn(await index.keys()));
    }
    return true;
  }

  /** Removes those of these tokens whose sessions have ended. @returns The others. */
  async #prune(index: Session, tokens: readonly string[]): Promise<ReadonlySet<string>> {
    const alive = new Set<string>();
    for (const tkns of batches(tokens)) {
      const { exist } = await this.#client.call('SH_EXISTS', { tkns });
      for (const token of exist) alive.add(token);
    }
    await removeFrom(
      index,
      tokens.filter((token) => !alive.has(token)),
    );
    return alive;
  }
}

function tokensIn(keys: readonly string[]): readonly string[] {
  return keys.filter((key) => key !== longestKey);
}

/**
 * Gives an index more time. Others may do so at the same moment, and the longest must win, not the last: it is a key that only
 * grows, and is looked at again after each change of the time.
 */
async function lengthen(index: Session, seconds: number): Promise<void> {
  let wanted = await index.change(longestKey, (now) =>
    typeof now === 'number' ? longer(now, seconds) : seconds,
  );
  while (typeof wanted === 'number') {
    const [, { [longestKey]: longest }] = await Promise.all([
      index.touch({ seconds: wanted, endSession: true }),
      index.get([longestKey]),
    ]);
    if (longest === wanted) return;
    wanted = longest;
  }
}

/** Of two times in seconds, where 0 is for ever. */
function longer(one: number, other: number): number {
  return one === 0 || other === 0 ? 0 : Math.max(one, other);
}

async function removeFrom(index: Session, tokens: readonly string[]): Promise<void> {
  for (const batch of batches(tokens)) await orGone(index.remove(batch));
}

/** As many at a time as one command, or the queue of a client, has room for. */
export function batches<T>(items: readonly T[]): (readonly T[])[] {
  const count = Math.ceil(items.length / batchSize);
  return Array.from({ length: count }, (_, n) => items.slice(n * batchSize, (n + 1) * batchSize));
}

/** @returns undefined if the session no longer exists. */
export async function orGone<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof CommandError && error.status === 'SessionNotExist') return undefined;
    throw error;
  }
}
