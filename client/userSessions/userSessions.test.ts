import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOf } from '../../test/client/clientOf.ts';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { gate } from '../../test/client/gate.ts';
import type { ServerDeps } from '../../server/createServer.ts';
import { memoryAndCluster } from '../../test/server/stores.ts';
import { startTestServer, type TestServer } from '../../test/server/testServer.ts';
import type { Client } from '../client.ts';
import { UserSessions } from './userSessions.ts';

describe.each(memoryAndCluster)('with sessions in %s', (_, deps) => {
  let server: TestServer;
  let db: Client;
  let users: UserSessions;
  const clock = new FakeClock();
  /** Lets a message wait, and what its connection sends after it. */
  let held:
    | { readonly message: RegExp; readonly pass: () => Promise<void>; connection?: number }
    | undefined;
  const wrapDispatch: NonNullable<ServerDeps['wrapDispatch']> =
    (dispatch) =>
    (...asked) => {
      const [text, connection] = asked;
      if (held?.message.test(text ?? '')) held.connection = connection;
      if (held?.connection !== connection) return dispatch(...asked);
      return held.pass().then(() => dispatch(...asked));
    };

  beforeAll(async () => {
    server = await startTestServer([], { clock, ...deps, wrapDispatch });
    db = clientOf(`ws://127.0.0.1:${server.port}`).client;
    users = new UserSessions(db);
  });

  afterAll(async () => {
    await db.close();
    await server.stop();
  });

  /** A session of a user. @returns Its token. */
  async function logIn(user: string, { seconds = 60, device = 'phone' } = {}): Promise<string> {
    const { token } = await db.newSession({ name: 'login', expiry: { seconds } });
    await users.add(user, token, { details: { device } });
    return token;
  }

  const tokensOf = async (user: string) => (await users.list(user)).map(({ token }) => token);
  const indexOf = (user: string) => db.openSession(`user-sessions:${user}`);
  /** What the index has, without what it notes for itself. */
  const keysOf = async (user: string) =>
    (await (await indexOf(user))?.keys())?.filter((key) => /^\d+$/.test(key));

  test('the sessions of a user are listed with their details, oldest first', async () => {
    const phone = await logIn('ada');
    const laptop = await logIn('ada', { device: 'laptop' });
    await logIn('bob');
    expect(await users.list('ada')).toEqual([
      { token: phone, details: { device: 'phone' } },
      { token: laptop, details: { device: 'laptop' } },
    ]);
    expect(await users.list('nobody')).toEqual([]);
  });

  test('logging out everywhere ends all sessions of a user, and nobody else’s', async () => {
    const tokens = [await logIn('eve'), await logIn('eve')];
    const other = await logIn('mallory');
    expect(await users.endAll('eve')).toBe(2);
    expect((await db.call('SH_EXISTS', { tkns: [...tokens, other] })).exist).toEqual([other]);
    expect(await users.list('eve')).toEqual([]);
    expect(await users.endAll('eve')).toBe(0);
  });

  test('logging out all but this leaves this one', async () => {
    const [first, here, last] = [await logIn('joan'), await logIn('joan'), await logIn('joan')];
    expect(await users.endOthers('joan', here)).toBe(2);
    expect(await tokensOf('joan')).toEqual([here]);
    expect((await db.call('SH_EXISTS', { tkns: [first, here, last] })).exist).toEqual([here]);
  });

  test('a session that has ended is not listed, and leaves the index at that read', async () => {
    const [short, long] = [await logIn('carl', { seconds: 10 }), await logIn('carl')];
    const ended = await logIn('carl');
    await db.session(ended).end();
    clock.advance(10_000);
    expect(await keysOf('carl')).toEqual([short, long, ended]);
    expect(await tokensOf('carl')).toEqual([long]);
    expect(await keysOf('carl')).toEqual([long]);
  });

  test('the index of a user who logs in again and again does not grow', async () => {
    let most = 0;
    for (let login = 0; login < 200; login += 1) {
      await logIn('robot', { seconds: 3 });
      clock.advance(1_000);
      most = Math.max(most, (await (await indexOf('robot'))?.count()) ?? 0);
    }
    expect(most).toBeLessThanOrEqual(8); // Three are alive: twice as many, up to the next power of two.
  });

  test('the index of a user who stays away is gone when the last session is', async () => {
    await logIn('guest', { seconds: 100 });
    await logIn('guest', { seconds: 10 });
    clock.advance(99_000);
    expect(await tokensOf('guest')).toHaveLength(1);
    clock.advance(61_000);
    expect(await indexOf('guest')).toBeUndefined();
  });

  test('a session that is added again whenever it is touched stays in the index, with its details', async () => {
    const token = await logIn('daily', { seconds: 100 });
    for (let day = 0; day < 3; day += 1) {
      clock.advance(90_000);
      await db.session(token).touch();
      await users.add('daily', token);
    }
    expect(await users.list('daily')).toEqual([{ token, details: { device: 'phone' } }]);
  });

  test('a session that never ends keeps the index, also beside short ones', async () => {
    const short = await logIn('root', { seconds: 10 });
    const { token } = await db.newSession({ name: 'no end' });
    await users.add('root', token);
    await users.add('root', short);
    clock.advance(20_000);
    expect(await tokensOf('root')).toEqual([token]);
  });

  test.each([
    ['the longest first', [100, 10, 70, 20]],
    ['the longest last', [20, 70, 10, 100]],
    ['one without an end', [0, 10, 100, 20]],
  ])(
    'sessions that are added at the same moment do not shorten the index: %s',
    async (how, lives) => {
      await logIn(how, { seconds: 1 }); // So that each of them has to lengthen it.
      const clients = lives.map(() => clientOf(`ws://127.0.0.1:${server.port}`).client);
      const tokens = await Promise.all(
        lives.map(
          async (seconds) => (await db.newSession({ name: 'login', expiry: { seconds } })).token,
        ),
      );
      await Promise.all(
        clients.map((client, at) =>
          new UserSessions(client).add(how, tokens[at] ?? '', { seconds: lives[at] ?? 0 }),
        ),
      );
      clock.advance(99_000);
      const longest = lives.indexOf(lives.includes(0) ? 0 : 100);
      expect(await tokensOf(how)).toContain(tokens[longest]);
      await Promise.all(clients.map((client) => client.close()));
    },
  );

  test('a device that takes long to lengthen the index does not shorten what another one did', async () => {
    await logIn('slow', { seconds: 1 });
    const short = await db.newSession({ name: 'login', expiry: { seconds: 10 } });
    const { open, isReached, pass } = gate();
    held = { message: /SH_TOUCH.*"duration":70/, pass };
    const adding = users.add('slow', short.token);
    await isReached;
    const other = clientOf(`ws://127.0.0.1:${server.port}`).client;
    const long = await other.newSession({ name: 'login', expiry: { seconds: 100 } });
    await new UserSessions(other).add('slow', long.token);
    // It removes what has ended, and nothing else.
    expect(await new UserSessions(other).list('slow')).toHaveLength(3);
    open();
    await adding;
    held = undefined;
    expect((await (await indexOf('slow'))?.info())?.expiry?.seconds).toBe(160);
    await other.close();
  });

  test('thousands of sessions of one user are listed and ended', { timeout: 60_000 }, async () => {
    const made = Array.from({ length: 2_500 }, () => db.newSession({ name: 'many' }));
    const tokens = (await Promise.all(made)).map(({ token }) => token);
    for (const token of tokens) await users.add('many', token, { seconds: 0 });
    expect(await tokensOf('many')).toEqual(tokens);
    const [kept = ''] = tokens;
    expect(await users.endOthers('many', kept)).toBe(2_499);
    expect(await tokensOf('many')).toEqual([kept]);
  });

  test('a session that has ended is not added', async () => {
    const { token } = await db.newSession({ name: 'gone' });
    await db.session(token).end();
    const added = users.add('late', token);
    await expect(added).rejects.toMatchObject({ status: 'SessionNotExist' });
    expect(await indexOf('late')).toBeUndefined();
  });

  test('users are kept apart, whatever they are called', async () => {
    const names = ['', '*', '__proto__', 'ada:1', 'ada', '𝒜da "q" \\'];
    for (const name of names) await logIn(name, { device: name });
    for (const name of names) {
      expect((await users.list(name)).map(({ details }) => details)).toContainEqual({
        device: name,
      });
      expect(await users.endAll(name)).toBeGreaterThan(0);
    }
  });
});
