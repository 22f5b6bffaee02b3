/**
 * The contract of the inspection socket (`/inspect`): what the console's session inspector and the
 * server say to each other. Each frame is `{"<type>":{…}}`. Looking never touches a session.
 *
 * Proof travels as a WebSocket subprotocol, because browsers can set no header and a secret has no
 * place in a URL: the client offers {@link inspectionProtocol} and one of the proofs below, the
 * server picks the former or refuses the upgrade.
 */
export const inspectionProtocol = 'seshdeck.inspect.v1';

/** Prefix of the subprotocol that carries a ticket from `GET /inspect/ticket`. */
export const ticketPrefix = 'seshdeck.ticket.';

/** Prefix of the subprotocol that carries the inspection key, as base64url of its UTF-8. */
export const inspectionKeyPrefix = 'seshdeck.key.';

/** Why the server closes a connection, with code 1008, whose key no longer counts. */
export const revokedReason = 'The inspection key was removed';
