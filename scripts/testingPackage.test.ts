import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { whyNoRedis } from '../test/server/whyNoRedis.ts';

// The testing kit as it is packed, in a fresh folder, with what docs/testing.md shows.

// Each starts a process or two, which takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const repository = fileURLToPath(new URL('..', import.meta.url));
const place = mkdtempSync(path.join(tmpdir(), 'seshdeck-testing-'));
const app = path.join(place, 'app');
const run = promisify(execFile);
const inRepository = (...names: string[]) => path.join(repository, 'node_modules', ...names);
const guide = readFileSync(path.join(repository, 'docs/testing.md'), 'utf8');
const blocks = Array.from(guide.matchAll(/^```js\n([^]*?)^```/gm), ([, code = '']) => code);

/** The block that begins with this line. */
const blockOf = (line: string) => blocks.find((code) => code.startsWith(line)) ?? '';

beforeAll(async () => {
  const packed = path.join(place, 'packed');
  // The console takes long to build, and has tests of its own.
  for (const file of ['package.json', 'README.md', 'LICENSE', 'scripts']) {
    cpSync(path.join(repository, file), path.join(packed, file), { recursive: true });
  }
  const dist = path.join(packed, 'dist');
  for (const script of ['buildServer.mjs', 'buildClient.mjs']) {
    await run(execPath, [path.join(repository, 'scripts', script), dist]);
  }
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json'], { cwd: packed });
  const tarball = path.join(packed, /"filename": "([^"]+)"/.exec(stdout)?.[1] ?? '');
  mkdirSync(app);
  writeFileSync(path.join(app, 'package.json'), '{"name":"app","private":true,"type":"module"}');
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: app });
  mkdirSync(path.join(app, 'node_modules', '@playwright'));
  for (const name of ['vitest', '@playwright/test']) {
    symlinkSync(inRepository(name), path.join(app, 'node_modules', name));
  }
}, 180_000);

afterAll(() => {
  rmSync(place, { recursive: true, force: true });
});

interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Runs Node in the fresh folder, with a file of this text. */
async function node(file: string, text: string, args: readonly string[] = [file]): Promise<Ended> {
  writeFileSync(path.join(app, file), text);
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, CI: undefined };
  return run(execPath, [...args], { cwd: app, env }).then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    (failed: { code: number; stdout: string; stderr: string }) => ({
      code: failed.code,
      output: failed.stdout + failed.stderr,
    }),
  );
}

/** Runs it in Vitest. */
const vitest = (file: string, text: string) =>
  node(file, text, [inRepository('vitest', 'vitest.mjs'), 'run', file]);

/** Runs it in `node:test`. */
const nodeTest = (file: string, text: string) =>
  node(file, text, ['--test', '--test-reporter', 'tap', file]);

test('plain blocks of the guide run, and print what they say', async () => {
  const plain = blocks.filter(
    (code) =>
      !/from '(?:vitest|node:test|@playwright\/test)'/.test(code) &&
      (whyNoRedis === undefined || !code.includes('startRedis')),
  );
  const expected = plain.flatMap((code) =>
    Array.from(code.matchAll(/\/\/ → (.*)/g), ([, line = '']) => line),
  );
  expect(expected.length).toBeGreaterThan(7);
  const bodies = plain.map((code) => `{\n${code.replace(/^import .*\n/m, '')}}\n`);
  const { output } = await node(
    'guide.mjs',
    `import { inspect } from 'node:util';
import { startRedis, startRedisCluster, startServer, startServerProcess } from 'seshdeck/testing';
inspect.defaultOptions.breakLength = 200;
${bodies.join('')}`,
  );
  expect(output.trimEnd().split('\n')).toEqual(expected);
});

test('CommonJS requires it, and its errors and sessions are those of the client', async () => {
  const text = `const { startServer } = require('seshdeck/testing');
const { CommandError } = require('seshdeck/client');
(async () => {
  const server = await startServer({ flags: ['--max-keys', '1'] });
  const { cart } = await server.seed({ cart: { qty: 2 } });
  await cart.set({ a: 1 }).catch((error) => console.log(error instanceof CommandError));
  await server.close();
})();
`;
  expect(await node('app.cjs', text)).toEqual({ code: 0, output: 'true\n' });
});

