import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Client } from '../../client/client.ts';
import { UserSessions } from '../../client/userSessions/userSessions.ts';
import type { StoreOptions } from '../../client/webSessions/storedSessions.ts';
import type { ServerDeps } from '../../server/createServer.ts';
import { FakeClock } from '../server/fakeClock.ts';
import { startTestServer, type TestServer } from '../server/testServer.ts';
import { clientOf } from './clientOf.ts';
import { gate } from './gate.ts';

/** A request to a site, with the session of its visitor. */
export interface Visit {
  readonly path: string;
  /** Its members are those of the session. */
  readonly session: Record<string, unknown>;
  /** Logs out. */
  end(): Promise<void>;
  /** Continues with a new session under another id, without members. @returns What has its members. */
  renew(): Promise<Record<string, unknown>>;
}

/** How a site is to be. */
export interface SiteParts {
  readonly options: StoreOptions;
  /** Of the cookie; absent: it has none. */
  readonly maxAgeMs: number | undefined;
  /** Answers a request; undefined: with the session. */
  readonly act: (visit: Visit) => unknown;
}

/** A site that was built with a framework. */
export interface Site {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** What an answer says. */
interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * For tests: what sessions do in every framework, tried with its real code on a real server.
 * @param deps Where the server keeps them; absent: in memory.
 */
export function webSessionContract(
  start: (parts: SiteParts) => Promise<Site>,
  deps: Pick<ServerDeps, 'createStore'> = {},
): void {
  let server: TestServer;
  let db: Client;
  let site: Site;
  let clock: FakeClock;
  let commands: string[] = [];
  /** What the site does with a path. */
  let routes: Record<string, (visit: Visit) => unknown> = {};

  beforeEach(async () => {
    clock = new FakeClock();
    server = await startTestServer([], { clock, ...deps });
    commands = [];
    db = clientOf(`ws://127.0.0.1:${server.port}`, {
      onCall: ({ command }) => {
        commands.push(command);
        return undefined;
      },
    }).client;
    routes = {
      '/login': ({ session }) => Object.assign(session, { user: 'ada' }),
      '/logout': async (visit) => {
        await visit.end();
        return { bye: true };
      },
    };
  });

  afterEach(async () => {
    await site.stop();
    await db.close();
    await server.stop();
  });

  async function open(options: Partial<StoreOptions> = {}, maxAgeMs?: number): Promise<void> {
    const act = (visit: Visit) => routes[visit.path]?.(visit);
    site = await start({ options: { client: db, ...options }, maxAgeMs, act });
  }

  /** A person with a browser. */
  class Visitor {
    cookie: string;

    constructor(cookie = '') {
      this.cookie = cookie;
    }

    async visit(path: string): Promise<Answer> {
      const headers = this.cookie === '' ? {} : { cookie: this.cookie };
      const response = await fetch(`http://127.0.0.1:${site.port}${path}`, { headers });
      this.cookie = response.headers.get('set-cookie')?.split(';')[0] ?? this.cookie;
      return { status: response.status, body: await response.json().catch(() => undefined) };
    }

    async open(path: string): Promise<unknown> {
      return (await this.visit(path)).body;
    }
  }

  /** A visitor who has logged in. */
  async function ada(): Promise<Visitor> {
    const visitor = new Visitor();
    await visitor.open('/login');
    return visitor;
  }

  /** The session of the first visitor as the server has it. */
  async function stored(): Promise<{ keys: Record<string, unknown>; seconds: number | undefined }> {
    const [token = ''] = await (await db.sharedSession({ name: 'sess:*' })).keys();
    const found = db.session(token);
    return { keys: await found.find('$'), seconds: (await found.info()).expiry?.remainingSeconds };
  }

  test('each member of a session is a key, and comes back at the next visit', async () => {
    routes['/login'] = ({ session }) =>
      Object.assign(session, { user: { name: 'ada' }, visits: 1, seshdeck: 'a word' });
    await open();
    const visitor = await ada();
    expect(await visitor.open('/')).toMatchObject({ user: { name: 'ada' }, visits: 1 });
    const { keys, seconds } = await stored();
    expect(Object.keys(keys).filter((name) => name !== 'cookie')).toEqual([
      'user',
      'visits',
      'seshdeck',
    ]);
    expect(seconds).toBe(86_400);
    expect(await new Visitor().open('/')).not.toHaveProperty('user');
  });

  test('requests at the same time do not overwrite what the other has changed', async () => {
    const { open: proceed, isReached, pass } = gate();
    Object.assign(routes, {
      '/login': ({ session }: Visit) => Object.assign(session, { user: 'ada', cart: [], old: 1 }),
      '/slow': async ({ session }: Visit) => {
        await pass();
        return Object.assign(session, { colour: 'teal' });
      },
      '/buy': ({ session }: Visit) => {
        delete session['old'];
        return Object.assign(session, { cart: ['tea'] });
      },
    });
    await open();
    const visitor = await ada();
    const slow = visitor.open('/slow');
    await isReached;
    await visitor.open('/buy');
    proceed();
    await slow;
    const now = await visitor.open('/');
    expect(now).toMatchObject({ user: 'ada', cart: ['tea'], colour: 'teal' });
    expect(now).not.toHaveProperty('old');
  });

  test.each(['a logout', 'a logout everywhere'])('a slow request does not undo %s', async (how) => {
    const { open: proceed, isReached, pass } = gate();
    routes['/slow'] = async ({ session }) => {
      await pass();
      return Object.assign(session, { colour: 'teal' });
    };
    await open({ userOf: ({ user }) => user });
    const visitor = await ada();
    const tkns = await (await db.sharedSession({ name: 'sess:*' })).keys();
    const slow = new Visitor(visitor.cookie).open('/slow');
    await isReached;
    if (how === 'a logout') await new Visitor(visitor.cookie).open('/logout');
    else expect(await new UserSessions(db).endAll('ada')).toBe(1);
    proceed();
    await slow;
    expect(await visitor.open('/')).not.toHaveProperty('user');
    expect(await new UserSessions(db).list('ada')).toEqual([]);
    expect((await db.call('SH_EXISTS', { tkns })).exist).toEqual([]);
  });

  test('a session lives as long as its cookie, and each visit starts that again', async () => {
    await open({}, 59_001);
    const visitor = await ada();
    expect((await stored()).seconds).toBe(60);
    clock.advance(40_000);
    await visitor.open('/');
    expect((await stored()).seconds).toBe(60);
    clock.advance(60_000);
    expect(await visitor.open('/')).not.toHaveProperty('user');
  });

  test('a visit that changes nothing writes nothing: it touches the session', async () => {
    await open({}, 60_000);
    const visitor = await ada();
    await visitor.open('/');
    commands = [];
    expect(await visitor.open('/')).toMatchObject({ user: 'ada' });
    expect(commands).toEqual(['KV_FIND', 'SH_TOUCH']);
  });

  test('with touchAfter a visit that changes nothing touches the session only so often', async () => {
    await open({ touchAfter: 3_600, ttl: 60 });
    const visitor = await ada();
    clock.advance(40_000);
    expect(await visitor.open('/')).toMatchObject({ user: 'ada' });
    expect((await stored()).seconds).toBe(20);
  });

  test('a visitor of whom nothing is to be remembered gets no session', async () => {
    await open();
    const visitor = new Visitor();
    await visitor.open('/');
    expect(visitor.cookie).toBe('');
    expect((await db.call('SH_INFO_ALL', {})).totalSessions).toBe(0);
  });

  test('a new id at the login ends the session under the old one', async () => {
    routes['/renew'] = async (visit) => Object.assign(await visit.renew(), { user: 'eve' });
    await open();
    const visitor = await ada();
    const old = visitor.cookie;
    await visitor.open('/renew');
    expect(visitor.cookie).not.toBe(old);
    expect(await visitor.open('/')).toMatchObject({ user: 'eve' });
    expect(await new Visitor(old).open('/')).not.toHaveProperty('user');
  });

  test('an id that somebody made up never becomes that of a session', async () => {
    await open();
    const visitor = await ada();
    const [name = ''] = visitor.cookie.split('=');
    const madeUp = ['*', '', 'x'.repeat(3_000), '__proto__', '%00', '%', '"', '../*', 's%3Ax.y'];
    for (const value of madeUp) {
      const other = new Visitor(`${name}=${value}`);
      expect(await other.open('/')).not.toHaveProperty('user');
      await other.open('/login');
      expect(other.cookie).not.toBe(`${name}=${value}`);
    }
    expect(await (await db.openSession('sess:*'))?.count()).toBe(1 + madeUp.length);
  });

  test('members may have any name', async () => {
    const members = Object.fromEntries([
      ['__proto__', 1],
      ['toString', 2],
      ['a b', 3],
      ['', 4],
    ]);
    routes['/odd'] = ({ session }) => {
      for (const [name, value] of Object.entries(members)) {
        Object.defineProperty(session, name, { value, enumerable: true, configurable: true });
      }
      return {};
    };
    await open();
    const visitor = await ada();
    await visitor.open('/odd');
    expect((await stored()).keys).toMatchObject({ toString: 2, 'a b': 3, '': 4 });
  });

  test('the sessions of a user are known, and can all be ended', async () => {
    const users = new UserSessions(db);
    routes['/other'] = ({ session }) => Object.assign(session, { user: 7 });
    await open({ userOf: ({ user }) => user, ttl: 60 });
    const [phone, laptop, tablet] = [await ada(), await ada(), await ada()];
    expect(await users.list('ada')).toHaveLength(3);
    await tablet.open('/other'); // Another user in the same session.
    expect(await users.list('ada')).toHaveLength(2);
    expect(await users.list('7')).toHaveLength(1);
    for (let times = 0; times < 4; times += 1) {
      clock.advance(50_000);
      for (const visitor of [phone, laptop, tablet]) await visitor.open('/');
    }
    expect(await users.endAll('ada')).toBe(2);
    expect(await phone.open('/')).not.toHaveProperty('user');
    expect(await tablet.open('/')).toMatchObject({ user: 7 });
  });

  test('when the server cannot be reached, the answer is an error and the visitor keeps the session', async () => {
    await open();
    const visitor = await ada();
    const { cookie } = visitor;
    const broken = clientOf(`ws://127.0.0.1:${server.port}`).client;
    await broken.close();
    await site.stop();
    await open({ client: broken });
    expect((await visitor.visit('/')).status).toBe(500);
    expect(visitor.cookie).toBe(cookie);
    await site.stop();
    await open();
    expect(await visitor.open('/')).toMatchObject({ user: 'ada' });
  });
}
