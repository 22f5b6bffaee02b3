import { getHeapStatistics } from 'node:v8';

/** What clients may take. Everything that can grow has its limit here; docs/operations.md lists them. */
export interface Limits {
  /** Open WebSockets, data and inspection together; one more is refused with 503. */
  readonly maxConnections: number;
  /** Of those, from one address; of IPv6, from one network of 64 bits. */
  readonly maxConnectionsPerAddress: number;
  /** A WebSocket on which nothing was asked for so long may be closed when others need the room. */
  readonly unusedGraceMs: number;
  /** TCP connections beyond those, for HTTP and for handshakes; then the oldest silent one is dropped. */
  readonly maxHttpConnections: number;
  /** Time for a whole request, the silence before it included; as long for a TLS handshake. */
  readonly requestMs: number;
  /** Time between two requests on one connection. */
  readonly keepAliveMs: number;
  /** An answer of which nothing is read for so long is broken off. */
  readonly answerMs: number;
  /** How often those times are looked at. */
  readonly timeoutCheckMs: number;
  /** Pieces of one message. */
  readonly maxFragments: number;
  /** Requests of one connection that wait for their turn; then it is read no further. */
  readonly maxWaiting: number;
  /** Bytes of such requests at which it is read no further. */
  readonly maxWaitingBytes: number;
  /** Requests of one connection that the store works on at a time. */
  readonly maxInFlight: number;
  /** Bytes of requests in flight at which the next one waits. */
  readonly maxInFlightBytes: number;
  /** Requests that wait or have come in part, of all connections; beyond, the worst one is closed. */
  readonly maxTotalWaitingBytes: number;
  /** Bytes that wait for a slow reader; from here on nothing more is worked or read for it. */
  readonly highWaterBytes: number;
  /** Bytes that wait for a slow reader at most; beyond, it is cut off with 1013. */
  readonly maxQueuedBytes: number;
  /** Bytes that wait for all slow readers together; beyond, the worst of them is closed. */
  readonly maxTotalQueuedBytes: number;
  /** A reader that takes less than 64 KiB in so long while bytes wait is cut off with 1013. */
  readonly stallMs: number;
  /** Time for the closing handshake before the connection is dropped. */
  readonly closeGraceMs: number;
  /** Peers are looked after this often; one silent for so long is pinged. */
  readonly heartbeatMs: number;
  /** Heartbeats without a sign of life after which a peer is dropped. */
  readonly maxSilentBeats: number;
  /** At shutdown: how long requests that have arrived may still be answered. */
  readonly drainMs: number;
  /** At shutdown: how long it may take to end a running save, and as long to answer it. */
  readonly endWorkMs: number;
  /** At shutdown: how long what was started before may still take to be answered. */
  readonly lastAnswersMs: number;
  /** At shutdown: how long a disk may take to sync what was carried out, before its replies are given up. */
  readonly lastSyncMs: number;
  /** At shutdown: how long the closing handshakes may take. */
  readonly closeMs: number;
  /** The console's files in memory, compressed copies included. */
  readonly maxSiteBytes: number;
  /** Messages of an inspector, beside four times the largest message of a client, which `act` may carry. */
  readonly maxInspectionPayloadBytes: number;
  /** Tokens of no session that an address may name for nothing. */
  readonly maxMisses: number;
  /** Such tokens that it gets for nothing every second, up to {@link maxMisses}. */
  readonly missesPerSec: number;
  /** Answer to a wrong proof comes after so long. */
  readonly refusalDelayMs: number;
  /** Delayed refusals at a time; the next ones are cut off without an answer. */
  readonly maxDelayedRefusals: number;
}

const MiB = 1024 * 1024;

export const defaultLimits: Limits = {
  maxConnections: 1536,
  maxConnectionsPerAddress: 1024,
  unusedGraceMs: 5_000,
  maxHttpConnections: 256,
  requestMs: 8_000,
  keepAliveMs: 5_000,
  answerMs: 20_000,
  timeoutCheckMs: 1_000,
  maxFragments: 16_384,
  maxWaiting: 1024,
  maxInFlight: 64,
  maxInFlightBytes: 4 * MiB,
  // Two of the largest messages.
  maxWaitingBytes: 4 * MiB,
  // Texts that are being worked are in the JavaScript heap, whose size is set where the server starts.
  maxTotalWaitingBytes: Math.min(256 * MiB, getHeapStatistics().heap_size_limit / 4),
  highWaterBytes: MiB,
  // One reply may hold a value of 64 MiB (D41), and then some.
  maxQueuedBytes: 128 * MiB,
  maxTotalQueuedBytes: 256 * MiB,
  stallMs: 20_000,
  closeGraceMs: 1_000,
  heartbeatMs: 30_000,
  maxSilentBeats: 6,
  drainMs: 700,
  endWorkMs: 200,
  lastAnswersMs: 400,
  lastSyncMs: 5_000,
  closeMs: 400,
  maxSiteBytes: 64 * MiB,
  maxInspectionPayloadBytes: 64 * 1024,
  // One SH_EXISTS may name 95,000 tokens. At 1,000 a second, one of a million sessions is guessed in 580 years.
  maxMisses: 100_000,
  missesPerSec: 1_000,
  refusalDelayMs: 300,
  maxDelayedRefusals: 32,
};
