import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Caller, Callers } from './callers.ts';

/** Names of this machine that a browser page of ours can have in its address. */
const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Ports of URLs that name none. */
const defaultPorts = { http: '80', https: '443' } as const;

const hostPattern = /^(\[[0-9a-f:.]+\]|[^:[\]/\s]+)(?::(\d{1,5}))?$/;

/** Headers, and the end of the connection on our side: what the peer has dialled. */
type Request = Pick<IncomingMessage, 'socket' | 'headers'>;
type DialledAddress = Pick<Socket, 'localAddress' | 'localPort'>;

export interface HostPolicyOptions {
  /** `name` (on our port, or without one) or `name:port`. */
  readonly allowHosts: readonly string[];
  /** Origins exactly as browsers send them. */
  readonly allowOrigins: readonly string[];
  readonly callers: Callers;
}

/**
 * Who may talk to us from a browser. A foreign page can reach a server on this machine, by its
 * address or by a name that it makes point here (DNS rebinding); it cannot forge these headers.
 */
export class HostPolicy {
  readonly #allowHosts: ReadonlySet<string>;
  readonly #allowOrigins: ReadonlySet<string>;
  readonly #callers: Callers;

  constructor({ allowHosts, allowOrigins, callers }: HostPolicyOptions) {
    this.#allowHosts = new Set(allowHosts.map((host) => host.toLowerCase()));
    this.#allowOrigins = new Set(allowOrigins.map((origin) => origin.toLowerCase()));
    this.#callers = callers;
  }

  /** Whether the request was sent to one of our host names. */
  isForUs(request: Request): boolean {
    return this.foreignHosts(request).length === 0;
  }

  /** Host names in the request that are not ours. */
  foreignHosts(request: Request): (string | undefined)[] {
    const { hosts, scheme } = this.#callers.callerOf(request);
    return hosts.filter((host) => !this.#isOurs(host, scheme, request.socket));
  }

  /** @param origin The `Origin` header: of our own console, or of a page that is allowed. */
  isOurOrigin(origin: string, request: Request): boolean {
    if (this.#allowOrigins.has(origin.toLowerCase())) return true;
    const { scheme } = this.#callers.callerOf(request);
    const start = `${scheme}://`;
    const lowerCase = origin.toLowerCase();
    return (
      lowerCase.startsWith(start) &&
      this.#isOurs(lowerCase.slice(start.length), scheme, request.socket)
    );
  }

  /** Whether a page of this origin was served under the name that the request bears. */
  isSameOrigin(origin: string, request: Request): boolean {
    const { hosts, scheme } = this.#callers.callerOf(request);
    return origin.toLowerCase() === `${scheme}://${hosts.at(-1)?.toLowerCase()}`;
  }

  #isOurs(host: string | undefined, scheme: Caller['scheme'], dialled: DialledAddress): boolean {
    const [whole, name = '', given] = hostPattern.exec(String(host).toLowerCase()) ?? [];
    if (host === undefined || whole === undefined) return false;
    const port = given ?? defaultPorts[scheme];
    const isOurPort = Number(port) === dialled.localPort;
    if (isOurPort && (loopbackNames.has(name) || name === addressOf(dialled))) return true;
    return this.#isAllowed(name, port, isOurPort || given === undefined);
  }

  #isAllowed(name: string, port: string, isUsualPort: boolean): boolean {
    if (this.#allowHosts.has(`${name}:${port}`)) return true;
    return isUsualPort && this.#allowHosts.has(name);
  }
}

function addressOf({ localAddress }: DialledAddress): string | undefined {
  const address = localAddress?.replace(/^::ffff:/, '');
  return address?.includes(':') ? `[${address}]` : address;
}
