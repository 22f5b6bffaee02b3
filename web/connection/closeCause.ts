/** How a connection ended, as the browser told it, with the reason in plain words. */
export interface CloseFacts {
  /** WebSocket close code. */
  readonly code: number;
  /** The other side's own words; often empty. */
  readonly reason: string;
  /** One or two sentences for a person. */
  readonly cause: string;
}

const causes: Readonly<Record<number, string>> = {
  1000: 'The connection was closed normally.',
  1001: 'The server is shutting down or restarting.',
  1002: 'One side broke the WebSocket protocol.',
  1003: 'The server does not take this kind of message.',
  1005: 'The server closed the connection without saying why.',
  1007: 'The message was not valid UTF-8 text.',
  1008: 'The message broke a rule of the server.',
  1009: 'The message was larger than the server accepts. Your data is untouched.',
  1011: 'The server met a failure of its own.',
  1012: 'The server is restarting.',
  1013: 'The server cut this connection off because it read too slowly.',
};

/** Puts a close into words. `wasOpen` tells a lost connection from one that never came about. */
export function explainClose(
  { code, reason }: { code: number; reason: string },
  { wasOpen, address }: { wasOpen: boolean; address: string },
): CloseFacts {
  return { code, reason, cause: causes[code] ?? unknownCause(code, { wasOpen, address }) };
}

function unknownCause(code: number, { wasOpen, address }: { wasOpen: boolean; address: string }) {
  if (code !== 1006) return `The connection was closed with code ${code}.`;
  if (wasOpen)
    return 'The connection broke without a goodbye: the server stopped or the network failed.';
  return `Nothing answered at ${address}. Is the server running, and is the address right?`;
}
