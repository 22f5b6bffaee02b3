/** Where a node is. */
export interface NodeAddress {
  readonly host: string;
  readonly port: number;
}

/** How to reach Redis or Valkey. */
export interface RedisAccess {
  /** One, or some of the nodes of a cluster. */
  readonly nodes: readonly NodeAddress[];
  /** `auto`: the first node that answers is asked. */
  readonly cluster: 'auto' | 'on' | 'off';
  readonly isTls: boolean;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** How long a request may wait for a node, in milliseconds. */
  readonly waitMs: number;
  /**
   * When a change is confirmed: when a replica has it too, as long as there is one (`replica`) or only then
   * (`strict`), or when its node has it.
   */
  readonly ack: 'replica' | 'strict' | 'master';
}
