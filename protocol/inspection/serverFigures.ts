import { type Decoded, listOf, object, optional, string, unsigned } from '../codec/codec.ts';

/** Seconds of which a server remembers its figures. */
export const rememberedSec = 300;

const figuresSample = object({
  /** Unix time in milliseconds. */
  atMs: unsigned,
  /** When sessions, keys and bytes were counted; absent: at this moment. Unix time in milliseconds. */
  asOfMs: optional(unsigned),
  /** Absent: the store could not say. */
  sessions: optional(unsigned),
  keys: optional(unsigned),
  /** Memory of sessions and keys, as `--max-memory` counts it. */
  bytes: optional(unsigned),
  /** Connections to the data socket. */
  clients: unsigned,
  /** Messages answered since the start. */
  answered: unsigned,
  /** Those of them whose reply was a refusal or a failure. */
  failed: unsigned,
  /** JavaScript heap in use. */
  heapBytes: unsigned,
  /** Absent: the server does not know. */
  residentBytes: optional(unsigned),
  /** Processor time of the server since its start. */
  cpuMs: optional(unsigned),
  /** How late the timers of the event loop fired at most since the sample before, in microseconds. */
  delayUs: unsigned,
});

/** Figures of a server at one moment. */
export type FiguresSample = Decoded<typeof figuresSample>;

const statusCount = object({ status: unsigned, count: unsigned });

const commandCount = object({
  /** Absent: messages that named no command that there is. */
  command: optional(string),
  /** By the code of the reply; only those that occurred. */
  statuses: listOf(statusCount),
  /** From a message to its reply, all together, in microseconds. */
  totalUs: unsigned,
});

/** What was answered to one command since the start of the server. */
export type CommandCount = Decoded<typeof commandCount>;

/** How a server is doing: the figures of its `/metrics`, and how some of them were lately. */
export const overview = object({
  /** As in the question. */
  number: unsigned,
  /** Unix time in milliseconds of the start of the process. */
  startedAtMs: unsigned,
  now: figuresSample,
  /** One for each second, the oldest first: all that are remembered, then those since the frame before. */
  history: listOf(figuresSample),
  commands: listOf(commandCount),
  /** Open inspection sockets. */
  inspectors: unsigned,
  /** Connections refused before they opened, or cut off later. */
  refused: listOf(object({ reason: string, count: unsigned })),
  /** Largest JavaScript heap. */
  heapLimitBytes: unsigned,
  /** Faults that were caught nowhere else. */
  faults: unsigned,
  /** How often the event loop was asked whether its timers fire late, and how late they were together. */
  delays: object({ count: unsigned, totalUs: unsigned }),
  /** Syncs of the journal; absent: there is none. */
  syncs: optional(object({ count: unsigned, totalUs: unsigned })),
});

/** Figures of a server without what belongs to one inspector. */
export type ServerOverview = Omit<Decoded<typeof overview>, 'number' | 'history'>;
