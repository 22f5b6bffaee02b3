import { betterAuth } from 'better-auth';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clientOf } from '../../test/client/clientOf.ts';
import type { ServerDeps } from '../../server/createServer.ts';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { memoryAndCluster } from '../../test/server/stores.ts';
import { startTestServer, type TestServer } from '../../test/server/testServer.ts';
import type { Client } from '../client.ts';
import { seshdeckStorage, type SeshdeckStorage } from './betterAuth.ts';

let server: TestServer;
let db: Client;
let storage: SeshdeckStorage;
let clock: FakeClock;

async function start(deps: Pick<ServerDeps, 'createStore'>): Promise<void> {
  clock = new FakeClock();
  server = await startTestServer([], { clock, ...deps });
  db = clientOf(`ws://127.0.0.1:${server.port}`).client;
  storage = seshdeckStorage({ client: db });
}

afterEach(async () => {
  await db.close();
  await server.stop();
});

describe.each(memoryAndCluster)('the storage, with sessions in %s', (_, deps) => {
  beforeEach(() => start(deps));

  test('what is set is there until its time is over, or it is deleted', async () => {
    await storage.set('a', 'one', 60);
    await storage.set('b', 'two');
    await storage.set('c', 'three', 1.5);
    expect(await storage.get('a')).toBe('one');
    clock.advance(1_999);
    expect(await storage.get('c')).toBe('three');
    clock.advance(58_001);
    expect(await storage.get('a')).toBeNull();
    expect(await storage.get('b')).toBe('two');
    await storage.delete('b');
    await storage.delete('never set');
    expect(await storage.get('b')).toBeNull();
    expect((await db.call('SH_INFO_ALL', {})).totalSessions).toBe(0);
  });

  test('setting again starts another time', async () => {
    await storage.set('a', 'one', 10);
    await storage.set('a', 'two', 60);
    clock.advance(50_000);
    expect(await storage.get('a')).toBe('two');
    await storage.set('a', 'three', 5);
    clock.advance(5_000);
    expect(await storage.get('a')).toBeNull();
  });

  test('every text comes back letter by letter, and JSON is stored as JSON', async () => {
    const texts = [
      '{"user":{"name":"Ada","n":1.5},"list":[1,null,true]}',
      ' {"spaces": 1}',
      '{"a":1,"a":2}',
      '{"2":1,"1":2}',
      '{"__proto__":1}',
      '14247375118774737462',
      '1e400',
      '1.0',
      '-0',
      'null',
      '"quoted"',
      '{',
      '',
      'é𝒜\u0000\n',
    ];
    for (const [n, text] of texts.entries()) {
      await storage.set(String(n), text, 60);
      expect(await storage.get(String(n))).toBe(text);
      expect(await storage.getAndDelete(String(n))).toBe(text);
    }
    await storage.set('json', texts[0] ?? '', 60);
    const json = await db.openSession('auth:json');
    expect(await json?.get(['value'])).toMatchObject({ value: { user: { name: 'Ada' } } });
  });

  test('of many who get and delete a value at the same time, one has it', async () => {
    const other = clientOf(`ws://127.0.0.1:${server.port}`).client;
    const elsewhere = seshdeckStorage({ client: other });
    const storageOf = (n: number) => (n % 2 === 0 ? storage : elsewhere);
    await storage.set('code', '381022', 60);
    const taken = await Promise.all(
      Array.from({ length: 20 }, (_, n) => storageOf(n).getAndDelete('code')),
    );
    expect(taken.filter((value) => value !== null)).toEqual(['381022']);
    await other.close();
  });

  test('of many who count at the same time, each has another number', async () => {
    const other = clientOf(`ws://127.0.0.1:${server.port}`).client;
    const elsewhere = seshdeckStorage({ client: other });
    const storageOf = (n: number) => (n % 2 === 0 ? storage : elsewhere);
    const counts = await Promise.all(
      Array.from({ length: 50 }, (_, n) => storageOf(n).increment('tries', 60)),
    );
    expect(counts.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
    expect(await storage.get('tries')).toBe('50');
    await other.close();
  });

  test('a counter lives from the first count on, and later ones do not extend it', async () => {
    expect(await storage.increment('tries', 60)).toBe(1);
    clock.advance(40_000);
    expect(await storage.increment('tries', 60)).toBe(2);
    clock.advance(20_000);
    expect(await storage.increment('tries', 60)).toBe(1);
    await storage.getAndDelete('tries');
    clock.advance(50_000);
    expect(await storage.increment('tries', 60)).toBe(1);
    clock.advance(50_000);
    expect(await storage.increment('tries', 60)).toBe(2);
  });

  test('a number that was set can be counted up, another text cannot', async () => {
    await storage.set('n', '5', 60);
    expect(await storage.increment('n', 60)).toBe(6);
    await storage.set('n', 'five', 60);
    await expect(storage.increment('n', 60)).rejects.toMatchObject({ name: 'CommandError' });
  });

  test('keys may have any name', async () => {
    const keys = ['', '*', '__proto__', 'a:b', '10.0.0.1|/sign-in', 'x'.repeat(5_000)];
    for (const key of keys) await storage.set(key, key, 60);
    for (const key of keys) expect(await storage.get(key)).toBe(key);
  });
});

describe.each(memoryAndCluster)('in better-auth, with sessions in %s', (_, deps) => {
  const origin = 'http://shop.example';
  const person = { email: 'ada@example.com', password: 'a long password', name: 'Ada' };
  let resetTokens: string[] = [];
  let auth: { readonly handler: (request: Request) => Promise<Response> };

  beforeEach(async () => {
    await start(deps);
    resetTokens = [];
    auth = betterAuth({
      baseURL: origin,
      secret: 'a secret of thirty-two characters or more',
      secondaryStorage: storage,
      emailAndPassword: {
        enabled: true,
        sendResetPassword: async ({ token }) => {
          resetTokens.push(token);
        },
      },
      rateLimit: { enabled: true },
      logger: { disabled: true },
      telemetry: { enabled: false },
    });
  });

  /** A browser. Each has its own address, as sign-ins are limited for each. */
  function browser(address: string) {
    let cookie = '';
    return async (path: string, body?: object) => {
      const headers = { 'content-type': 'application/json', origin, cookie };
      const request = new Request(`${origin}/api/auth${path}`, {
        method: body ? 'POST' : 'GET',
        headers: { ...headers, 'x-forwarded-for': address },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const response = await auth.handler(request);
      cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
      return { status: response.status, body: (await response.json()) as unknown };
    };
  }

  test('a session is kept on the server, until the logout', async () => {
    const ada = browser('10.0.0.1');
    expect((await ada('/sign-up/email', person)).status).toBe(200);
    expect((await ada('/get-session')).body).toMatchObject({ user: { name: 'Ada' } });
    const { token } = ((await ada('/get-session')).body as { session: { token: string } }).session;
    const stored = await db.openSession(`auth:${token}`);
    expect(await stored?.get(['value'])).toMatchObject({ value: { user: { name: 'Ada' } } });
    expect((await stored?.info())?.expiry?.seconds).toBeGreaterThan(6 * 24 * 3_600);
    expect((await ada('/sign-out', {})).status).toBe(200);
    expect(await db.openSession(`auth:${token}`)).toBeUndefined();
    expect((await ada('/get-session')).body).toBeNull();
  });

  test('a user can log out other devices', async () => {
    const [phone, laptop] = [browser('10.0.0.1'), browser('10.0.0.2')];
    await phone('/sign-up/email', person);
    await laptop('/sign-in/email', person);
    expect((await laptop('/list-sessions')).body).toHaveLength(2);
    expect((await laptop('/revoke-other-sessions', {})).status).toBe(200);
    expect((await phone('/get-session')).body).toBeNull();
    expect((await laptop('/get-session')).body).toMatchObject({ user: { name: 'Ada' } });
  });

  test('a link to reset the password works once', async () => {
    const ada = browser('10.0.0.1');
    await ada('/sign-up/email', person);
    await ada('/request-password-reset', { email: person.email, redirectTo: '/reset' });
    const [token = ''] = resetTokens;
    const resets = await Promise.all(
      ['one long password', 'other long password'].map((newPassword) =>
        ada('/reset-password', { newPassword, token }),
      ),
    );
    expect(resets.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 400]);
  });

  test('sign-ins are limited by counts on the server', async () => {
    const thief = browser('10.0.0.9');
    const tries = [];
    for (let n = 0; n < 4; n += 1) {
      tries.push((await thief('/sign-in/email', { ...person, password: 'a wrong one' })).status);
    }
    expect(tries).toEqual([401, 401, 401, 429]);
    expect(await storage.get('10.0.0.9|/sign-in/email')).toBe('4');
  });
});
