import { ok, refused, type Result } from '../../../protocol/result.ts';
import type { ConnectFault } from './connectionEvent.ts';

/** Most characters of an address: beyond it, it is something else that was pasted. */
export const maxAddressLength = 2_000;

/** What is wrong with the length of an address. */
export function lengthFault({ length }: string): ConnectFault | undefined {
  if (length <= maxAddressLength) return undefined;
  return { fault: 'addressTooLong', length, limit: maxAddressLength };
}

/**
 * An address that can be tried, its scheme added or changed where that is plain, or what is
 * wrong with it. Looks at a text of any length once at most.
 */
export function readAddress(
  text: string,
  /** Of the page that wants to connect. */
  origin: string | undefined,
): Result<string, ConnectFault> {
  const tooLong = lengthFault(text);
  if (tooLong) return refused(tooLong);
  const trimmed = text.trim();
  if (trimmed === '') return refused({ fault: 'addressEmpty' });
  const address = withScheme(trimmed, origin);
  if (!URL.canParse(address)) return refused({ fault: 'addressNotUrl' });
  const url = new URL(address);
  if (!/^wss?:$/.test(url.protocol)) {
    return refused({ fault: 'addressScheme', detail: url.protocol });
  }
  if (url.hash !== '') return refused({ fault: 'addressFragment' });
  if (origin?.startsWith('https:') && url.protocol === 'ws:' && !isLoopback(url.hostname)) {
    return refused({ fault: 'addressInsecure' });
  }
  return ok(address);
}

/** `localhost:99` gets a scheme, `https://…` the one of WebSocket; anything else stays as it is. */
function withScheme(text: string, origin: string | undefined): string {
  const web = /^http(s?):(?=\/\/)/i.exec(text);
  if (web) return `ws${(web[1] ?? '').toLowerCase()}:${text.slice(web[0].length)}`;
  if (!beginsWithHost(text)) return text;
  const bare = text.replace(/^\/\//, '');
  const plain = `ws://${bare}`;
  const isSecure = origin?.startsWith('https:') && !isOnThisMachine(plain);
  return isSecure ? `wss://${bare}` : plain;
}

/** A word alone is hardly ever a host; `localhost`, `a.example`, `[::1]` and what has a port are. */
function beginsWithHost(text: string): boolean {
  const host = /^(?:\/\/)?(\[[\da-f:.]+\]|[^\s:/?#@[\]]+)(:\d+)?(?=[/?#]|$)(.?)/i.exec(text);
  if (!host) return false;
  const [, name = '', port, next] = host;
  return port !== undefined || next === '/' || /[.[]|^localhost$/i.test(name);
}

/** Host and port, as the log names a server. */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}

/** Whether an address leads to the machine that the browser is on. */
export function isOnThisMachine(address: string): boolean {
  return URL.canParse(address) && isLoopback(new URL(address).hostname);
}

/** Browsers trust these as they trust https. */
function isLoopback(host: string): boolean {
  return (
    host === 'localhost' || host.endsWith('.localhost') || /^127(\.\d+){3}$|^\[::1\]$/.test(host)
  );
}
