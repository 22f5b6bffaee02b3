import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clientOf } from '../../test/client/clientOf.ts';
import { webSessionContract, type SiteParts } from '../../test/client/webSessionContract.ts';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { startServerProcess } from '../testing/serverProcess.ts';
import { startRedis } from '../testing/startRedis.ts';
import { memoryAndCluster } from '../../test/server/stores.ts';
import { startTestServer, type TestServer } from '../../test/server/testServer.ts';
import { whyNoRedis } from '../../test/server/whyNoRedis.ts';
import type { Client } from '../client.ts';
import { UserSessions } from '../userSessions/userSessions.ts';
import { seshdeckStore, type SeshdeckStore, type SessionData } from './expressSession.ts';

type Visited = IncomingMessage & {
  session: SessionData & Record<string, unknown> & Record<'destroy' | 'regenerate', Method>;
};
type Method = (done: (error?: Error) => void) => void;
type Middleware = (
  request: Visited,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

// Its types come with those of Express, which are many packages.
const session = createRequire(import.meta.url)('express-session') as {
  (options: object): Middleware;
  readonly Store: new () => object;
};

const userOf = ({ user }: { readonly [member: string]: unknown }) => user;

describe.each(memoryAndCluster)('in a site, with sessions in %s', (_, deps) => {
  webSessionContract(startSite, deps);
});

async function startSite({ options, maxAgeMs, act }: SiteParts) {
  const use = session({
    store: seshdeckStore(session, options),
    secret: 'x',
    resave: false,
    saveUninitialized: false,
    cookie: maxAgeMs === undefined ? {} : { maxAge: maxAgeMs },
  });
  const site = createServer((plain, response) => {
    const request = plain as Visited; // The middleware makes it one.
    use(request, response, (error) => {
      response.statusCode = error ? 500 : 200;
      const answer = error ? {} : act(visitOf(request));
      void Promise.resolve(answer).then((body) =>
        response.end(JSON.stringify(body ?? request.session)),
      );
    });
  });
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  return {
    port: (site.address() as AddressInfo).port,
    stop: () =>
      new Promise<void>((resolve) => {
        site.close(() => resolve());
        site.closeAllConnections();
      }),
  };
}

function visitOf(request: Visited) {
  const call = (name: 'destroy' | 'regenerate') =>
    new Promise<void>((resolve, reject) => {
      request.session[name]((error) => (error ? reject(error) : resolve()));
    });
  return {
    path: request.url ?? '',
    session: request.session,
    end: () => call('destroy'),
    renew: async () => {
      await call('regenerate');
      return request.session;
    },
  };
}

const timeout = 60_000;

test.skipIf(whyNoRedis)(
  'sites of two servers on one Redis share their visitors',
  { timeout },
  async () => {
    const redis = await startRedis();
    // On a busy machine Redis answers late.
    const flags = ['--store-wait', '50000'];
    const servers = await Promise.all(
      [1, 2].map(() => startServerProcess({ data: redis.url, flags, startTimeoutMs: timeout })),
    );
    const stores = servers.map((each) =>
      seshdeckStore(session, { client: each.connect({ timeoutMs: timeout }), userOf }),
    );
    const [here, there] = stores as [SeshdeckStore, SeshdeckStore];
    const get = (store: SeshdeckStore) => promisify(store.get.bind(store))('ada');
    const set = (store: SeshdeckStore, data: SessionData) =>
      promisify(store.set.bind(store))('ada', data);
    await set(here, { cookie: {}, user: 'ada', cart: [] } as SessionData);
    // Two requests at the same time, one at each server, and a logout by a third.
    const [one, other] = [await get(here), await get(there)] as [SessionData, SessionData];
    await set(there, Object.assign(other, { cart: ['tea'] }));
    await set(here, Object.assign(one, { colour: 'teal' }));
    const slow = (await get(here)) as SessionData;
    expect(slow).toMatchObject({ user: 'ada', cart: ['tea'], colour: 'teal' });
    expect(await new UserSessions(servers[1]?.connect() as Client).endAll('ada')).toBe(1);
    await set(here, Object.assign(slow, { colour: 'red' }));
    expect([await get(here), await get(there)]).toEqual([null, null]);
    await Promise.all(servers.map((each) => each.close()));
    await redis.close();
  },
);

describe('the store', () => {
  let server: TestServer;
  let db: Client;
  let store: SeshdeckStore;
  const clock = new FakeClock();

  beforeEach(async () => {
    server = await startTestServer([], { clock });
    db = clientOf(`ws://127.0.0.1:${server.port}`).client;
    store = seshdeckStore(session, { client: db, ttl: 60 });
  });

  afterEach(async () => {
    await db.close();
    await server.stop();
  });

  const set = (sid: string) =>
    promisify(store.set.bind(store))(sid, { cookie: {}, user: sid } as SessionData);

  test('all, length and clear know the sessions that are there, and forget the others', async () => {
    const length = promisify(store.length.bind(store));
    await set('ada');
    clock.advance(30_000);
    await set('bob');
    await set('eve');
    expect(await length()).toBe(3);
    clock.advance(30_000);
    const all = promisify(store.all.bind(store));
    expect(await all()).toMatchObject([{ user: 'bob' }, { user: 'eve' }]);
    expect(await (await db.sharedSession({ name: 'sess:*' })).count()).toBe(2);
    await promisify(store.clear.bind(store))();
    expect(await length()).toBe(0);
    expect(await promisify(store.get.bind(store))('bob')).toBeNull();
  });

  test('the index of all sessions does not grow when nobody reads it', async () => {
    for (let n = 0; n < 40; n += 1) {
      await set(`visitor ${n}`);
      clock.advance(20_000); // Three are alive.
    }
    expect(await (await db.openSession('sess:*'))?.count()).toBeLessThanOrEqual(8);
  });

  test('the session of an id is there for other commands', async () => {
    await set('ada');
    const found = await store.sessionOf('ada');
    expect(await found?.increment('visits', 2)).toBe(2);
    expect(await promisify(store.get.bind(store))('ada')).toMatchObject({ visits: 2 });
    expect(await store.sessionOf('nobody')).toBeUndefined();
  });

  test('an error of the client is handed on', async () => {
    await db.close();
    const get = promisify(store.get.bind(store));
    await expect(get('x')).rejects.toMatchObject({ name: 'NotSentError', reason: 'closed' });
  });
});
