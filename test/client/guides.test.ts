import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { connect } from '../../client/connect.ts';
import { freePort } from '../../client/testing/freePort.ts';
import { startTestServer, type TestServer } from '../server/testServer.ts';

// The guides for web frameworks: their blocks are one site, which visitors open here.

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'seshdeck-guides-'));
const sites: ChildProcess[] = [];
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
});

afterAll(async () => {
  for (const site of sites) site.kill();
  rmSync(folder, { recursive: true });
  await server.stop();
});

/** What a guide imports from the package, in its sources. */
const sources: Readonly<Record<string, string>> = {
  'seshdeck/client': 'client/main.ts',
  'seshdeck/express-session': 'client/expressSession/expressSession.ts',
  'seshdeck/fastify-session': 'client/fastifySession/fastifySession.ts',
  'seshdeck/hono': 'client/hono/hono.ts',
  'seshdeck/better-auth': 'client/betterAuth/betterAuth.ts',
};

/** The blocks of a guide as one module that listens on this port. */
function moduleOf(guide: string, port: number): string {
  const text = readFileSync(path.join(root, guide), 'utf8');
  const blocks = Array.from(text.matchAll(/^```js\n([^]*?)^```/gm), ([, code = '']) => code);
  return blocks
    .join('\n')
    .replaceAll(/'(seshdeck\/[\w-]+)'/g, (_, name: string) => `'${root}${sources[name] ?? name}'`)
    .replaceAll('127.0.0.1:1987', `127.0.0.1:${server.port}`)
    .replaceAll(/\b3000\b/g, String(port));
}

/** Runs what a guide shows, and then this. @returns What that sends. */
async function run(guide: string, port: number, ending: string): Promise<unknown> {
  const file = path.join(folder, path.basename(guide, '.md') + '.mts');
  writeFileSync(file, `${moduleOf(guide, port)}\n${ending}\n`);
  const site = fork(file, { cwd: root, execArgv: ['--import', 'tsx'], env: environment });
  sites.push(site);
  const [message] = (await once(site, 'message')) as [unknown];
  return message;
}

/** Starts the site that a guide shows. @returns Its address. */
async function start(guide: string): Promise<string> {
  const port = await freePort();
  await run(guide, port, "process.send('ready');");
  const address = `http://localhost:${port}`;
  await vi.waitFor(() => fetch(address)); // It may be about to listen.
  return address;
}

const environment = { ...process.env, SESSION_SECRET: 'a secret of thirty-two characters or more' };

/** A person with a browser. */
function visitorOf(site: string) {
  let cookie = '';
  return async (method: string, path: string) => {
    const response = await fetch(site + path, { method, headers: { cookie } });
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return response.text();
  };
}

/** As {@link visitorOf}, and follows redirects with the cookies that come with them. */
function browserOf(site: string) {
  let cookie = '';
  return async function visit(method: string, path: string): Promise<string> {
    const response = await fetch(site + path, { method, headers: { cookie }, redirect: 'manual' });
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    const next = response.headers.get('location');
    return next === null ? response.text() : visit('GET', next);
  };
}

test('five minutes of Express lead to what they say', async () => {
  const site = await start('docs/express-in-five-minutes.md');
  const client = connect(`ws://127.0.0.1:${server.port}`);
  const [here, there] = [browserOf(site), browserOf(site)];
  expect(await here('GET', '/')).toBe('Visit 1');
  expect(await here('GET', '/')).toBe('Visit 2');
  const tokens = (await (await client.openSession('sess:*'))?.keys()) ?? [];
  const visits = await Promise.all(tokens.map((each) => client.session(each).get(['visits'])));
  const token = tokens[visits.findIndex((found) => found['visits'] === 2)] ?? '';
  await client.session(token).set({ visits: 100 });
  expect(await here('GET', '/')).toBe('Visit 101');

  expect(await here('GET', '/account')).toContain('Hello stranger');
  expect(await here('POST', '/login')).toContain('Hello ada');
  expect((await client.call('SH_EXISTS', { tkns: [token] })).exist).toEqual([]);
  expect(await there('POST', '/login')).toContain('Hello ada');
  expect(await there('POST', '/logout-others')).toContain('Hello ada');
  expect(await here('GET', '/account')).toContain('Hello stranger');
  expect(await there('POST', '/logout')).toContain('Hello stranger');
  await client.drain();
});

test('the guide for Express logs out other devices', async () => {
  const site = await start('docs/express-session.md');
  const [phone, laptop] = [visitorOf(site), visitorOf(site)];
  await phone('POST', '/login');
  await laptop('POST', '/login');
  expect(await laptop('POST', '/logout-others')).toBe('1 other devices were logged out');
  expect(await phone('GET', '/')).toBe('Hello stranger');
  expect(await laptop('GET', '/')).toBe('Hello ada');
});

test.each(['docs/express-session.md', 'docs/fastify-session.md', 'docs/hono.md'])(
  'what %s shows runs',
  async (guide) => {
    const visit = visitorOf(await start(guide));
    expect(await visit('GET', '/')).toBe('Hello stranger');
    expect(await visit('POST', '/login')).toBe('Welcome');
    expect(await visit('GET', '/')).toBe('Hello ada');
    expect(await visit('POST', '/logout')).toBe('Bye');
    expect(await visit('GET', '/')).toBe('Hello stranger');
  },
);

test('what better-auth.md shows runs', async () => {
  const person = { email: 'ada@example.com', password: 'a long password', name: 'Ada' };
  const ending = `
const headers = { 'content-type': 'application/json' };
const body = JSON.stringify(${JSON.stringify(person)});
const request = new Request('http://localhost:3000/api/auth/sign-up/email', { method: 'POST', headers, body });
const { token } = await (await auth.handler(request)).json();
process.send(token);`;
  const token = await run('docs/better-auth.md', 3000, ending);
  const client = connect(`ws://127.0.0.1:${server.port}`);
  const stored = await client.openSession(`auth:${String(token)}`);
  expect(await stored?.get(['value'])).toMatchObject({ value: { user: { name: 'Ada' } } });
  await client.drain();
});
