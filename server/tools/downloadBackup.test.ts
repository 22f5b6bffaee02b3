import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../test/server/testServer.ts';
import { readBackup } from './backupFile.ts';
import { totalsIn } from './dataStore.ts';
import { runTool } from './runTool.ts';

const root = mkdtempSync(path.join(tmpdir(), 'seshdeck-download-'));
afterAll(() => rmSync(root, { recursive: true }));

let directory: string;
let file: string;
let server: TestServer;

beforeEach(() => {
  directory = mkdtempSync(path.join(root, 'case-'));
  file = path.join(directory, 'backups', 'file');
});
afterEach(() => server.stop());

const key = 'a key of sixteen characters or more';
const download = (from = server.url, given?: string) =>
  runTool({ name: 'download', url: from, file, key: given });
const left = () => (existsSync(path.dirname(file)) ? readdirSync(path.dirname(file)) : []);

async function fill(): Promise<void> {
  const client = await server.connect();
  const tkn = await client.newSession(
    '{"name":"cart","expiry":{"duration":1000,"deleteSession":true}}',
  );
  const keys = Array.from({ length: 1_000 }, (_, index) => `"k${index}":"${'ü'.repeat(500)}"`);
  await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"n":14247375118774737462,${keys.join()}}}}`);
}

test.each(['memory', 'disk'])(
  'a server with its data in %s gives a backup of all sessions',
  async (kind) => {
    const data = path.join(directory, 'data');
    server = await startTestServer(kind === 'memory' ? [] : ['--data', data]);
    await fill();
    expect(await download()).toEqual([`Written to ${file}: sessions 1, keys 1001`]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(left()).toEqual(['file']);
    const { store } = await readBackup(file);
    expect(await totalsIn(store)).toBe('sessions 1, keys 1001');
    for await (const { term, values } of store.contents.scan()) {
      expect(values[0]).toBe('14247375118774737462');
      expect(term?.deadlineMs).toBeGreaterThan(Date.now());
    }
    // What is there is never touched.
    const before = readFileSync(file);
    await expect(download()).rejects.toThrow(/^No backup was written: .*file is there already/);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(left()).toEqual(['file']);
  },
);

describe('who gets a backup', () => {
  test('with an inspection key: who has it, and nobody else', async () => {
    server = await startTestServer(['--inspect-key-file', 'key'], {
      limits: { refusalDelayMs: 1 },
    });
    await expect(download()).rejects.toThrow(
      'wants its inspection key: set SESHDECK_INSPECT_KEY_FILE',
    );
    await expect(download(server.url, `${key}!`)).rejects.toThrow('needs the right to inspect');
    expect(left()).toEqual([]);
    expect(await download(server.url, key)).toEqual([`Written to ${file}: sessions 0, keys 0`]);
  });

  test('a wrong proof is answered late, and others in the meantime', async () => {
    const limits = { refusalDelayMs: 5_000 };
    server = await startTestServer(['--inspect-key-file', 'key'], { limits });
    let isAnswered = false;
    const wrong = get(`${server.url}/inspect/backup`, { headers: { authorization: 'Bearer no' } });
    wrong.on('error', () => undefined).on('response', () => (isAnswered = true));
    for (let index = 0; index < 5; index += 1) await (await fetch(`${server.url}/healthz`)).text();
    expect(isAnswered).toBe(false);
    wrong.destroy();
  });

  test('with --no-inspect: nobody', async () => {
    server = await startTestServer(['--no-inspect']);
    await expect(download()).rejects.toThrow('is disabled, and so are backups');
    await expect(download(server.url, key)).rejects.toThrow('is disabled, and so are backups');
  });

  test.each([
    ['a foreign page', { origin: 'https://evil.example' }, 403],
    ['our own page', { 'sec-fetch-site': 'same-origin' }, 403],
    ['a name that points here', { host: 'evil.example' }, 421],
    ['no proof', { authorization: 'none' }, 401],
  ])('not %s, though the key is right', async (_who, headers, status) => {
    server = await startTestServer(['--inspect-key-file', 'key'], {
      limits: { refusalDelayMs: 1 },
    });
    const all = { authorization: `Bearer ${key}`, ...headers };
    const asked = get(`${server.url}/inspect/backup`, { headers: all });
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    answer.resume();
  });
});

describe('a connection that is cut', () => {
  /** Passes bytes on, and cuts the connection after so many from the server. */
  async function cutAfter(bytes: number): Promise<{ url: string; proxy: Server }> {
    const { connect } = await import('node:net');
    const proxy = createServer((client) => {
      const upstream = connect(server.port, '127.0.0.1');
      let passed = 0;
      client
        .on('error', () => undefined)
        .pipe(upstream)
        .on('error', () => undefined);
      upstream.on('data', (chunk: Buffer) => {
        passed += chunk.length;
        client.write(chunk);
        if (passed > bytes) client.destroy();
      });
      upstream.on('close', () => client.destroy());
      client.on('close', () => upstream.destroy());
    }).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, proxy };
  }

  test('leaves no file, and the next one is whole', async () => {
    server = await startTestServer(['--inspect-key-file', 'key']);
    await fill();
    const { url, proxy } = await cutAfter(200_000);
    const { port } = new URL(url);
    server.stop = ((stop) => async () => {
      proxy.close();
      await stop();
    })(server.stop);
    const headers = { authorization: `Bearer ${key}`, host: `127.0.0.1:${server.port}` };
    const asked = get(`http://127.0.0.1:${port}/inspect/backup`, { headers });
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    const bytes: Buffer[] = [];
    await expect(
      (async () => {
        for await (const chunk of answer) bytes.push(chunk as Buffer);
      })(),
    ).rejects.toThrow('aborted');
    // What came has no end mark.
    const cut = path.join(directory, 'cut');
    writeFileSync(cut, Buffer.concat(bytes));
    await expect(readBackup(cut)).rejects.toThrow('is damaged');
    await expect(download(url, key)).rejects.toThrow('No backup was written');
    expect(left()).toEqual([]);
    await expect
      .poll(() => download(server.url, key).catch(String))
      .toContain(`Written to ${file}: sessions 1, keys 1001`);
  });
});

test('there is one backup at a time, and who takes nothing of it is cut off', async () => {
  const flags = ['--inspect-key-file', 'key', '--max-payload', '2000000'];
  server = await startTestServer(flags, { limits: { answerMs: 300 } });
  const client = await server.connect();
  const tkn = await client.newSession();
  // More than the system keeps on the way.
  for (const name of 'abcdefgh') {
    await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"${name}":"${'v'.repeat(1_900_000)}"}}}`);
  }
  const headers = { authorization: `Bearer ${key}` };
  const asked = get(`${server.url}/inspect/backup`, { headers, agent: false });
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  await expect(download(server.url, key)).rejects.toThrow('Another backup is being made');
  await expect
    .poll(() => download(server.url, key).catch(String), { timeout: 10_000 })
    .toEqual([`Written to ${file}: sessions 1, keys 8`]);
  answer.on('error', () => undefined).destroy();
});

test('what is no address of a server is said in one line', async () => {
  server = await startTestServer();
  await expect(download('ws://127.0.0.1:1987')).rejects.toThrow(
    'Give the address of a server as http://',
  );
});
