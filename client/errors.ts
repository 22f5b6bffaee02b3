import type { CommandName } from '../protocol/commands/catalog.ts';
import { statusCode, type StatusName } from '../protocol/status.ts';

/** What every error of this client is. */
export class SeshdeckError extends Error {
  override readonly name: string = 'SeshdeckError';
  /** The command that was to be carried out; absent: the error is about no single one. */
  readonly command: CommandName | undefined;

  constructor(message: string, command?: CommandName, options?: ErrorOptions) {
    super(message, options);
    this.command = command;
  }
}

/** The server refused a command. Nothing was changed. */
export class CommandError extends SeshdeckError {
  override readonly name = 'CommandError';
  /** Such as `SessionNotExist`; the reference of the commands lists those of each. */
  readonly status: StatusName;
  /** The number that stands for it on the wire. */
  readonly code: number;
  /** The parameter at fault, or the limit that was reached; "": neither. */
  readonly param: string;

  constructor(command: CommandName, status: StatusName, param = '') {
    const place = param === '' ? '' : ` (${param})`;
    super(`${command} was refused: ${status}${place}`, command);
    this.status = status;
    this.code = statusCode(status);
    this.param = param;
  }
}

/** Why a command was not sent. */
export type NotSentReason =
  | 'timeout'
  | 'aborted'
  /** As many commands wait as may. */
  | 'queue-full'
  /** The message is larger than the server takes. */
  | 'too-large'
  /** The client was closed, or is being drained. */
  | 'closed';

/** A command never left this process: it can safely be sent again. */
export class NotSentError extends SeshdeckError {
  override readonly name = 'NotSentError';
  readonly reason: NotSentReason;

  constructor(command: CommandName, reason: NotSentReason, options?: ErrorOptions) {
    super(`${command} was not sent: ${notSent[reason]}`, command, options);
    this.reason = reason;
  }
}

const notSent: Readonly<Record<NotSentReason, string>> = {
  timeout: 'no connection in time',
  aborted: 'it was aborted',
  'queue-full': 'too many commands are waiting',
  'too-large': 'the message is larger than maxPayloadBytes',
  closed: 'the client is closed',
};

/** Why nobody knows what became of a command. */
export type UnknownReason =
  | 'timeout'
  | 'aborted'
  /** The connection ended before the reply. */
  | 'disconnected'
  /** The client was closed before the reply. */
  | 'closed'
  /** One of several quiet commands was refused, and the reply does not say which. */
  | 'ambiguous';

/** A command was sent, but what became of it is not known. It is never sent again by the client. */
export class OutcomeUnknownError extends SeshdeckError {
  override readonly name = 'OutcomeUnknownError';
  readonly reason: UnknownReason;
  /** Whether it may have changed data. If not, it can safely be sent again. */
  readonly mayHaveChanged: boolean;
  /** Close code of the connection; absent unless it ended. */
  readonly closeCode: number | undefined;

  constructor(
    { command, mayHaveChanged }: { command: CommandName; mayHaveChanged: boolean },
    reason: UnknownReason,
    { closeCode, cause }: { closeCode?: number | undefined; cause?: unknown } = {},
  ) {
    super(
      `${command} was sent, but its outcome is unknown: ${unknown[reason]}`,
      command,
      cause === undefined ? {} : { cause },
    );
    this.reason = reason;
    this.mayHaveChanged = mayHaveChanged;
    this.closeCode = closeCode;
  }
}

const unknown: Readonly<Record<UnknownReason, string>> = {
  timeout: 'no reply in time',
  aborted: 'it was aborted',
  disconnected: 'the connection ended',
  closed: 'the client was closed',
  ambiguous: 'one of several quiet commands was refused',
};

/** A value cannot be stored, or a stored one cannot be read as asked: see `path`. */
export class ValueError extends SeshdeckError {
  override readonly name = 'ValueError';
  /** Names and indices from the parameters, or the reply, to the value. */
  readonly path: readonly (string | number)[];

  constructor(message: string, path: readonly (string | number)[], command?: CommandName) {
    super(path.length === 0 ? message : `${message}, at ${path.join('.')}`, command);
    this.path = path;
  }
}

/** A value does not fit the schema of its key. */
export class SchemaError extends SeshdeckError {
  override readonly name = 'SchemaError';
  readonly key: string;
  /** As the schema describes them. */
  readonly issues: readonly { readonly message: string }[];

  constructor(key: string, issues: readonly { readonly message: string }[]) {
    super(`The value of "${key}" does not fit its schema: ${issues[0]?.message ?? 'no reason'}`);
    this.key = key;
    this.issues = issues;
  }
}
