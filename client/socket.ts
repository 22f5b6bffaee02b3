/** The part of a WebSocket that is used: browsers, Node 22 and `ws` all have it. */
export interface SocketLike {
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null;
  onerror: (() => void) | null;
  /** @param options Only for `ws`: text is in bytes. */
  send(text: string | Uint8Array, options?: { readonly binary: false }): void;
  close(code?: number, reason?: string): void;
  /** Drops the connection without a closing handshake. Only `ws` has it. */
  terminate?(): void;
  /** Only `ws` has it: the response to the handshake, and with it the stream below. */
  on?(
    event: 'upgrade',
    listener: (response: { readonly socket: { cork(): void; uncork(): void } }) => void,
  ): void;
  /** The server has answered the handshake with a status of HTTP. Who listens must end the socket. */
  on?(
    event: 'unexpected-response',
    listener: (request: unknown, response: { readonly statusCode?: number }) => void,
  ): void;
}

/** A class of WebSockets: that of browsers and Node 22, or of the package `ws`. */
export type SocketClass = new (
  url: string,
  protocols?: string[],
) => { send(text: string): void; close(code?: number, reason?: string): void };

/** Begins to connect. */
export function openSocket(
  socketClass: SocketClass,
  url: string,
  protocols: string[] | undefined,
): SocketLike {
  // Their handlers take an event each, in types that have nothing in common.
  return new socketClass(url, protocols) as SocketLike;
}

/**
 * The given class, else the global WebSocket, else that of the package `ws`.
 * @throws when there is none.
 */
export async function socketClass(given: SocketClass | undefined): Promise<SocketClass> {
  if (given) return given;
  const { WebSocket } = globalThis as { WebSocket?: unknown }; // Node 20 has none.
  if (WebSocket !== undefined) return WebSocket as SocketClass;
  // Not a literal: bundlers for browsers would look for the package.
  const name = 'ws';
  const ws = (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as {
    WebSocket: SocketClass;
  };
  return ws.WebSocket;
}