test('fake timers of a test do not stop the server', async () => {
  const text = `import { startServer } from 'seshdeck/testing';
const server = await startServer({ data: true });
for (const name of ['setTimeout', 'setInterval', 'setImmediate']) globalThis[name] = () => 0;
globalThis.performance = { now: () => 0, timeOrigin: 0 };
const { cart } = await server.seed({ cart: { qty: 2 } }, { expiry: { seconds: 60 } });
console.log(await server.connect().session(cart.token).get(['qty']));
await server.clock.advance(60_000);
console.log(await server.hasEnded(cart));
process.exit();
`;
  expect(await node('fake.mjs', text)).toEqual({ code: 0, output: '{ qty: 2 }\ntrue\n' });
});

test('the block for Vitest runs in it, and a failed test shows the log', async () => {
  const text = blockOf("import { expect, test as base } from 'vitest'");
  const passed = await vitest('passed.test.js', text);
  expect(passed.output).toMatch(/Tests +1 passed/);
  expect(passed.output).not.toContain('Log of the Seshdeck server');
  const failed = await vitest(
    'failed.test.js',
    text.replace('qty: 3 } })', 'qty: 4 } })').replace('set({ qty: 3', 'set({ qty: 5'),
  );
  expect(failed.code).toBe(1);
  expect(failed.output).toContain('KV_SET with these parameters was not received, but:');
  expect(failed.output).toMatch(/Log of the Seshdeck server:\n[^]*debug KV_SET #/);
});

test('the block for node:test runs in it, and a failed test shows the log', async () => {
  const text = blockOf("import assert from 'node:assert/strict'");
  const passed = await nodeTest('passed.mjs', text);
  expect(passed.output).toMatch(/^# pass 1$/m);
  expect(passed.output).not.toContain('Log of the Seshdeck server');
  const failed = await nodeTest('failed.mjs', text.replace('qty: 3 } }))', 'qty: 4 } }))'));
  expect(failed.code).toBe(1);
  expect(failed.output).toMatch(/# Log of the Seshdeck server:\n[^]*debug KV_SET /);
});

test.each(['mts', 'cts'])('TypeScript with nodenext reads its types (%s)', async (kind) => {
  const text = `import { startServer, startServerProcess, type Snapshot, type TestServer } from 'seshdeck/testing';
import { startServerFor } from 'seshdeck/testing/node-test';
import * as vitest from 'seshdeck/testing/vitest';
import * as playwright from 'seshdeck/testing/playwright';
import { expect, test } from 'vitest';
import * as pw from '@playwright/test';
export async function use(from: Snapshot): Promise<void> {
  await using server: TestServer = await startServer({ from, seed: 1, data: true });
  const { basket } = await server.seed({ basket: { qty: 2 } });
  server.faults.next('KV_SET', { status: 'LimitReached', after: 1 });
  // @ts-expect-error -- an unknown command must not compile
  server.faults.next('KV_NOPE', { drop: 'reply' });
  // @ts-expect-error -- nor an unknown session
  (await server.seed({ basket: {} })).cart;
  await using alone = await startServerProcess({ flags: ['--read-only'] });
  // @ts-expect-error -- a process has no clock of the kit
  alone.clock;
  console.log(basket.token, server.received[0]?.params, startServerFor);
}
expect.extend(vitest.seshdeckMatchers);
test.extend(vitest.seshdeckFixtures())('x', async ({ seshdeck }) => {
  const server: TestServer = seshdeck;
  await expect(server).toHaveEnded('1');
  expect(server.received).toContainCommand('KV_SET', { keys: {} });
});
const expectOf = pw.expect.extend(playwright.seshdeckMatchers);
type Worker = playwright.SeshdeckWorkerFixtures;
const base = pw.test.extend<playwright.SeshdeckFixtures, Worker>(playwright.seshdeckFixtures());
base('y', async ({ page, seshdeck, seshdeckServer, seshdeckConsole }) => {
  const servers: TestServer[] = [seshdeck, seshdeckServer];
  await seshdeckConsole.send('{}');
  await expectOf(seshdeck).toHaveEnded('1');
  await pw.expect(new playwright.LogPage(page).row(/x/)).toBeVisible();
  console.log(servers);
});
`;
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2022',
    lib: ['es2022', 'dom', 'esnext.disposable'],
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    types: [],
    noEmit: true,
  };
  const settings = path.join(app, `tsconfig.${kind}.json`);
  writeFileSync(path.join(app, `app.${kind}`), text);
  writeFileSync(settings, JSON.stringify({ compilerOptions, files: [`app.${kind}`] }));
  const checked = await run(inRepository('.bin', 'tsc'), ['-p', settings]).catch(
    (failed: { stdout: string }) => failed,
  );
  expect(checked.stdout).toBe('');
});
