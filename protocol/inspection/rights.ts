import { listOf, object, oneOf, string, type Codec, type Decoded } from '../codec/codec.ts';

/**
 * What an inspector may do. `look`: see sessions and their keys, connections and figures; `values`: see what keys
 * hold, and texts of messages; `change`: edit sessions; `end`: end sessions, cut connections; `audit`: see the
 * audit list.
 */
export const rightNames = ['look', 'values', 'change', 'end', 'audit'] as const;

/** One of them. */
export type Right = (typeof rightNames)[number];

/** Codec of a right. */
export const right: Codec<Right> = oneOf(...rightNames);

/** Codec of what an inspector may do. */
export const rights = object({
  /** In the order of {@link rightNames}. */
  may: listOf(right),
  /** Only sessions whose names begin so; empty: all. */
  prefix: string,
});

/** What an inspector may do. */
export type Rights = Decoded<typeof rights>;

/** All rights, for all sessions. */
export const fullRights: Rights = { may: [...rightNames], prefix: '' };
