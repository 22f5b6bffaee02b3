import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { expect, test as base } from './fixtures.ts';

const run = promisify(execFile);

interface Installed {
  readonly tarball: string;
  /** An empty folder. */
  readonly empty: string;
  /** An empty folder into which the package was installed. */
  readonly folder: string;
  /** What the package holds. */
  readonly files: readonly string[];
}

const test = base.extend<object, { readonly installed: Installed }>({
  installed: [
    async ({}, use) => {
      const root = mkdtempSync(path.join(tmpdir(), 'seshdeck-package-'));
      const folder = path.join(root, "new app%20 ü 'x");
      mkdirSync(folder);
      const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', root]);
      const tarball = path.join(root, stdout.trim());
      const listed = await run('tar', ['-tzf', tarball]);
      const flags = ['--offline', '--no-audit', '--no-fund', '--silent'];
      await run('npm', ['install', ...flags, tarball], { cwd: folder });
      const empty = path.join(root, 'empty');
      mkdirSync(empty);
      await use({ folder, tarball, empty, files: listed.stdout.trim().split('\n') });
      rmSync(root, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
});

/** The address that a server prints. */
async function addressOf(started: ChildProcess): Promise<string> {
  if (!started.stdout) throw new Error('Its output is not read');
  for await (const line of createInterface({ input: started.stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error('The server ended before it listened');
}

test('a package holds the build and nothing of the sources', ({ installed: { files } }) => {
  const unwanted = /\.(ts|tsx|map|spec\.js)$|node_modules|\.stamp/;
  expect(files.filter((file) => unwanted.test(file))).toEqual([]);
  expect(files).toEqual(
    expect.arrayContaining([
      'package/dist/server.mjs',
      'package/dist/re2js.cjs',
      'package/dist/web/index.html',
    ]),
  );
});

test('an installed package brings nothing else', ({ installed }) => {
  const packages = readdirSync(path.join(installed.folder, 'node_modules')).filter(
    (name) => !name.startsWith('.'),
  );
  expect(packages).toEqual(['seshdeck']);
});

test('npx seshdeck from the package, in an empty folder and offline, serves the console', async ({
  installed: { tarball, empty },
}) => {
  // A cache of its own: nothing may come from what this machine has seen before.
  const env = { ...process.env, npm_config_cache: path.join(path.dirname(tarball), 'cache') };
  const flags = ['--yes', '--offline', `--package=${tarball}`];
  const started = spawn('npx', [...flags, 'seshdeck', '--port', '0'], { cwd: empty, env });
  const url = await addressOf(started);
  const health: unknown = await (await fetch(`${url}/healthz`)).json();
  expect(health).toMatchObject({ status: 'ok' });
  const page = await (await fetch(url)).text();
  const script = /<script[^>]* src="([^"]+)"/.exec(page)?.[1] ?? '';
  const answer = await fetch(new URL(script, url));
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    expect.stringContaining('javascript'),
  ]);
  await answer.text();
  // Its output ends with the server, which a shell stands before.
  const ended = once(started, 'close');
  started.kill('SIGTERM');
  await ended;
  await expect(fetch(url)).rejects.toThrow();
  expect(readdirSync(empty)).toEqual(['data']);
});

test('an installed package answers --help, --version and a wrong flag', async ({ installed }) => {
  const ask = (flag: string) => run('npx', ['seshdeck', flag], { cwd: installed.folder });
  expect((await ask('--help')).stdout).toMatch(/^Usage: seshdeck /);
  expect((await ask('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  await expect(ask('--prot')).rejects.toMatchObject({
    code: 1,
    stderr: "seshdeck: Unknown option '--prot'\n",
  });
});

test('npm start in a clone ends its server on SIGTERM', async () => {
  const started = spawn('npm', ['start', '--', '--port', '0', '--memory']);
  const url = await addressOf(started);
  const ended = once(started, 'close');
  started.kill('SIGTERM');
  await ended;
  await expect(fetch(url)).rejects.toThrow();
});
