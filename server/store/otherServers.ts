/** A server that shares the store with others. */
export interface ServerRef {
  /** Of its process. */
  readonly id: string;
  /** Which operators gave it; two may have the same. */
  readonly name: string;
}

/** What a store has that several servers can share. */
export interface SharedStore {
  /** Absent: no other server can share it. */
  readonly others?: OtherServers | undefined;
}

/** The way to other servers that share a store, for inspectors. What is sent may get lost, and is not kept. */
export interface OtherServers {
  /** This server. */
  readonly own: ServerRef;
  /** Those that run, as far as known; without this one. */
  list(): readonly ServerRef[];
  /** From now on all servers receive what is sent to them, within some seconds. @returns Ends that. */
  open(): () => void;
  /** Sends to the server of an id. */
  send(id: string, text: string): void;
  /** Hands over what others send. One at a time. */
  receive(listener: (text: string) => void): void;
}
