import type { JsonText } from '../../../protocol/json/jsonText.ts';
import { ok, type Result } from '../../../protocol/result.ts';
import type { Token } from '../../../protocol/token.ts';
import type { Refusal } from '../../../protocol/wire/reply.ts';
import type { EndedSession } from '../changes.ts';
import type { KeySize } from '../otherServers.ts';
import type { StoreOutcome } from '../sessionStore.ts';
import type { Timeline } from '../timeline.ts';
import type { KeyRange, KeysView, ListedParts, ListedSession, SessionView } from '../views.ts';
import { unavailable } from '../refusals.ts';
import type { ChangeFeed } from './changeFeed.ts';
import { applyTo } from './feedHistory.ts';
import type { CountedSession, DatedToken, SessionReader, StoredSession } from './readSessions.ts';
import { Listed } from './listed.ts';
import { listOf, numberOf, textOf, valueOf } from './replies.ts';
import type { SessionCalls } from './sessionCalls.ts';
import type { SessionNumbers } from './sessionNumbers.ts';

/** Sessions of a list that are read together. */
const perPart = 500;

/** Names of keys that are read at most. */
const maxNames = 1_000_000_000;

/** A timeline is read so often while changes turn out to be missing. */
const maxTries = 3;

/** Parts of the views. */
interface ViewParts {
  readonly calls: SessionCalls;
  readonly reader: SessionReader;
  readonly numbers: SessionNumbers;
  readonly feed: ChangeFeed;
}

/** What the inspector sees: read when the changes that follow are sure to arrive. */
export class SessionViews {
  readonly #calls: SessionCalls;
  readonly #reader: SessionReader;
  readonly #numbers: SessionNumbers;
  readonly #feed: ChangeFeed;

  constructor({ calls, reader, numbers, feed }: ViewParts) {
    this.#feed = feed;
    this.#calls = calls;
    this.#reader = reader;
    this.#numbers = numbers;
  }

