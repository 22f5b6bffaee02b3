import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../server/testServer.ts';
import { repository, textOf } from './codeBlocks.ts';

const folder = path.join(repository, 'examples/python');
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer(['--max-payload', '1000000']);
});

afterAll(() => server.stop());

/** Runs Python. Rejects, and says so, where there is none. */
async function python(...args: string[]): Promise<string> {
  const env = { ...process.env, PYTHONPATH: folder, PYTHONDONTWRITEBYTECODE: '1', PYTHONUTF8: '1' };
  const run = promisify(execFile)('python3', args, { env });
  const { stdout } = await run.catch((error: Error & { code?: unknown }) => {
    if (error.code !== 'ENOENT') throw error;
    throw new Error('The example in Python needs python3: install it, as .ci/run does');
  });
  return stdout.trimEnd();
}

/** Runs lines that have `db`, an open connection. */
const withDb = (...lines: string[]) =>
  python(
    '-c',
    ['import seshdeck', `db = seshdeck.Seshdeck("127.0.0.1", ${server.port})`, ...lines].join('\n'),
  );

test('the example runs, and prints what the guide says', async () => {
  const printed = await python(path.join(folder, 'seshdeck.py'), '127.0.0.1', `${server.port}`);
  expect(printed).toBe("{'city': 'Malmö', 'items': ['tea', 'milk']}");
  expect(textOf('docs/clients.md')).toContain(printed);
});

test('it is as short as it says, and needs no package', () => {
  const code = textOf('examples/python/seshdeck.py');
  expect(code.split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(50);
  expect([...code.matchAll(/^(?:import|from) .*$/gm)].map(String)).toEqual([
    'import base64, json, os, socket, struct, sys',
  ]);
});

test('messages of every length arrive, and every digit of a number', async () => {
  const printed = await withDb(
    'tkn = db.ask("SH_NEW", name="long")["tkn"]',
    'for size in (1, 60, 125, 126, 1000, 65535, 65536, 100000):',
    '    text = "ö" * size',
    '    db.ask("KV_SET", tkn=tkn, keys={"k": text})',
    '    assert db.ask("KV_GET", tkn=tkn, keys=["k"])["keys"]["k"] == text, size',
    'print(db.ask("KV_INCR", tkn=tkn, key="n", by=14247375118774737462)["value"])',
  );
  expect(printed).toBe('14247375118774737462');
});

test('a refusal is a reply with its status, and a closed connection an error', async () => {
  const printed = await withDb(
    'print(db.ask("KV_GET", tkn="42", keys=["k"])["st"])',
    'try:',
    '    db.ask("KV_SET", tkn="42", keys={"k": "x" * 2000000})',
    'except (ConnectionError, OSError) as error:',
    '    print(type(error).__name__)',
  );
  expect(printed).toMatch(/^100\n\w*Error$/);
});
