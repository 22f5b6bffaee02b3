/** What one client may take. Everything that can grow has its limit here. */
export interface Limits {
  /** Open WebSockets, data and inspection together; one more is refused with 503. */
  readonly maxConnections: number;
  /** TCP connections beyond those, for HTTP. */
  readonly maxHttpConnections: number;
  /** Requests of one connection that wait for their turn; then it is read no further. */
  readonly maxFramesInFlight: number;
  /** Requests of one connection that the store works on at a time. */
  readonly maxInFlight: number;
  /** Bytes of such requests from which the next one waits. */
  readonly maxInFlightBytes: number;
  /** Bytes that wait for a slow reader; from here on nothing more is worked or read for it. */
  readonly highWaterBytes: number;
  /** Bytes that wait for a slow reader at most; beyond, it is cut off with 1013. */
  readonly maxQueuedBytes: number;
  /** A reader that takes nothing for so long while bytes wait is cut off with 1013. */
  readonly stallMs: number;
  /** Time for the closing handshake before the connection is dropped. */
  readonly closeGraceMs: number;
  /** Peers are looked after this often; one silent for so long is pinged. */
  readonly heartbeatMs: number;
  /** Heartbeats without a sign of life after which a peer is dropped. */
  readonly maxSilentBeats: number;
  /** At shutdown: how long requests that have arrived may go on being answered. */
  readonly drainMs: number;
  /** The console's files in memory, compressed copies included. */
  readonly maxSiteBytes: number;
  /** Messages of an inspector. */
  readonly maxInspectionPayloadBytes: number;
  /** Answer to a wrong proof comes after so long. */
  readonly refusalDelayMs: number;
  /** Delayed refusals at a time; the next ones are cut off without an answer. */
  readonly maxDelayedRefusals: number;
}

const MiB = 1024 * 1024;

export const defaultLimits: Limits = {
  maxConnections: 1024,
  maxHttpConnections: 256,
  maxFramesInFlight: 1024,
  maxInFlight: 64,
  maxInFlightBytes: 4 * MiB,
  highWaterBytes: MiB,
  // One reply may hold a value of 64 MiB (D41), and then some.
  maxQueuedBytes: 128 * MiB,
  stallMs: 20_000,
  closeGraceMs: 1_000,
  heartbeatMs: 30_000,
  maxSilentBeats: 6,
  drainMs: 500,
  maxSiteBytes: 64 * MiB,
  maxInspectionPayloadBytes: 64 * 1024,
  refusalDelayMs: 300,
  maxDelayedRefusals: 32,
};
