import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clientOf } from '../../test/client/clientOf.ts';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { startTestServer, type TestServer } from '../../test/server/testServer.ts';
import type { Client } from '../client.ts';
import { seshdeckStore, type SeshdeckStore, type StoreOptions } from './expressSession.ts';
import type { SessionData } from './sessionData.ts';

type Visit = IncomingMessage & {
  session: SessionData & Record<string, unknown> & { destroy(done: () => void): void };
  sessionID: string;
};
type Middleware = (
  request: Visit,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

// Its types come with those of Express, which are many packages.
const session = createRequire(import.meta.url)('express-session') as {
  (options: object): Middleware;
  readonly Store: new () => object;
};

let sessions: TestServer;
let db: Client;
let store: SeshdeckStore;
let shop: Server;
let clock: FakeClock;
/** What the application does with a path. */
let routes: Record<string, (visit: Visit) => unknown> = {};

beforeEach(async () => {
  clock = new FakeClock();
  sessions = await startTestServer([], { clock });
  db = clientOf(`ws://127.0.0.1:${sessions.port}`).client;
});

afterEach(async () => {
  shop.closeAllConnections();
  shop.close();
  await db.close();
  await sessions.stop();
});

async function startShop(options: Partial<StoreOptions> = {}, cookie: object = {}): Promise<void> {
  store = seshdeckStore(session, { client: db, ...options });
  const use = session({ store, secret: 'x', resave: false, saveUninitialized: false, cookie });
  shop = createServer((plain, response) => {
    const visit = plain as Visit; // The middleware makes it one.
    use(visit, response, () => {
      void Promise.resolve(routes[visit.url ?? '']?.(visit)).then((answer) =>
        response.end(JSON.stringify(answer ?? visit.session)),
      );
    });
  });
  shop.listen(0, '127.0.0.1');
  await once(shop, 'listening');
}

/** A person with a browser. */
class Visitor {
  cookie = '';

  async open(path: string): Promise<unknown> {
    const { port } = shop.address() as AddressInfo;
    const headers = this.cookie === '' ? {} : { cookie: this.cookie };
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
    this.cookie = response.headers.get('set-cookie')?.split(';')[0] ?? this.cookie;
    return response.json();
  }
}

/** Lets a request wait until the test says so. */
function gate() {
  let open: () => void = () => undefined;
  let reached: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const isReached = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const pass = () => {
    reached();
    return opened;
  };
  return { open, isReached, pass };
}

/** The session of a visitor as the server has it. */
async function stored(): Promise<{ keys: Record<string, unknown>; seconds: number | undefined }> {
  const [token = ''] = await (await db.sharedSession({ name: 'sess:*' })).keys();
  const found = db.session(token);
  return { keys: await found.find('$'), seconds: (await found.info()).expiry?.remainingSeconds };
}

test('each member of a session is a key, and comes back at the next visit', async () => {
  routes = {
    '/login': (visit) => Object.assign(visit.session, { user: { name: 'ada' }, visits: 1 }),
  };
  await startShop();
  const ada = new Visitor();
  await ada.open('/login');
  expect(await ada.open('/')).toMatchObject({ user: { name: 'ada' }, visits: 1 });
  const { keys, seconds } = await stored();
  expect(Object.keys(keys).sort()).toEqual(['cookie', 'user', 'visits']);
  expect(seconds).toBe(86_400);
  expect(await new Visitor().open('/')).not.toHaveProperty('user');
});

test('requests at the same time do not overwrite what the other has changed', async () => {
  const { open, isReached, pass } = gate();
  routes = {
    '/login': (visit) => Object.assign(visit.session, { user: 'ada', cart: [], old: 1 }),
    '/slow': async (visit) => {
      await pass();
      return Object.assign(visit.session, { colour: 'teal' });
    },
    '/buy': (visit) => {
      delete visit.session['old'];
      return Object.assign(visit.session, { cart: ['tea'] });
    },
  };
  await startShop();
  const ada = new Visitor();
  await ada.open('/login');
  const slow = ada.open('/slow');
  await isReached;
  await ada.open('/buy');
  open();
  await slow;
  const now = await ada.open('/');
  expect(now).toMatchObject({ user: 'ada', cart: ['tea'], colour: 'teal' });
  expect(now).not.toHaveProperty('old');
});

test('a slow request does not undo a logout', async () => {
  const { open, isReached, pass } = gate();
  routes = {
    '/login': (visit) => Object.assign(visit.session, { user: 'ada' }),
    '/slow': async (visit) => {
      await pass();
      return Object.assign(visit.session, { colour: 'teal' });
    },
    '/logout': (visit) =>
      new Promise((resolve) => {
        visit.session.destroy(() => resolve({ bye: true }));
      }),
  };
  await startShop();
  const ada = new Visitor();
  await ada.open('/login');
  const slow = ada.open('/slow');
  await isReached;
  await ada.open('/logout');
  open();
  await slow;
  expect(await ada.open('/')).not.toHaveProperty('user');
  expect((await db.call('SH_INFO_ALL', {})).totalKeys).toBe(0);
});

test('a session lives as long as its cookie, in whole seconds rounded up, and a visit starts that again', async () => {
  routes = { '/login': (visit) => Object.assign(visit.session, { user: 'ada' }) };
  await startShop({}, { maxAge: 59_001 });
  const ada = new Visitor();
  await ada.open('/login');
  expect((await stored()).seconds).toBe(60);
  clock.advance(40_000);
  await ada.open('/');
  expect((await stored()).seconds).toBe(60);
  clock.advance(60_000);
  expect(await ada.open('/')).not.toHaveProperty('user');
});

test('with touchAfter a visit that changes nothing writes nothing for so long', async () => {
  routes = { '/login': (visit) => Object.assign(visit.session, { user: 'ada' }) };
  await startShop({ touchAfter: 3_600, ttl: 60 });
  const ada = new Visitor();
  await ada.open('/login');
  clock.advance(40_000);
  expect(await ada.open('/')).toMatchObject({ user: 'ada' });
  expect((await stored()).seconds).toBe(20);
});

test('all, length and clear know the sessions that are there, and forget the others', async () => {
  routes = { '/login': (visit) => Object.assign(visit.session, { user: 'ada' }) };
  await startShop({ ttl: 60 });
  const calls = {
    length: promisify(store.length.bind(store)),
    all: promisify(store.all.bind(store)),
    clear: promisify(store.clear.bind(store)),
  };
  await new Visitor().open('/login');
  clock.advance(30_000);
  const [one, other] = [new Visitor(), new Visitor()];
  await one.open('/login');
  await other.open('/login');
  expect(await calls.length()).toBe(3);
  clock.advance(30_000);
  expect(await calls.all()).toMatchObject([{ user: 'ada' }, { user: 'ada' }]);
  expect(await (await db.sharedSession({ name: 'sess:*' })).count()).toBe(2);
  await calls.clear();
  expect(await calls.length()).toBe(0);
  expect(await one.open('/')).not.toHaveProperty('user');
});

test('an error of the store is handed on', async () => {
  await startShop();
  await db.close();
  const get = promisify(store.get.bind(store));
  await expect(get('x')).rejects.toMatchObject({ name: 'NotSentError', reason: 'closed' });
});
