import type { CommandName } from '../../protocol/commands/catalog.ts';
import { writeReply as writeAtOnce } from '../../protocol/wire/reply.ts';
import { inSlices, mapEventually, type Eventually } from '../eventually.ts';

/** Items of a list or map that are written before others have their turn. */
export const itemsPerSlice = 20_000;

/** Members whose length a client decides. */
const longMembers = ['keys', 'paths', 'exist'];

type Reply = Readonly<Record<string, unknown>>;

/** Writes a successful reply: at once, or, when it has very many keys or paths, in slices. */
export function writeReply(name: CommandName, reply: Reply): Eventually<string> {
  for (const member of longMembers) {
    const items = reply[member];
    if (items instanceof Map && items.size > itemsPerSlice) {
      const entries = [...(items as ReadonlyMap<unknown, unknown>)];
      return writeInSlices(
        entries,
        (some) => writeAtOnce(name, { ...reply, [member]: new Map(some) }),
        member,
      );
    }
    if (Array.isArray(items) && items.length > itemsPerSlice) {
      return writeInSlices(
        items as unknown[],
        (some) => writeAtOnce(name, { ...reply, [member]: some }),
        member,
      );
    }
  }
  return writeAtOnce(name, reply);
}

/**
 * Writes the whole reply with some of the items at a time, and puts together what stands between the
 * brackets. The member's name in quotes can stand nowhere else: in a string its quotes have backslashes.
 */
function writeInSlices<T>(
  items: readonly T[],
  write: (some: T[]) => string,
  member: string,
): Eventually<string> {
  const empty = write([]);
  const start = empty.indexOf(`"${member}":`) + member.length + 4;
  const parts: string[] = [];
  const written = inSlices({ count: items.length, perSlice: itemsPerSlice }, (from, to) => {
    parts.push(write(items.slice(from, to)).slice(start, start - empty.length));
  });
  return mapEventually(written, () => empty.slice(0, start) + parts.join(',') + empty.slice(start));
}
