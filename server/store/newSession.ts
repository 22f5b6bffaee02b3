/** When the data of a session is deleted. */
export interface Expiry {
  /** Whole seconds, from 1. */
  readonly durationSec: number;
  /** true: the session goes too. false: it stays, empty, and its time starts again. */
  readonly deleteSession: boolean;
}

/** What is to be another from now on in the expiry of a session; what is absent stays as it is. */
export interface NewExpiry {
  /** Whole seconds; 0: never expires. */
  readonly durationSec?: number | undefined;
  /** A session that had no expiry is deleted unless this is false. */
  readonly deleteSession?: boolean | undefined;
}

/** Which commands restart the time of an expiring session. */
export interface Extension {
  /** setKeys and addKeys do. */
  readonly onSetAdd: boolean;
  /** getKeys does. */
  readonly onGet: boolean;
}

/** A session to be made. Without `expiry` it lives until it is ended. */
export interface NewSession {
  readonly name: string;
  readonly shared: boolean;
  readonly expiry?: Expiry | undefined;
  /** Absent: nothing moves the deadline. */
  readonly extension?: Extension | undefined;
}
