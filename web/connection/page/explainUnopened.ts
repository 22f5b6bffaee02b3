import { hostOf } from './address.ts';

/** Why a connection did not come about, as far as a page can find out. */
export interface Unopened {
  /**
   * `refused`: the server is there and did not accept; `refusedOwn`: so did the server of this page;
   * `otherScheme`: it does not answer under the scheme of the address.
   */
  readonly cause: 'refused' | 'refusedOwn' | 'otherScheme';
  readonly host: string;
  /** The one to try. */
  readonly scheme: 'ws' | 'wss';
  /** Flags that would let this page in, if the server is one of ours. */
  readonly flags: readonly string[];
}

const probeTimeoutMs = 5_000;

/** @returns Whether anything answers over HTTP; its answer cannot be read. */
export type Probe = (url: string) => Promise<boolean>;

/**
 * A browser does not say why a WebSocket failed. Asking the same server over HTTP shows at least
 * whether one is there.
 * @param origin Of this page.
 * @returns undefined when nothing more is known.
 */
export async function explainUnopened(
  address: string,
  origin: string | undefined,
  probe: Probe = answersHttp,
): Promise<Unopened | undefined> {
  const { protocol, host, hostname } = new URL(address);
  const [scheme, other] = protocol === 'wss:' ? (['wss', 'ws'] as const) : (['ws', 'wss'] as const);
  const isThere = (asked: string) => probe(`${asked.replace('ws', 'http')}://${host}/healthz`);
  if (await isThere(scheme)) {
    if (origin === undefined || hostOf(origin) === host) {
      return { cause: 'refusedOwn', host, scheme, flags: [] };
    }
    const flags = [`--allow-origin ${origin}`];
    if (isName(hostname)) flags.push(`--allow-host ${host}`);
    return { cause: 'refused', host, scheme, flags };
  }
  if (!(await isThere(other))) return undefined;
  return { cause: 'otherScheme', host, scheme: other, flags: [] };
}

/** A name that a server has to be configured for: no number, and not this machine. */
function isName(hostname: string): boolean {
  return hostname !== 'localhost' && !/^\[|^[\d.]+$/.test(hostname);
}

async function answersHttp(url: string): Promise<boolean> {
  try {
    await fetch(url, {
      method: 'HEAD',
      mode: 'no-cors',
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(probeTimeoutMs),
    });
    return true;
  } catch {
    return false;
  }
}
