import { ok, refused, type Result } from '../../protocol/result.ts';
import { messages } from './messages.ts';

/** Most characters of an address: beyond it, it is something else that was pasted. */
export const maxAddressLength = 2_000;

/** What is wrong with the length of an address, in words. */
export function lengthFault({ length }: string): string | undefined {
  return length > maxAddressLength ? messages.addressTooLong(length, maxAddressLength) : undefined;
}

/** An address that can be tried, or why not, in words. Looks at a text of any length once at most. */
export function readAddress(
  text: string,
  /** Of the page that wants to connect. */
  origin: string | undefined,
): Result<string, string> {
  const tooLong = lengthFault(text);
  if (tooLong !== undefined) return refused(tooLong);
  const trimmed = text.trim();
  if (trimmed === '') return refused(messages.addressEmpty);
  if (!URL.canParse(trimmed)) return refused(messages.addressNotUrl);
  const url = new URL(trimmed);
  if (!/^wss?:$/.test(url.protocol)) return refused(messages.addressScheme(url.protocol));
  if (url.hash !== '') return refused(messages.addressFragment);
  if (origin?.startsWith('https:') && url.protocol === 'ws:' && !isLoopback(url.hostname)) {
    return refused(messages.addressInsecure);
  }
  return ok(trimmed);
}

/** Host and port, as the log names a server. */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}

/** Browsers trust these as they trust https. */
function isLoopback(host: string): boolean {
  return (
    host === 'localhost' || host.endsWith('.localhost') || /^127(\.\d+){3}$|^\[::1\]$/.test(host)
  );
}
