import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** An address, or a network: address and number of bits. */
export interface Network {
  readonly address: string;
  readonly bits: number;
}

/** Who sent a request, and what it was sent to. */
export interface Caller {
  /** Undefined when the peer has gone. */
  readonly address: string | undefined;
  /** The host names that the request bears; each must be ours. The last one is what the browser shows. */
  readonly hosts: readonly (string | undefined)[];
  readonly scheme: 'http' | 'https';
}

export interface CallersOptions {
  /** Proxies whose X-Forwarded headers are believed; of everybody else they are ignored. */
  readonly trustedProxies: readonly Network[];
  readonly isTls: boolean;
}

/** Looks behind the proxies that are trusted. */
export class Callers {
  readonly #trusted = new BlockList();
  readonly #scheme: Caller['scheme'];

  constructor({ trustedProxies, isTls }: CallersOptions) {
    this.#scheme = isTls ? 'https' : 'http';
    for (const { address, bits } of trustedProxies) {
      this.#trusted.addSubnet(address, bits, isIP(address) === 6 ? 'ipv6' : 'ipv4');
    }
  }

  callerOf({ socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>): Caller {
    const { host } = headers;
    const address = socket.remoteAddress;
    if (!this.#isTrusted(address)) return { address, hosts: [host], scheme: this.#scheme };
    const forwardedHost = lastOf(headers['x-forwarded-host']);
    return {
      address: this.#firstUntrusted(address, listOf(headers['x-forwarded-for'])),
      // A proxy that keeps the header of its client must not open a door: both are checked.
      hosts: forwardedHost === undefined ? [host] : [host, forwardedHost],
      scheme: this.#schemeIn(lastOf(headers['x-forwarded-proto'])),
    };
  }

  /**
   * Each proxy adds its own peer at the right, so the list is read from there, as long as
   * those who wrote it are trusted. What is left of that may be invented.
   */
  #firstUntrusted(peer: string | undefined, forwarded: readonly string[]): string | undefined {
    let address = peer;
    for (const entry of forwarded.toReversed()) {
      const next = addressIn(entry);
      if (next === undefined) return address;
      address = next;
      if (!this.#isTrusted(address)) return address;
    }
    return address;
  }

  #isTrusted(address: string | undefined): boolean {
    const version = isIP(address ?? '');
    if (address === undefined || version === 0) return false;
    return this.#trusted.check(address, version === 6 ? 'ipv6' : 'ipv4');
  }

  #schemeIn(proto: string | undefined): Caller['scheme'] {
    return proto === 'https' || proto === 'http' ? proto : this.#scheme;
  }
}

function listOf(header: string | string[] | undefined): string[] {
  const text = Array.isArray(header) ? header.join() : (header ?? '');
  return text.split(',').flatMap((entry) => entry.trim() || []);
}

/** What the nearest proxy says. */
function lastOf(header: string | string[] | undefined): string | undefined {
  return listOf(header).at(-1)?.toLowerCase();
}

/** With a port or without one: 192.0.2.1, 192.0.2.1:80, 2001:db8::1, [2001:db8::1]:80. */
function addressIn(entry: string): string | undefined {
  const [, bracketed, plain] = /^(?:\[([^\]]*)\](?::\d+)?|([^:]*)(?::\d+)?)$/.exec(entry) ?? [];
  const address = bracketed ?? plain ?? entry;
  return isIP(address) === 0 ? undefined : address;
}
