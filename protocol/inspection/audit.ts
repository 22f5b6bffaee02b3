import { listOf, object, oneOf, optional, string, unsigned, type Decoded } from '../codec/codec.ts';
import { right } from './rights.ts';

/** Codec of {@link AuditEntry}. */
export const auditEntry = object({
  /** Counts up from 1 since the server started. */
  number: unsigned,
  /** When it was done, or done last. Unix time in milliseconds. */
  atMs: unsigned,
  /** How often in a row; absent: once. */
  times: optional(unsigned),
  /** Name of the key; `ticket` for the console of a loopback server, `key` for the key without a name. */
  key: string,
  /** Where the inspector is. */
  address: optional(string),
  /** `reveal`: of a token; `change` and `end`: by a command; `cut`: of a connection; `backup`: of all sessions. */
  action: oneOf('reveal', 'change', 'end', 'cut', 'backup', 'refused'),
  /** What was carried out, or refused. */
  command: optional(string),
  /** The request that was refused. */
  request: optional(string),
  /** Id of the session that it was about. */
  session: optional(string),
  /** Number of the connection that was cut. */
  connection: optional(unsigned),
  /** Name of the server that had it. Absent: this one. */
  server: optional(string),
  /** Code of the reply to a command; absent: the reply has none. */
  status: optional(unsigned),
  /** Of what was refused: the right that is missing; absent: the key is not for all sessions. */
  right: optional(right),
});

/** Something that an inspector did, or was refused. */
export type AuditEntry = Decoded<typeof auditEntry>;

/** Codec of what the audit list has to say. */
export const auditPart = object({
  /** As in the question. */
  number: unsigned,
  /** Those that are new, or happened again, since the frame before, the oldest first. */
  entries: listOf(auditEntry),
  /** Older ones are not kept any more. */
  dropped: unsigned,
});
