import { execFile } from 'node:child_process';
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
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { startTestServer, type TestServer } from '../test/server/testServer.ts';

/** Of a page that uses the client, compressed. */
const maxBrowserBytes = 12_000;

// Each starts a process or two, which takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const repository = fileURLToPath(new URL('..', import.meta.url));
const place = mkdtempSync(path.join(tmpdir(), 'seshdeck-package-'));
const app = path.join(place, 'app');
const run = promisify(execFile);
/** What an application installs beside it. */
const frameworks = ['ws', 'express-session', 'fastify', '@fastify', 'hono', 'better-auth'];

/** What can be imported. */
const parts = Object.keys(manifest.exports)
  .filter((name) => name !== './package.json')
  .map((name) => name.replace('.', 'seshdeck'));
const inRepository = (...names: string[]) => path.join(repository, 'node_modules', ...names);

let server: TestServer;
let tarball = '';

beforeAll(async () => {
  server = await startTestServer();
  const packed = path.join(place, 'packed');
  // What is shipped beside the client takes long to build, and has tests of its own.
  for (const file of ['package.json', 'README.md', 'LICENSE', 'scripts']) {
    cpSync(path.join(repository, file), path.join(packed, file), { recursive: true });
  }
  await run(execPath, [
    path.join(repository, 'scripts/buildClient.mjs'),
    path.join(packed, 'dist'),
  ]);
  const { stdout } = await npm(packed, 'pack', '--ignore-scripts', '--json');
  tarball = path.join(packed, /"filename": "([^"]+)"/.exec(stdout)?.[1] ?? '');
  mkdirSync(app);
  writeFileSync(path.join(app, 'package.json'), '{"name":"app","private":true,"type":"module"}');
  await npm(app, 'install', '--offline', '--no-audit', '--no-fund', tarball);
  for (const name of frameworks) {
    symlinkSync(inRepository(name), path.join(app, 'node_modules', name));
  }
}, 180_000);

afterAll(async () => {
  rmSync(place, { recursive: true, force: true });
  await server.stop();
});

function npm(cwd: string, ...args: string[]) {
  return run('npm', args, { cwd });
}

function node(...args: string[]) {
  return run(execPath, args, { cwd: app });
}

const use = (address: string) => `
  const db = connect('${address}');
  const cart = await db.newSession({ name: 'cart' });
  await cart.set({ qty: 2 });
  console.log((await cart.get(['qty'])).qty);
  await cart.get(['qty']).then(() => cart.end());
  await cart.count().catch((error) => console.log(error instanceof CommandError, error.status));
  await db.drain();
`;
const said = '2\ntrue SessionNotExist\n';

test('a module imports it', async () => {
  const text = `import { connect, CommandError } from 'seshdeck/client';\n${use(`ws://127.0.0.1:${server.port}`)}`;
  writeFileSync(path.join(app, 'app.mjs'), text);
  expect((await node('app.mjs')).stdout).toBe(said);
});

test('a CommonJS module requires it', async () => {
  const text = `const { connect, CommandError } = require('seshdeck/client');
(async () => {${use(`ws://127.0.0.1:${server.port}`)}})();\n`;
  writeFileSync(path.join(app, 'app.cjs'), text);
  expect((await node('app.cjs')).stdout).toBe(said);
});

test('without a WebSocket it says what to install', async () => {
  const text = `import { connect } from 'seshdeck/client';
delete globalThis.WebSocket;
const db = connect('ws://127.0.0.1:1');
await db.call('SV_INFO', {}).catch((error) => console.log(error.name, error.cause.message));
`;
  const bare = path.join(place, 'bare');
  cpSync(path.join(app, 'node_modules', 'seshdeck'), path.join(bare, 'node_modules', 'seshdeck'), {
    recursive: true,
  });
  writeFileSync(path.join(bare, 'app.mjs'), text);
  const { stdout } = await run(execPath, ['app.mjs'], { cwd: bare });
  expect(stdout).toBe('NotSentError There is no WebSocket here: install the package "ws"\n');
});

