import { createPendingReplies } from './pendingReplies.ts';
import { readingOf } from './reading.ts';
import type { Arrival, Reading, SocketEvent, WireMessage } from '../socketPort.ts';

/** Asks for nothing that any session would notice. */
export const probeText = '{"SV_INFO":{}}';
const probeReplyName = 'SV_INFO_RSP';
const utf8 = new TextEncoder();
const noReading: Reading = { name: '', statuses: [], session: undefined };

/**
 * What is said over one socket, read and paired: each message is parsed here, where the socket
 * lives, so that the page need not know the protocol to show what went over the wire.
 */
export class MessagePairing {
  readonly #pending = createPendingReplies();
  /** When a probe went out whose answer has not come. */
  #probedAtMs: number | undefined;

  sent(message: WireMessage, atMs: number): SocketEvent {
    this.#pending.sent(message, atMs);
    return { type: 'sent', id: message.id, atMs };
  }

  probed(atMs: number): void {
    this.#probedAtMs = atMs;
  }

  arrived(data: unknown, atMs: number): SocketEvent {
    if (typeof data !== 'string') {
      const binary = data instanceof ArrayBuffer ? new Uint8Array(data) : new Uint8Array();
      const bytes = binary.length;
      const unpaired = { answers: undefined, latencyMs: undefined, silent: [] };
      return { type: 'arrived', atMs, text: '', bytes, binary, reading: noReading, ...unpaired };
    }
    const reading = readingOf(data);
    return this.#probeAnswer(reading, atMs) ?? this.#arrival(data, { reading, atMs });
  }

  /** Replies keep the order of requests: the first of its kind, or the first ERR, is the probe's. */
  #probeAnswer({ name, statuses }: Reading, atMs: number): SocketEvent | undefined {
    if (this.#probedAtMs === undefined || (name !== probeReplyName && name !== 'ERR')) {
      return undefined;
    }
    const isUnderstood = name === probeReplyName && statuses[0] === 'Ok';
    const roundTripMs = isUnderstood ? atMs - this.#probedAtMs : undefined;
    this.#probedAtMs = undefined;
    return { type: 'probed', roundTripMs };
  }

  #arrival(text: string, { reading, atMs }: Pick<Arrival, 'reading' | 'atMs'>): Arrival {
    const { request, silentIds } = this.#pending.received({ name: reading.name, text });
    return {
      type: 'arrived',
      atMs,
      text,
      bytes: utf8.encode(text).length,
      binary: undefined,
      reading,
      answers: request?.id,
      latencyMs: request && atMs - request.sentAtMs,
      silent: silentIds,
    };
  }
}
