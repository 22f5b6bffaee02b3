import { hostOf } from './address.ts';
import { unopenedMessages as say } from './unopenedMessages.ts';

/** Why a connection did not come about, as far as a page can find out. */
export interface Unopened {
  readonly cause: string;
  /** Flags that would let this page in, if the server is one of ours. */
  readonly flags: readonly string[];
}

const probeTimeoutMs = 5_000;

/** @returns Whether anything answers over HTTP; its answer cannot be read. */
export type Probe = (url: string) => Promise<boolean>;

/**
 * A browser does not tell why a WebSocket failed. Asking the same server over HTTP tells at least
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
  const [asked, other] = protocol === 'wss:' ? ['https', 'http'] : ['http', 'https'];
  if (await probe(`${asked}://${host}/healthz`)) {
    const isOwn = origin !== undefined && hostOf(origin) === host;
    if (isOwn || origin === undefined) return { cause: say.refusedOwn(host), flags: [] };
    const flags = [`--allow-origin ${origin}`];
    if (isName(hostname)) flags.push(`--allow-host ${host}`);
    return { cause: say.refused(host), flags };
  }
  if (!(await probe(`${other}://${host}/healthz`))) return undefined;
  return { cause: say.otherScheme(host, other === 'https' ? 'wss' : 'ws'), flags: [] };
}

/** A name that a server has to be told of: no number, and not this machine. */
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
