import type { CommandName } from '../../protocol/commands/catalog.ts';
import { writeReply as writeAtOnce } from '../../protocol/wire/reply.ts';
import type { Steps } from '../../protocol/steps.ts';
import type { Eventually } from '../eventually.ts';
import { OneByOne } from '../turns.ts';

/** Items of a list or map that are written before others have their turn. */
export const itemsPerSlice = 20_000;

/** Members whose length a client decides. */
const longMembers = ['keys', 'paths', 'exist'];

/** Members of a successful reply. */
export type Reply = Readonly<Record<string, unknown>>;

/** Whether a reply has more characters of keys, values and paths than the heap has room for. */
export function isTooLong(reply: Reply, maxLength: number): boolean {
  let length = 0;
  const count = (item: unknown) => {
    if (typeof item === 'string') length += item.length;
  };
  for (const member of longMembers) {
    const items = reply[member];
    if (Array.isArray(items)) items.forEach(count);
    else if (items instanceof Map) {
      for (const [key, value] of items as ReadonlyMap<unknown, unknown>) {
        count(key);
        count(value);
      }
    }
  }
  return length > maxLength;
}

/** One by one, as each is in the heap several times. */
const writing = new OneByOne();

/** Writes a successful reply: at once, or, when it has very many keys or paths, in slices. */
export function writeReply(name: CommandName, reply: Reply): Eventually<string> {
  for (const member of longMembers) {
    const items = reply[member];
    if (items instanceof Map && items.size > itemsPerSlice) {
      const write = (some: [unknown, unknown][]) =>
        writeAtOnce(name, { ...reply, [member]: new Map(some) });
      return writing.run(writeInSteps<[unknown, unknown]>(items, write, member));
    }
    if (Array.isArray(items) && items.length > itemsPerSlice) {
      const write = (some: unknown[]) => writeAtOnce(name, { ...reply, [member]: some });
      return writing.run(writeInSteps<unknown>(items, write, member));
    }
  }
  return writeAtOnce(name, reply);
}

/**
 * Writes the whole reply with some of the items at a time, and puts together what stands between the
 * brackets. The member's name in quotes can stand nowhere else: in a string its quotes have backslashes.
 * KV_RMV has no such member: its items come last, each behind a comma.
 */
function* writeInSteps<T>(
  items: Iterable<T>,
  write: (some: T[]) => string,
  member: string,
): Steps<string> {
  const empty = write([]);
  const memberAt = empty.indexOf(`"${member}":`);
  const isFlat = memberAt < 0;
  const start = isFlat ? empty.length - 2 : memberAt + member.length + 4;
  const parts: string[] = [];
  const writePart = (some: T[]) => parts.push(write(some).slice(start, start - empty.length));
  let some: T[] = [];
  for (const item of items) {
    if (some.length === itemsPerSlice) {
      writePart(some);
      some = [];
      yield;
    }
    some.push(item);
  }
  writePart(some);
  return empty.slice(0, start) + parts.join(isFlat ? '' : ',') + empty.slice(start);
}
