import type { Command, Redis } from 'ioredis';
import { libraryName } from './library.ts';
import { loadClient } from './loadClient.ts';

/** A call of a function of the library. */
export interface FunctionCall {
  readonly name: string;
  readonly keys: readonly string[];
  readonly args: readonly string[];
}

/** A network that carries less counts as lost, in bytes a millisecond. */
const slowest = 8_000;

/** As long as a timer can be, in milliseconds. */
const endlessMs = 2 ** 31 - 1;

/** What is known of a connection. */
interface Traffic {
  /** When something came from the node last. */
  heardAtMs: number;
  /** When all that was sent should have reached it. */
  sentByMs: number;
  isGivenUp: boolean;
}

/**
 * Calls functions, and gives up when the node has been silent for too long, its connection as well: a machine that is lost
 * closes none. A large request takes time on its way, and a large reply comes in many parts: neither is silence.
 */
export class FunctionCalls {
  readonly #CommandOf: typeof Command;
  readonly #waitMs: number;
  readonly #traffic = new WeakMap<Redis['stream'], Traffic>();

  private constructor(CommandOf: typeof Command, waitMs: number) {
    this.#CommandOf = CommandOf;
    this.#waitMs = waitMs;
  }

  /** @param waitMs How long a node may be silent. */
  static async within(waitMs: number): Promise<FunctionCalls> {
    const client = await loadClient();
    return new FunctionCalls(client.Command, waitMs);
  }

  /** Rejects with what the node or the client says. */
  async call(node: Redis, call: FunctionCall): Promise<unknown> {
    const { name, keys, args } = call;
    const list = [`${libraryName}_${name}`, String(keys.length), ...keys, ...args];
    const command = new this.#CommandOf('fcall', list, { replyEncoding: null });
    // In place of the limit of the client, which counts from when it was given a command.
    command.setTimeout(endlessMs);
    const stop = this.#limit(command, node, lengthOf(call));
    try {
      return await node.sendCommand(command);
    } finally {
      stop();
    }
  }

  /** @returns Ends it. */
  #limit(command: Command, node: Redis, length: number): () => void {
    const { stream } = node;
    const traffic = this.#trafficOf(node);
    const fromMs = Math.max(performance.now(), traffic.sentByMs) + length / slowest;
    traffic.sentByMs = fromMs;
    const leftMs = () => Math.max(fromMs, traffic.heardAtMs) + this.#waitMs - performance.now();
    let timer = setTimeout(look, leftMs());
    function look(): void {
      // This process may have been busy itself, and what the node has said may be waiting to be read.
      setImmediate(() => {
        const moreMs = leftMs();
        if (command.isSettled) return;
        if (moreMs > 0) {
          timer = setTimeout(look, moreMs);
          return;
        }
        command.reject(new Error('The node does not answer'));
        // The node may have another connection by now.
        if (traffic.isGivenUp || node.stream !== stream) return;
        traffic.isGivenUp = true;
        node.disconnect(true);
      });
    }
    return () => clearTimeout(timer);
  }

  #trafficOf({ stream }: Redis): Traffic {
    const known = this.#traffic.get(stream);
    if (known) return known;
    const traffic = { heardAtMs: 0, sentByMs: 0, isGivenUp: false };
    this.#traffic.set(stream, traffic);
    stream.on('data', () => {
      traffic.heardAtMs = performance.now();
    });
    return traffic;
  }
}

/** Characters of the arguments of a call. */
export function lengthOf({ args }: FunctionCall): number {
  return args.reduce((sum, { length }) => sum + length, 0);
}
