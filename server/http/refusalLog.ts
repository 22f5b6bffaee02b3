import type { Log } from '../log.ts';

/** Most origins and host names that are logged; what comes after them is only counted as more. */
const maxLogged = 100;
const origin = /^https?:\/\/[\w.:[\]-]{1,255}$/i;
const host = /^[\w.:[\]-]{1,255}$/i;

/** Logs once who was refused, with the flag that would accept them. */
export class RefusalLog {
  readonly #log: Log;
  readonly #logged = new Set<string>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** @param found The `Origin` header, of which nothing is trusted. */
  origin(found: string): void {
    this.#once(
      origin.test(found)
        ? `Refused a page of ${found}. To let it in, start with --allow-origin ${found}`
        : 'Refused a page whose Origin is no http address.',
    );
  }

  /** @param found The `Host` header, of which nothing is trusted. */
  host(found: string | undefined): void {
    this.#once(
      found !== undefined && host.test(found)
        ? `Refused a connection to the host name ${found}. To answer to it, start with --allow-host ${found}`
        : 'Refused a connection whose Host is no host name.',
    );
  }

  #once(line: string): void {
    if (this.#logged.size > maxLogged || this.#logged.has(line)) return;
    this.#logged.add(line);
    const isLast = this.#logged.size > maxLogged;
    this.#log.warn(isLast ? 'More origins or hosts were refused; they are not logged.' : line);
  }
}
