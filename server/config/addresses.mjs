import { isIP, isIPv4 } from 'node:net';

/** @import { ListenAddress, Network, ParseSetting } from './configTypes.ts' */

export const largestPort = 65_535;

/** @type {ParseSetting<string>} */
export function ipAddress(text, name, shown) {
  if (isIP(text) !== 0) return text;
  throw new Error(`${name} must be an IP address, got ${shown}`);
}

/** @type {ParseSetting<string>} */
export function ipv4(text, name, shown) {
  if (isIPv4(text)) return text;
  throw new Error(`${name} must be an IPv4 address, got ${shown}`);
}

/** @type {ParseSetting<ListenAddress>} */
export function listenAddress(text, name, shown) {
  const [, ip = '', port = ''] = /^\[?([^\]]*)\]?:(\d{1,5})$/.exec(text) ?? [];
  if (isIP(ip) !== 0 && Number(port) <= largestPort) return { ip, port: Number(port) };
  throw new Error(`${name} must be like 127.0.0.1:9100 or [::1]:9100, got ${shown}`);
}

/** @type {ParseSetting<Network>} */
export function network(text, name, shown) {
  const [, address = '', bits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const most = isIPv4(address) ? 32 : 128;
  const given = Number(bits ?? most);
  if (isIP(address) !== 0 && given <= most) return { address, bits: given };
  throw new Error(`${name} must be an IP address or a network like 10.0.0.0/8, got ${shown}`);
}

/** @type {ParseSetting<string>} */
export function origin(text, name, shown) {
  // Extensions and desktop shells have their own schemes.
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@*]+$/i.test(text) || !URL.canParse(text)) {
    throw new Error(`${name} must be like https://example.com, got ${shown}`);
  }
  const sent = /^https?:/i.test(text) ? new URL(text).origin : text;
  if (sent.toLowerCase() === text.toLowerCase()) return text;
  throw new Error(`${name} must be as browsers send it, ${sent}, got ${shown}`);
}

/** @type {ParseSetting<string>} */
export function host(text, name, shown) {
  const [, address = '', port = '1'] =
    /^(\[[0-9a-f:.]+\]|[^\s/:@*?#[\]\\]+)(?::(\d{1,5}))?$/i.exec(text) ?? [];
  const url = `http://${address}`;
  const isPort = Number(port) >= 1 && Number(port) <= largestPort;
  if (address === '' || !isPort || !URL.canParse(url)) {
    throw new Error(`${name} must be a host name, with or without port, got ${shown}`);
  }
  const { hostname } = new URL(url);
  if (hostname === address.toLowerCase()) return text;
  throw new Error(`${name} must be a host name as browsers send it, ${hostname}, got ${shown}`);
}
