import type { ReconnectDelays } from './backoff.ts';
import type { TraceCall } from './caller.ts';
import type { CallLimits } from './calls.ts';
import type { NumberForm } from './exactNumber.ts';
import { inRange, maxTimeMs } from './inRange.ts';
import type { SocketClass } from './socket.ts';

/** How a client behaves. All of it may be left out. */
export interface ConnectOptions {
  /** Milliseconds that a call may take, connecting included. Default: 5,000. */
  readonly timeoutMs?: number;
  /** Milliseconds for one attempt to connect. Default: 5,000. */
  readonly connectTimeoutMs?: number;
  /** What calls may take that have no reply yet: beyond, they are refused with `queue-full`. */
  readonly queue?: {
    /** Calls. Default: 10,000. */
    readonly max?: number;
    /** Bytes of their messages. Default: 8 MiB. */
    readonly bytes?: number;
  };
  /** The largest message that the server takes, in bytes (`--max-payload`). Default: 2 MiB. */
  readonly maxPayloadBytes?: number;
  /** What stands for numbers that a JavaScript number cannot hold. Default: `text`. */
  readonly numbers?: NumberForm;
  readonly reconnect?: Partial<ReconnectDelays>;
  /** Default: the global WebSocket, else that of the package `ws`. */
  readonly WebSocket?: SocketClass;
  /** For tracing: called for every command. */
  readonly onCall?: TraceCall;
  /** For {@link Session.watch}. It opens every session: for servers and tools only. */
  readonly inspectionKey?: string;
}

/** The options with all that may be left out. */
export interface Settings {
  readonly addresses: readonly string[];
  readonly limits: CallLimits;
  readonly connectTimeoutMs: number;
  readonly numbers: NumberForm;
  readonly delays: ReconnectDelays;
  readonly socketClass: SocketClass | undefined;
  readonly trace: TraceCall | undefined;
  readonly inspectionKey: string | undefined;
}

const forms: readonly NumberForm[] = ['text', 'bigint', 'number'];

/**
 * Checks the options.
 * @throws {TypeError} for an address that is none, and a number form that there is not.
 * @throws {RangeError} for a number out of range.
 */
export function readOptions(
  addresses: string | URL | readonly (string | URL)[],
  options: ConnectOptions,
): Settings {
  const { numbers = 'text', connectTimeoutMs = 5_000 } = options;
  if (!forms.includes(numbers)) throw new TypeError('numbers must be text, bigint or number');
  const list = typeof addresses === 'string' || addresses instanceof URL ? [addresses] : addresses;
  if (list.length === 0) throw new TypeError('There must be an address to connect to');
  return {
    addresses: list.map(addressOf),
    limits: limitsOf(options),
    connectTimeoutMs: inRange('connectTimeoutMs', connectTimeoutMs, maxTimeMs),
    numbers,
    delays: delaysOf(options),
    socketClass: options.WebSocket,
    trace: options.onCall,
    inspectionKey: options.inspectionKey,
  };
}

function limitsOf({
  timeoutMs = 5_000,
  queue: { max = 10_000, bytes = 8 * 1024 * 1024 } = {},
  maxPayloadBytes = 2 * 1024 * 1024,
}: ConnectOptions): CallLimits {
  return {
    timeoutMs: inRange('timeoutMs', timeoutMs, maxTimeMs),
    maxCalls: inRange('queue.max', max),
    maxBytes: inRange('queue.bytes', bytes),
    maxPayloadBytes: inRange('maxPayloadBytes', maxPayloadBytes),
  };
}

function delaysOf({
  reconnect: { minMs = 100, maxMs = 10_000 } = {},
}: ConnectOptions): ReconnectDelays {
  return {
    minMs: inRange('reconnect.minMs', minMs, maxTimeMs),
    maxMs: inRange('reconnect.maxMs', maxMs, maxTimeMs),
  };
}

function addressOf(given: string | URL): string {
  const { protocol, hash, href } = new URL(given);
  if (protocol !== 'ws:' && protocol !== 'wss:') {
    throw new TypeError(`The address must begin with ws:// or wss://, got ${protocol}`);
  }
  if (hash !== '') throw new TypeError('The address must not have a part after #');
  return href;
}
