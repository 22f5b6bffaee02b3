import { object, oneOf, optional, string } from '../codec/codec.ts';

// Apart from the names of subprotocols, which the client has in pages without any codec.

/** Answer of `GET /inspect/ticket`. */
export const ticketAnswer = object({
  /** Absent when this server wants the inspection key instead. */
  ticket: optional(string),
  proof: oneOf('ticket', 'key', 'off'),
});