test('each of its parts is the same for import and for require', async () => {
  expect(parts.length).toBeGreaterThan(2);
  const text = `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
for (const part of ${JSON.stringify(parts)}) {
  const names = (module) => Object.keys(module).filter((name) => name !== 'default').join(' ');
  console.log(names(await import(part)) === names(require(part)), part);
}
`;
  writeFileSync(path.join(app, 'parts.mjs'), text);
  expect((await node('parts.mjs')).stdout).toBe(parts.map((part) => `true ${part}\n`).join(''));
});

test('@fastify/session takes the store that the package has for it', async () => {
  const text = `import cookie from '@fastify/cookie';
import session from '@fastify/session';
import fastify from 'fastify';
import { connect } from 'seshdeck/client';
import { seshdeckStore } from 'seshdeck/fastify-session';
const client = connect('ws://127.0.0.1:${server.port}');
const app = fastify();
app.register(cookie).register(session, {
  store: seshdeckStore({ client }),
  secret: 'a secret of thirty-two characters or more',
  cookie: { secure: false },
});
app.get('/', (request) => request.session.set('user', 'ada') ?? 'set');
app.get('/user', (request) => request.session.get('user'));
const { cookies: [{ name, value }] } = await app.inject('/');
console.log((await app.inject({ url: '/user', cookies: { [name]: value } })).body);
await app.close();
await client.drain();
`;
  writeFileSync(path.join(app, 'fastify.mjs'), text);
  expect((await node('fastify.mjs')).stdout).toBe('ada\n');
});

test('express-session takes the store that the package has for it', async () => {
  const text = `import session from 'express-session';
import { seshdeckStore } from 'seshdeck/express-session';
import { connect } from 'seshdeck/client';
const client = connect('ws://127.0.0.1:${server.port}');
const store = seshdeckStore(session, { client });
session({ store, secret: 'x', resave: false, saveUninitialized: false });
const data = { cookie: { originalMaxAge: 60_000 }, user: 'ada' };
store.set('one', data, () => store.get('one', (error, found) => {
  console.log(store instanceof session.Store, error, found.user);
  void client.drain();
}));
`;
  writeFileSync(path.join(app, 'store.mjs'), text);
  expect((await node('store.mjs')).stdout).toBe('true null ada\n');
  writeFileSync(path.join(app, 'store.cjs'), "require('seshdeck/express-session').seshdeckStore");
  await node('store.cjs');
});

test.each(['mts', 'cts'])('TypeScript with nodenext reads its types (%s)', async (kind) => {
  const text = `import { connect, type CommandReply, type StandardSchema } from 'seshdeck/client';
export async function use(qty: StandardSchema<number>): Promise<void> {
  await using db = connect('ws://127.0.0.1:1', { queue: { max: 10 } });
  const cart = await db.newSession({ name: 'cart', schemas: { qty } });
  const found: { readonly qty: number | null } = await cart.get(['qty']);
  const reply: CommandReply<'KV_INCR'> = await cart.call('KV_INCR', { key: 'n' });
  for await (const event of db.status()) if (event.type === 'connected') console.log(event.address);
  // @ts-expect-error -- an unknown command must not compile
  await db.call('KV_NOPE', {});
  // @ts-expect-error -- the schema requires a number
  await cart.set({ qty: 'two' });
  console.log(found, reply.st);
}
`;
  writeFileSync(path.join(app, `app.${kind}`), text);
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2022',
    lib: ['es2022', 'dom', 'esnext.disposable'],
    strict: true,
    exactOptionalPropertyTypes: true,
    types: [],
    noEmit: true,
  };
  const settings = path.join(app, `tsconfig.${kind}.json`);
  writeFileSync(settings, JSON.stringify({ compilerOptions, files: [`app.${kind}`] }));
  const checked = await run(inRepository('.bin', 'tsc'), ['-p', settings]).catch(String);
  expect(checked).toEqual({ stdout: '', stderr: '' });
});

