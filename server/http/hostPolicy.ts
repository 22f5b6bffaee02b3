import type { Socket } from 'node:net';

/** Names of this machine that a browser page of ours can have in its address. */
const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Port of an http URL that names none. */
const httpPort = '80';

const hostPattern = /^(\[[0-9a-f:.]+\]|[^:[\]/\s]+)(?::(\d{1,5}))?$/;

/** The end of a connection on our side: what the peer has dialled. */
export type DialledAddress = Pick<Socket, 'localAddress' | 'localPort'>;

export interface HostPolicyOptions {
  /** `name` (on our port, or without one) or `name:port`. */
  readonly allowHosts: readonly string[];
  /** Origins exactly as browsers send them. */
  readonly allowOrigins: readonly string[];
}

/**
 * Who may talk to us from a browser. A foreign page can reach a server on this machine, by its
 * address or by a name that it makes point here (DNS rebinding); it cannot forge these headers.
 */
export class HostPolicy {
  readonly #allowHosts: ReadonlySet<string>;
  readonly #allowOrigins: ReadonlySet<string>;

  constructor({ allowHosts, allowOrigins }: HostPolicyOptions) {
    this.#allowHosts = new Set(allowHosts.map((host) => host.toLowerCase()));
    this.#allowOrigins = new Set(allowOrigins.map((origin) => origin.toLowerCase()));
  }

  /** @param host The `Host` header. */
  isOurHost(host: string | undefined, dialled: DialledAddress): boolean {
    const [, name, port] = hostPattern.exec(host?.toLowerCase() ?? '') ?? [];
    if (name === undefined) return false;
    const isOurPort = Number(port ?? httpPort) === dialled.localPort;
    if (isOurPort && (loopbackNames.has(name) || name === addressOf(dialled))) return true;
    return this.#isAllowedHost(name, port, isOurPort);
  }

  #isAllowedHost(name: string, port: string | undefined, isOurPort: boolean): boolean {
    if (this.#allowHosts.has(`${name}:${port ?? httpPort}`)) return true;
    return this.#allowHosts.has(name) && (isOurPort || port === undefined);
  }

  /** @param origin The `Origin` header: of our own console, or of a page that is allowed. */
  isOurOrigin(origin: string, dialled: DialledAddress): boolean {
    const lowerCase = origin.toLowerCase();
    if (this.#allowOrigins.has(lowerCase)) return true;
    const scheme = 'http://';
    return lowerCase.startsWith(scheme) && this.isOurHost(lowerCase.slice(scheme.length), dialled);
  }
}

function addressOf({ localAddress }: DialledAddress): string | undefined {
  const address = localAddress?.replace(/^::ffff:/, '');
  return address?.includes(':') ? `[${address}]` : address;
}
