import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { securityHeaders } from './securityHeaders.ts';

/** Answers on a bare connection, where there is no response of the HTTP server, and hangs up. */
export function refuse(tcp: Socket, status: number): void {
  const headers = Object.entries({
    ...securityHeaders,
    Connection: 'close',
    'Content-Length': '0',
  });
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  tcp.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines}\r\n`, () => tcp.destroy());
}