test('frameworks take its types', async () => {
  const text = `import fastifySession from '@fastify/session';
import { betterAuth } from 'better-auth';
import { fastify } from 'fastify';
import { Hono } from 'hono';
import { seshdeckStorage } from 'seshdeck/better-auth';
import { connect } from 'seshdeck/client';
import { seshdeckStore } from 'seshdeck/fastify-session';
import { seshdeckSession, type SessionVariables } from 'seshdeck/hono';

const client = connect('ws://127.0.0.1:1');
const store = seshdeckStore({ client, userOf: ({ user }) => user });
await fastify().register(fastifySession, { store, secret: 'x' });
betterAuth({ secondaryStorage: seshdeckStorage({ client }) });
const app = new Hono<{ Variables: SessionVariables<{ user: string }> }>();
app.use(seshdeckSession({ client }));
app.get('/', (c) => {
  c.var.session.data.user = 'ada';
  // @ts-expect-error -- the user is a string
  c.var.session.data.user = 1;
  return c.text('Welcome');
});
`;
  writeFileSync(path.join(app, 'frameworks.mts'), text);
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2022',
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true, // Theirs need many more.
    types: [],
    noEmit: true,
  };
  const settings = path.join(app, 'tsconfig.frameworks.json');
  writeFileSync(settings, JSON.stringify({ compilerOptions, files: ['frameworks.mts'] }));
  const checked = await run(inRepository('.bin', 'tsc'), ['-p', settings]).catch(String);
  expect(checked).toEqual({ stdout: '', stderr: '' });
});

test('a bundler makes a page of it, which is small', async () => {
  const text = `import { connect } from 'seshdeck/client';\nglobalThis.db = connect('ws://127.0.0.1:1987');\n`;
  writeFileSync(path.join(app, 'page.js'), text);
  const { build } = await import('vite');
  const built = await build({
    configFile: false,
    root: app,
    logLevel: 'silent',
    build: {
      write: false,
      target: 'es2022',
      rolldownOptions: { input: path.join(app, 'page.js') },
    },
  });
  const [page] = 'output' in built ? built.output : [];
  const code = page?.type === 'chunk' ? page.code : '';
  expect(code).toContain('ws://127.0.0.1:1987');
  expect(code).not.toContain('node:');
  // No text of the catalog, which is large.
  expect(code).not.toContain('Creates a session');
  expect(brotliCompressSync(code).length).toBeLessThanOrEqual(maxBrowserBytes);
});

test('what it imports is a part of Node, itself or an optional peer', () => {
  const folder = path.join(app, 'node_modules', 'seshdeck', 'dist', 'client');
  const files = readdirSync(folder, { recursive: true }).map(String);
  const imported = files
    .filter((file) => /\.[cm][jt]s$/.test(file))
    .flatMap((file) => [
      ...readFileSync(path.join(folder, file), 'utf8').matchAll(
        /\b(?:from |import |import\(|require\()['"]([^'"]+)['"]/g,
      ),
    ])
    .map(([, name = '']) => name)
    .filter((name) => !/^(?:\.|node:)/.test(name));
  expect([...new Set(imported)].toSorted()).toEqual(['@playwright/test', 'vitest']);
  const { peerDependencies, peerDependenciesMeta } = manifest;
  expect(Object.keys(peerDependencies)).toEqual(expect.arrayContaining(imported));
  for (const name of Object.keys(peerDependencies)) {
    expect(peerDependenciesMeta).toHaveProperty([name], { optional: true });
  }
});

test('publint has nothing to say', async () => {
  const linted = await node(inRepository('publint', 'src', 'cli.js'), tarball, '--strict');
  expect(linted.stdout).toContain('All good!');
});

test('types resolve as the code does, for import and for require', async () => {
  const format = ['--no-emoji', '--no-color', '--format', 'table-flipped'];
  const args = [tarball, '--profile', 'node16', ...format];
  const { stdout } = await run(inRepository('.bin', 'attw'), args);
  for (const part of parts) {
    expect(stdout).toMatch(new RegExp(`"${part}" +│ OK \\(CJS\\) +│ OK \\(ESM\\) +│ OK `));
  }
});

test('what is packed is the client, what starts the server, and nothing of the sources', async () => {
  const { stdout } = await run('tar', ['-tf', tarball]);
  expect(stdout).toContain('package/dist/client/client.cjs\n');
  expect(stdout).not.toMatch(/\.test\.|[^d]\.ts$/m);
});
