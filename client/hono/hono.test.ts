import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clientOf } from '../../test/client/clientOf.ts';
import { webSessionContract, type SiteParts } from '../../test/client/webSessionContract.ts';
import { startTestServer, type TestServer } from '../../test/server/testServer.ts';
import type { Client } from '../client.ts';
import { seshdeckSession, type HonoSessionOptions, type SessionVariables } from './hono.ts';

describe('in a site', () => {
  webSessionContract(startSite);
});

async function startSite({ options, maxAgeMs, act }: SiteParts) {
  const app = new Hono<{ Variables: SessionVariables }>();
  const ttl = maxAgeMs === undefined ? {} : { ttl: Math.ceil(maxAgeMs / 1000) };
  app.use(seshdeckSession({ ...options, ...ttl }));
  app.get('*', async (c) => {
    const { session } = c.var;
    const answer = await act({
      path: c.req.path,
      session: session.data,
      end: () => session.end(),
      renew: async () => {
        await session.renew();
        for (const name of Object.keys(session.data)) delete session.data[name];
        return session.data;
      },
    });
    return c.json(answer ?? session.data);
  });
  app.onError((_error, c) => c.json({}, 500));
  const site = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  await once(site, 'listening');
  return {
    port: (site.address() as AddressInfo).port,
    stop: async () => {
      const closed = once(site, 'close');
      site.close();
      await closed;
    },
  };
}

describe('the cookie', () => {
  let server: TestServer;
  let client: Client;

  beforeEach(async () => {
    server = await startTestServer();
    client = clientOf(`ws://127.0.0.1:${server.port}`).client;
  });

  afterEach(async () => {
    await client.close();
    await server.stop();
  });

  /** An application whose visitors log in at /login and out at /logout. */
  function appOf(options: Partial<HonoSessionOptions> = {}) {
    const app = new Hono<{ Variables: SessionVariables<{ user: string }> }>();
    app.use(seshdeckSession({ client, ...options }));
    app.get('/login', (c) => {
      c.var.session.data.user = 'ada';
      c.header('set-cookie', 'theme=dark');
      return c.text('Welcome');
    });
    app.get('/logout', async (c) => {
      await c.var.session.end();
      c.var.session.data.user = 'nobody';
      return c.text('Bye');
    });
    app.get('/', (c) => c.text(c.var.session.data.user ?? 'stranger'));
    return app;
  }

  test('has safe attributes, and leaves other cookies alone', async () => {
    const set = (await appOf({ ttl: 60 }).request('/login')).headers.getSetCookie();
    const sid = /^sid=[\w-]{32}; Max-Age=60; Path=\/; HttpOnly; Secure; SameSite=Lax$/;
    expect(set).toEqual(['theme=dark', expect.stringMatching(sid)]);
    const cookie = { name: 'id', path: '/a', domain: 'a.example', sameSite: 'Strict' } as const;
    const other = (await appOf({ cookie: { ...cookie, secure: false } }).request('/login')).headers;
    expect(other.getSetCookie()[1]).toMatch(
      /^id=[\w-]{32}; Max-Age=86400; Path=\/a; Domain=a\.example; HttpOnly; SameSite=Strict$/,
    );
  });

  test('is found among others, and removed by a logout', async () => {
    const app = appOf();
    const [, sid = ''] = (await app.request('/login')).headers.getSetCookie();
    const headers = { cookie: `theme=dark;  ${sid.split(';')[0]}; xsid=1` };
    expect(await (await app.request('/', { headers })).text()).toBe('ada');
    const left = (await app.request('/logout', { headers })).headers.getSetCookie();
    expect(left).toEqual([expect.stringMatching(/^sid=; Max-Age=0; /)]);
    expect(await (await app.request('/', { headers })).text()).toBe('stranger');
  });

  test('cannot be made from the name of the session', async () => {
    const app = appOf();
    const [, sid = ''] = (await app.request('/login')).headers.getSetCookie();
    const value = /^sid=([^;]*)/.exec(sid)?.[1] ?? '';
    expect(await client.openSession(`sess:${value}`)).toBeUndefined();
    expect(await (await client.openSession('sess:*'))?.count()).toBe(1);
  });

  test('that cannot be is refused at the start', () => {
    const refused = [
      { name: 'a b' },
      { name: '' },
      { name: 'sid\r\nx' },
      { path: '/; Domain=evil.example' },
      { domain: 'a.example\r\n' },
      { sameSite: 'None', secure: false },
    ] as const;
    for (const cookie of refused) {
      expect(() => seshdeckSession({ client, cookie })).toThrow(TypeError);
    }
  });
});
