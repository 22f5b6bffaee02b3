import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const repository = fileURLToPath(new URL('..', import.meta.url));
/** Names that a path may have, and that URLs, shells and patterns read in their own way. */
const clone = path.join(mkdtempSync(path.join(tmpdir(), 'seshdeck-')), "a b%20c#d ü 'e");

beforeAll(() => {
  for (const part of ['scripts', 'protocol', 'server', 'package.json']) {
    cpSync(path.join(repository, part), path.join(clone, part), { recursive: true });
  }
  writeFileSync(path.join(clone, 'wrong.json'), '{"version": 1, // no more\n}');
});

afterAll(() => rmSync(path.dirname(clone), { recursive: true, force: true }));

/** What a clone says that has neither dependencies nor a build. There is no npm it could call. */
async function start(args: string[], env: Record<string, string> = {}) {
  const options = { cwd: clone, env: { ...env, PATH: '' } };
  const run = promisify(execFile)(execPath, ['scripts/start.mjs', ...args], options);
  const ended = run.catch((error: unknown) => error);
  const {
    code = 0,
    stdout,
    stderr,
  } = (await ended) as Record<'stdout' | 'stderr', string> & {
    code?: number;
  };
  expect(
    ['node_modules', 'dist', '.cache'].filter((name) => existsSync(path.join(clone, name))),
  ).toEqual([]);
  return { code, stdout, stderr };
}

test.each(['--help', '-h'])('a fresh clone answers %s at once', async (flag) => {
  const said = { code: 0, stdout: expect.stringMatching(/^Usage: seshdeck /), stderr: '' };
  expect(await start([flag])).toEqual(said);
});

test('a fresh clone answers --version at once', async () => {
  const stdout = expect.stringMatching(/^\d+\.\d+\.\d+\n$/);
  expect(await start(['--version'])).toEqual({ code: 0, stdout, stderr: '' });
});

test.each<[string[], Record<string, string>, string]>([
  [['--prot', '1'], {}, "Unknown option '--prot'"],
  [['serve'], {}, "Unexpected argument 'serve'"],
  [['--port', 'x'], {}, '--port (kv.port) must be a whole number from 0 to 65535, got "x"'],
  [['--loadName', '../up'], {}, '--loadName must be 1 to 128 letters'],
  [[], { SESHDECK_PORT: 'x' }, '--port (kv.port) must be a whole number from 0 to 65535, got "x"'],
  [['--config', 'gone.json'], {}, 'gone.json cannot be read: ENOENT'],
  [['--config', 'wrong.json'], {}, 'wrong.json, line 2: property name expected'],
])('a fresh clone refuses %j with %j before it installs', async (args, env, line) => {
  const said = await start(args, env);
  expect(said).toMatchObject({ code: 1, stdout: '' });
  expect(said.stderr).toMatch(/^seshdeck: .*\n$/);
  expect(said.stderr).toContain(line);
});
