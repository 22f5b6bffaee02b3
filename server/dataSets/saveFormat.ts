import {
  boolean,
  object,
  optional,
  string,
  token,
  unsigned,
  type Decoded,
} from '../../protocol/codec/codec.ts';

/**
 * A save is a text of lines: the heading; for each session a line about it and one line
 * `["key",value]` for each of its keys; and a last line with a checksum over all before it. A save
 * cut short has no such line, one with a changed byte the wrong one.
 */
export const heading = '{"seshdeck":"data set","version":1}';

/** What the line of a session says of it. */
export const sessionLine = object({
  tkn: token,
  name: string,
  shared: boolean,
  expiry: optional(object({ durationSec: unsigned, deleteSession: boolean })),
  extension: optional(object({ onSetAdd: boolean, onGet: boolean })),
  /** How many lines of keys follow. */
  keys: unsigned,
});

export type SessionLine = Decoded<typeof sessionLine>;

/** How the last line begins, and no other. */
export const lastLineStart = '{"sha256":';

export function lastLine(checksum: string): string {
  return `${lastLineStart}"${checksum}"}`;
}
