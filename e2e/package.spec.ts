import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
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

test('the fixtures of an installed package run what docs/testing.md shows, and attach the log', async ({
  installed,
}) => {
  const repository = fileURLToPath(new URL('..', import.meta.url));
  const app = path.join(path.dirname(installed.tarball), 'tested');
  const modules = path.join(app, 'node_modules');
  cpSync(path.join(installed.folder, 'node_modules'), modules, { recursive: true });
  mkdirSync(path.join(modules, '@playwright'));
  const ofRunner = ['@playwright', 'test'];
  symlinkSync(path.join(repository, 'node_modules', ...ofRunner), path.join(modules, ...ofRunner));
  const guide = readFileSync(path.join(repository, 'docs/testing.md'), 'utf8');
  const block = /^```js\n(import [^`]*'@playwright\/test'[^]*?)^```/m.exec(guide)?.[1] ?? '';
  const config = `export default {
  workers: 1,
  reporter: 'json',
  use: { launchOptions: { executablePath: process.env.CHROMIUM_PATH, args: ['--no-sandbox'] } },
};`;
  writeFileSync(path.join(app, 'package.json'), '{"name":"app","type":"module"}');
  writeFileSync(path.join(app, 'playwright.config.js'), config);
  writeFileSync(path.join(app, 'passed.spec.js'), block);
  writeFileSync(
    path.join(app, 'failed.spec.js'),
    block.replace("name: 'basket' }", "name: 'cart' }"),
  );
  const cli = path.join(repository, 'node_modules', ...ofRunner, 'cli.js');
  const failed = run(process.execPath, [cli, 'test'], { cwd: app });
  const { stdout } = await failed.catch((error: { stdout: string }) => error);
  expect(stdout).toContain('"expected": 1');
  expect(stdout).toContain('"unexpected": 1');
  expect(stdout).toContain('SH_NEW with these parameters was not received, but:');
  const log = /"name": "seshdeck.log",\s+"contentType": "text\/plain",\s+"body": "([^"]+)"/.exec(
    stdout,
  );
  expect(Buffer.from(log?.[1] ?? '', 'base64').toString()).toMatch(/debug SH_NEW → Ok/);
});
