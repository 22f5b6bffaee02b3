import { once } from 'node:events';
import { request as httpsRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { certificateFile, startTestServer, TestClient } from '../../test/server/testServer.ts';
import type { TestServer } from '../../test/server/testServer.ts';
import { createLog } from '../log.ts';

const pairOf = (name: string) => ({
  cert: certificateFile(`${name}.cert.pem`),
  key: certificateFile(`${name}.key.pem`),
});
const ca = [pairOf('first').cert, pairOf('second').cert];
const flags = ['--tls-cert', 'first.cert.pem', '--tls-key', 'first.key.pem'];

let server: TestServer;
let lines: string[];

beforeEach(async () => {
  lines = [];
  const log = createLog({ level: 'info', write: (line) => lines.push(line), nowMs: () => 0 });
  server = await startTestServer(flags, { log, limits: { maxHttpConnections: 4 } });
});
afterEach(() => server.stop());

const openClient = (headers: Record<string, string> = {}) =>
  TestClient.open(server.url.replace('https', 'wss'), [], { ca, headers });

async function get(path: string, headers: Record<string, string> = {}): Promise<[number, string]> {
  const request = httpsRequest(server.url + path, { ca, headers, agent: false }).end();
  const [answer] = (await once(request, 'response')) as [
    NodeJS.ReadableStream & { statusCode: number },
  ];
  return [answer.statusCode, await text(answer)];
}

/** Name of the certificate that the server shows, or why there is no connection. */
async function certificateShown(options: ConnectionOptions = {}): Promise<string> {
  const socket = connectTls({ port: server.port, host: '127.0.0.1', ca, ...options });
  try {
    await once(socket, 'secureConnect');
    return String(socket.getPeerCertificate().subject.CN);
  } catch (error) {
    return String(error);
  } finally {
    socket.destroy();
  }
}

test('the server says https, and answers wss and https on one port', async () => {
  expect(server.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  const client = await openClient();
  const tkn = await client.newSession();
  const long = 'v'.repeat(300_000);
  await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"a":"${long}"}}}`);
  expect(await client.ask(`{"KV_GET":{"tkn":"${tkn}","keys":["a"]}}`)).toContain(long);
  const [status, health] = await get('/healthz');
  expect([status, health]).toEqual([200, expect.stringContaining('"connections":1')]);
  client.socket.terminate();
});

test('a page of the other scheme is foreign, and the ticket is for our own', async () => {
  const { host } = new URL(server.url);
  const ticketFor = async (origin: string) =>
    (await get('/inspect/ticket', { 'Sec-Fetch-Site': 'same-origin', Origin: origin }))[0];
  expect(await ticketFor(`https://${host}`)).toBe(200);
  expect(await ticketFor(`http://${host}`)).toBe(403);
  const ours = await openClient({ Origin: `https://${host}` });
  ours.socket.terminate();
  await expect(openClient({ Origin: `http://${host}` })).rejects.toThrow('403');
  await expect(openClient({ Host: 'evil.example' })).rejects.toThrow('403');
});

test('a new certificate is for new connections; a bad pair changes nothing', async () => {
  const client = await openClient();
  expect(await certificateShown()).toBe('Seshdeck test, first');
  server.server.renewCertificate(pairOf('second'));
  expect(await certificateShown()).toBe('Seshdeck test, second');
  const mixed = { ...pairOf('first'), key: pairOf('second').key };
  expect(() => server.server.renewCertificate(mixed)).toThrow(/mismatch/);
  expect(await certificateShown()).toBe('Seshdeck test, second');
  expect(await client.ask('{"SH_INFO_ALL":{}}')).toContain('totalSessions');
  client.socket.terminate();
});

test('TLS before 1.2 is refused', async () => {
  const options = {
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.1',
    ciphers: 'ALL@SECLEVEL=0',
  } as const;
  expect(await certificateShown(options)).toMatch(/Error/);
  expect(await certificateShown({ maxVersion: 'TLSv1.2' })).toBe('Seshdeck test, first');
});

describe('what is no TLS', () => {
  const opened: Socket[] = [];
  const openTcp = () => {
    const tcp = connect(server.port, '127.0.0.1');
    tcp.on('error', () => undefined);
    opened.push(tcp);
    return tcp;
  };
  afterEach(() => {
    for (const tcp of opened.splice(0)) tcp.destroy();
  });

  test('plain HTTP is answered with the right scheme, and logged once', async () => {
    for (let count = 0; count < 3; count += 1) {
      const tcp = openTcp();
      tcp.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\n`);
      const answer = (await buffer(tcp)).toString();
      expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[^]*use https:\/\/ or wss:\/\/\.\n$/);
    }
    expect(lines.filter((line) => line.includes('plain HTTP on the port for TLS'))).toHaveLength(1);
  });

  test('noise is cut off, and the next one is served', async () => {
    const tcp = openTcp();
    tcp.write(Buffer.alloc(100, 7));
    await once(tcp, 'close');
    expect((await get('/healthz'))[0]).toBe(200);
  });

  test('silence is cut off after the time for a handshake', async () => {
    const impatient = await startTestServer(flags, { limits: { requestMs: 200 } });
    const tcp = connect(impatient.port, '127.0.0.1').on('error', () => undefined);
    tcp.resume();
    await once(tcp, 'close');
    expect(tcp.bytesRead).toBe(0);
    await impatient.stop();
  });

  test('many that say nothing make room for who comes', async () => {
    const silent = Array.from({ length: 12 }, openTcp);
    await Promise.all(silent.map((tcp) => once(tcp, 'connect')));
    expect((await get('/healthz'))[0]).toBe(200);
    const isClosed = () => silent.filter((tcp) => tcp.closed || tcp.readableEnded).length;
    for (const tcp of silent) tcp.resume();
    await expect.poll(isClosed).toBeGreaterThanOrEqual(8);
  });
});