  async listSessions(limit: number): Promise<Result<string[], Refusal>> {
    await this.#feed.whenFollowed();
    const newest = await this.#newest(limit);
    if (!newest.ok) return newest;
    const living = await this.#reader.facts(newest.value.map(({ token }) => token));
    if (!living.ok) return living;
    return ok(living.value.map(({ token }) => this.#nameOf(token)).reverse());
  }

  /** The newest sessions of all buckets, the newest first. */
  async #newest(limit: number): Promise<Result<DatedToken[], Refusal>> {
    const few = Math.min(limit, Math.ceil((limit / this.#reader.buckets.length) * 2) + 8);
    const lists = await this.#tokensIn(this.#reader.buckets, few);
    if (!lists.ok) return lists;
    const oldestMs = mergedNewest(lists.value, limit).at(-1)?.createdAtMs ?? 0;
    // A bucket that gave all it was asked for may have more that are new enough.
    const cut = this.#reader.buckets.filter((bucket) => {
      const list = lists.value[bucket] ?? [];
      return list.length === few && (list.at(-1)?.createdAtMs ?? 0) >= oldestMs;
    });
    const more = few < limit ? await this.#tokensIn(cut, limit) : ok([]);
    if (!more.ok) return more;
    for (const [at, list] of more.value.entries()) lists.value[cut[at] ?? 0] = list;
    return ok(mergedNewest(lists.value, limit));
  }

  async #tokensIn(
    buckets: readonly number[],
    most?: number,
  ): Promise<Result<DatedToken[][], Refusal>> {
    const outcomes = await Promise.all(
      buckets.map(async (bucket) => this.#reader.tokensIn(bucket, most)),
    );
    const lists: DatedToken[][] = [];
    for (const outcome of outcomes) {
      if (!outcome.ok) return outcome;
      lists.push(outcome.value);
    }
    return ok(lists);
  }

  async viewSessions(ids: Iterable<string>): Promise<Result<SessionView[], Refusal>> {
    const tokens = await this.#tokensOf([...ids]);
    if (!tokens.ok) return tokens;
    const found = await this.#reader.facts(tokens.value);
    return found.ok ? ok(found.value.map((each) => this.#viewOf(each))) : found;
  }

  #viewOf({
    token,
    name,
    shared,
    keyCount,
    bytes,
    createdAtMs,
    term,
  }: CountedSession): SessionView {
    const facts = { token, name, shared, keyCount, bytes, createdAtMs };
    return { id: this.#nameOf(token), ...facts, expiry: term };
  }

  /** Without keys: those of all sessions would be all data there is. */
  async *listAll(): AsyncGenerator<readonly ListedSession[]> {
    await this.#feed.whenFollowed();
    for (const bucket of this.#reader.buckets) {
      const dated = given(await this.#reader.tokensIn(bucket));
      for (let from = 0; from < dated.length; from += perPart) {
        const tokens = dated.slice(from, from + perPart).map(({ token }) => token);
        const found = given(await this.#reader.facts(tokens));
        yield found.map((each) => this.#listed(each, []));
      }
    }
  }

  async listedAt(
    handles: Iterable<number | string>,
    { keys = false }: Partial<ListedParts> = {},
  ): Promise<Result<ListedSession[], Refusal>> {
    await this.#feed.whenFollowed();
    const tokens = [...handles].flatMap((handle) => this.#numbers.tokenOf(handle) ?? []);
    const found = keys ? await this.#whole(tokens) : await this.#withoutKeys(tokens);
    if (!found.ok) return found;
    const there = new Set(found.value.map(({ token }) => token));
    for (const token of tokens) if (!there.has(token)) this.#numbers.forget(token);
    return found;
  }

  async #whole(tokens: readonly Token[]): Promise<Result<ListedSession[], Refusal>> {
    const found = await this.#reader.sessions(tokens);
    if (!found.ok) return found;
    return ok(found.value.map((each) => this.#listed(countedOf(each), entriesOf(each))));
  }

  async #withoutKeys(tokens: readonly Token[]): Promise<Result<ListedSession[], Refusal>> {
    const found = await this.#reader.facts(tokens);
    return found.ok ? ok(found.value.map((each) => this.#listed(each, []))) : found;
  }

  async biggestKeysOf(numbers: Iterable<number>): Promise<Result<KeySize[], Refusal>> {
    await this.#feed.whenFollowed();
    const tokens = [...numbers].flatMap((number) => this.#numbers.tokenOf(number) ?? []);
    const [facts, sizes] = await Promise.all([
      this.#reader.facts(tokens),
      this.#reader.largestKeys(tokens),
    ]);
    if (!facts.ok) return facts;
    if (!sizes.ok) return sizes;
    const listed = new Map(facts.value.map((each) => [each.token, this.#listed(each, [])]));
    return ok(
      sizes.value.flatMap(({ token, key, bytes }) => {
        const session = listed.get(token);
        return session ? { session, key, bytes } : [];
      }),
    );
  }

  #listed(session: CountedSession, entries: [string, JsonText][]): ListedSession {
    return new Listed(session, { numbers: this.#numbers, entries });
  }

  async listKeys(id: string, range: KeyRange): Promise<Result<string[] | undefined, Refusal>> {
    return this.#ofSession(id, async (token) => {
      const end = String(Math.min(range.from + range.count, maxNames));
      const outcome = await this.#calls.maybe(token, { name: 'names', args: [end] });
      if (!outcome.ok) return outcome;
      if (outcome.value === null) return ok(undefined);
      return ok(listOf(outcome.value).slice(range.from).map(textOf));
    });
  }

  async viewKeys(
    id: string,
    keys: Iterable<string>,
  ): Promise<Result<KeysView | undefined, Refusal>> {
    const wanted = [...keys];
    return this.#ofSession(id, async (token) => {
      const outcome = await this.#calls.maybe(token, { name: 'some', args: wanted });
      if (!outcome.ok || outcome.value === null) return outcome.ok ? ok(undefined) : outcome;
      const [count, stored, lastId] = listOf(outcome.value);
      const values = listOf(stored).map(valueOf);
      const entries = new Map<string, JsonText>();
      for (const [at, value] of values.entries()) if (value) entries.set(wanted[at] ?? '', value);
      // Who wrote them is among the changes up to that one.
      await this.#feed.whenReceived(this.#calls.keys.bucketOf(token), numberOf(lastId));
      const writers = this.#feed.history.writersOf(token, entries.keys());
      return ok({ totalKeys: numberOf(count), entries, writers });
    });
  }

  /** Since changes are followed here. */
  async listEnded(): Promise<Result<EndedSession[], Refusal>> {
    await this.#feed.whenFollowed();
    return ok(this.#feed.history.listEnded());
  }

  /** Changes by all servers, since they are followed here. */
  async readTimeline<T>(
    id: string,
    read: (timeline: Timeline) => T,
  ): Promise<Result<T | undefined, Refusal>> {
    await this.#feed.whenFollowed();
    if (this.#numbers.tokenOf(id) === undefined) {
      const ended = this.#feed.history.timelineOfEnded(id);
      if (ended) return ok(read(ended));
    }
    return this.#ofSession(id, async (token) => {
      for (let tries = 0; tries < maxTries; tries += 1) {
        const found = await this.#viewWithChanges(token);
        if (found.ok && !found.value) continue;
        if (!found.ok) return found;
        const timeline =
          found.value === 'ended' ? this.#feed.history.timelineOfEnded(id) : found.value;
        return ok(timeline && read(timeline));
      }
      return unavailable();
    });
  }

  /** A session as it is after all changes that have come; undefined: some of those are missing. */
  async #viewWithChanges(token: Token): Promise<Result<Timeline | 'ended' | undefined, Refusal>> {
    const collected = this.#feed.collect(token);
    const found = await this.#reader.view(token);
    if (found.ok && found.value) {
      await this.#feed.whenReceived(this.#calls.keys.bucketOf(token), found.value.lastId);
    }
    collected.end();
    if (!found.ok) return found;
    if (!found.value) return ok('ended');
    if (collected.isBroken) return ok(undefined);
    const { session, lastId } = found.value;
    const keys = new Map(entriesOf(session));
    const later = collected.changes.filter(({ id }) => id > lastId);
    for (const change of later) applyTo(keys, change);
    if (later.at(-1)?.change.kind === 'ended') return ok('ended');
    return ok(this.#feed.history.timelineOf({ ...session, keys }));
  }

  async #ofSession<T>(
    id: string,
    look: (token: Token) => StoreOutcome<T | undefined>,
  ): Promise<Result<T | undefined, Refusal>> {
    const tokens = await this.#tokensOf([id]);
    if (!tokens.ok) return tokens;
    const [token] = tokens.value;
    return token === undefined ? ok(undefined) : look(token);
  }

  /** Tokens of those of the ids that are known, or turn out to be among all tokens. */
  async #tokensOf(ids: readonly string[]): Promise<Result<Token[], Refusal>> {
    await this.#feed.whenFollowed();
    if (ids.some((id) => this.#numbers.tokenOf(id) === undefined)) {
      const all = await this.#tokensIn(this.#reader.buckets);
      if (!all.ok) return all;
      for (const { token } of all.value.flat()) this.#numbers.numberOf(token);
    }
    return ok(ids.flatMap((id) => this.#numbers.tokenOf(id) ?? []));
  }

  /** The id of a session, by which it is found from now on. */
  #nameOf(token: Token): string {
    this.#numbers.numberOf(token);
    return this.#numbers.idOf(token);
  }
}

function mergedNewest(lists: readonly DatedToken[][], limit: number): DatedToken[] {
  return lists
    .flat()
    .sort((one, other) => other.createdAtMs - one.createdAtMs)
    .slice(0, limit);
}

function countedOf(session: StoredSession): CountedSession {
  return { ...session, keyCount: session.keys.length };
}

function entriesOf({ keys, values }: StoredSession): [string, JsonText][] {
  return values.map((value, at) => [keys[at] ?? '', value]);
}

function given<T>(outcome: Result<T, Refusal>): T {
  if (!outcome.ok) throw new Error('The store cannot be read now');
  return outcome.value;
}
