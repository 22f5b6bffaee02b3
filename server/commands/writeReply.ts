import { catalog, type CommandName } from '../../protocol/commands/catalog.ts';
import { EntryList } from '../../protocol/json/entryList.ts';
import { eachKey } from '../../protocol/codec/keyStatuses.ts';
import { replyWriterOf } from '../../protocol/wire/reply.ts';
import type { Steps } from '../../protocol/steps.ts';
import type { Eventually } from '../eventually.ts';
import { OneByOne } from '../turns.ts';

/** Items of a list or map that are written before others have their turn. */
export const itemsPerSlice = 20_000;

/** Items that are written at a time, when there are very many. Some 2 ms. */
const itemsPerPart = 5_000;

/** Characters of them, after which the next ones wait for a turn. */
const lengthPerPart = 1024 * 1024;

/** A reply with more characters of them than this is written in slices. */
export const lengthAtOnce = 4 * lengthPerPart;

/** Members whose length a client decides. */
const longMembers: readonly string[] = ['keys', 'paths', 'exist'];

/** Those that replies to a command may have. */
function longMembersOf(name: CommandName): readonly string[] {
  const names = catalog[name].reply.members?.map((member) => member.name);
  // KV_RMV writes the keys without a member around them.
  const isKnown = names && !names.includes(eachKey);
  return isKnown ? longMembers.filter((member) => names.includes(member)) : longMembers;
}

/** Members of a successful reply. */
export type Reply = Readonly<Record<string, unknown>>;

/** Keys, paths or tokens, or keys with what belongs to them. */
type Items = readonly string[] | Pairs;

/** A map, or what else has pairs and knows how many. */
interface Pairs extends Iterable<readonly [string, unknown]> {
  readonly size: number;
}

/** One by one, as each is in the heap several times. */
const writing = new OneByOne();

/** Writes successful replies to one command. */
export class ReplyWriter {
  readonly #longMembers: readonly string[];
  readonly #writeAtOnce: (reply: Reply) => string;

  constructor(name: CommandName) {
    this.#longMembers = longMembersOf(name);
    this.#writeAtOnce = replyWriterOf(name);
  }

  /**
   * At once, or, when it has very many keys or paths or very long values, in slices.
   * @returns Undefined: it has more characters of keys, values and paths than `maxLength`.
   */
  write(reply: Reply, maxLength: number): Eventually<string | undefined> {
    for (const member of this.#longMembers) {
      const items = reply[member] as Items | number | undefined; // As the catalog has these members.
      if (typeof items !== 'object') continue;
      const isMany = countOf(items) > itemsPerSlice;
      const length = isMany ? 0 : lengthOf(items);
      if (length > maxLength) return undefined;
      if (isMany || length > lengthAtOnce) {
        return writing.run(writeInSteps(this.#writeAtOnce, reply, { member, items, maxLength }));
      }
    }
    return this.#writeAtOnce(reply);
  }
}

function isList(items: Items): items is readonly string[] {
  return Array.isArray(items);
}

function countOf(items: Items): number {
  return isList(items) ? items.length : items.size;
}

/** Characters of all keys, values and paths. */
function lengthOf(items: Items): number {
  if (items instanceof EntryList) return lengthOfTexts(items.names) + lengthOfTexts(items.items);
  let length = 0;
  for (const item of items) length += lengthOfItem(item);
  return length;
}

function lengthOfTexts(texts: readonly unknown[]): number {
  let length = 0;
  for (const text of texts) length += typeof text === 'string' ? text.length : 0;
  return length;
}

function lengthOfItem(item: string | readonly [string, unknown]): number {
  if (typeof item === 'string') return item.length;
  const [key, value] = item;
  return key.length + (typeof value === 'string' ? value.length : 0);
}

interface LongMember {
  readonly member: string;
  readonly items: Items;
  readonly maxLength: number;
}

/**
 * Writes the whole reply with some of the items at a time, and puts together what stands between the
 * brackets. The member's name in quotes can stand nowhere else: in a string its quotes have backslashes.
 * KV_RMV has no such member: its items come last, each behind a comma.
 */
function* writeInSteps(
  writeAtOnce: (reply: Reply) => string,
  reply: Reply,
  { member, items, maxLength }: LongMember,
): Steps<string | undefined> {
  const write = (some: unknown[]) =>
    writeAtOnce({ ...reply, [member]: isList(items) ? some : pairsOf(some) });
  const empty = write([]);
  const memberAt = empty.indexOf(`"${member}":`);
  const isFlat = memberAt < 0;
  const start = isFlat ? empty.length - 2 : memberAt + member.length + 4;
  const parts: string[] = [];
  let [some, length, partLength]: [unknown[], number, number] = [[], 0, 0];
  const writePart = () => {
    parts.push(write(some).slice(start, start - empty.length));
    [some, partLength] = [[], 0];
  };
  // The command itself has taken a part of this turn.
  yield;
  for (const item of items) {
    if (some.length === itemsPerPart || partLength > lengthPerPart) {
      writePart();
      yield;
    }
    const itemLength = lengthOfItem(item);
    [length, partLength] = [length + itemLength, partLength + itemLength];
    if (length > maxLength) return undefined;
    some.push(item);
  }
  writePart();
  yield;
  // Joined once: the text of a long reply is copied as a whole.
  const [first, last] = [empty.slice(0, start), empty.slice(start)];
  parts[0] = first + (parts[0] ?? '');
  parts.push((parts.pop() ?? '') + last);
  return parts.join(isFlat ? '' : ',');
}

/** Pairs that are no list. */
function pairsOf(some: unknown[]): Iterable<unknown> & { readonly size: number } {
  return { size: some.length, [Symbol.iterator]: () => some.values() };
}
