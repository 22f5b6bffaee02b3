import type { Cluster, Redis } from 'ioredis';
import { loadClient } from './loadClient.ts';

/** The nodes of a cluster, or the only one. Which has a hash slot may change at any time. */
export class Nodes {
  readonly #client: Redis | Cluster;
  readonly #byKey = new Map<string, Redis>();
  readonly #slots = new Map<string, number>();
  readonly #slotOf: (key: string) => number;

  private constructor(client: Redis | Cluster, slotOf: (key: string) => number) {
    this.#client = client;
    this.#slotOf = slotOf;
    if (!('nodes' in client)) return;
    for (const node of client.nodes('all')) this.#add(node);
    client.on('+node', (node: Redis) => this.#add(node));
    client.on('-node', (node: Redis) => {
      // Another connection to it may be there already.
      if (this.#byKey.get(keyOf(node)) === node) this.#byKey.delete(keyOf(node));
    });
  }

  static async of(client: Redis | Cluster): Promise<Nodes> {
    const { Command } = await loadClient();
    return new Nodes(client, (key) => new Command('get', [key]).getSlot());
  }

  #add(node: Redis): void {
    this.#byKey.set(keyOf(node), node);
  }

  /** The node that has a key; undefined: there is no connection to it now. */
  nodeFor(key: string): Redis | undefined {
    const node = this.#ownerOf(key);
    if (node?.status === 'ready') return node;
    // The client would keep what it is given now, and not say later whether it has sent it.
    if (node?.status === 'wait') void node.connect().catch(() => undefined);
    return undefined;
  }

  #ownerOf(key: string): Redis | undefined {
    if (!('nodes' in this.#client)) return this.#client;
    let slot = this.#slots.get(key);
    if (slot === undefined) {
      slot = this.#slotOf(key);
      this.#slots.set(key, slot);
    }
    return this.#byKey.get(this.#client.slots[slot]?.[0] ?? '');
  }

  get masters(): Redis[] {
    return 'nodes' in this.#client ? this.#client.nodes('master') : [this.#client];
  }

  get replicas(): Redis[] {
    return 'nodes' in this.#client ? this.#client.nodes('slave') : [];
  }

  /** Asks which node has which slots. */
  async refresh(): Promise<void> {
    const client = this.#client;
    if (!('nodes' in client)) return;
    await new Promise<void>((resolve) => {
      client.refreshSlotsCache(() => resolve());
    });
  }
}

/** Its address, which stays when another connection to it is made. */
export function keyOf({ options: { host, port } }: Redis): string {
  return `${host}:${port}`;
}
