import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FakeClock } from '../../test/server/fakeClock.ts';
import { startTestServer, TestClient, type TestServer } from '../../test/server/testServer.ts';
import { MissBudgets } from './missBudget.ts';

const limits = { maxMisses: 5, missesPerSec: 2 };
const waiting = { resume: () => undefined };
let clock: FakeClock;

beforeEach(() => {
  clock = new FakeClock();
});

describe('the budget of an address', () => {
  test.each([
    [5, false],
    [6, true],
  ])('after %i misses its requests wait: %s', (misses, isSpent) => {
    const budgets = new MissBudgets(clock, limits);
    const budget = budgets.open(1, '10.0.0.1');
    budgets.note(1, misses);
    expect(budget.mustWait(waiting)).toBe(isSpent);
  });

  test('is one for its connections, a new one too, and none of others', () => {
    const budgets = new MissBudgets(clock, limits);
    const resumed: number[] = [];
    const open = (connection: number, address: string) => {
      const waiting = { resume: () => resumed.push(connection) };
      const budget = budgets.open(connection, address);
      return {
        mustWait: () => budget.mustWait(waiting),
        close: () => budgets.close(connection, waiting),
      };
    };
    const first = open(1, '2001:db8::1');
    const second = open(2, '10.0.0.2');
    budgets.note(1, 9);
    expect(first.mustWait()).toBe(true);
    first.close();
    const [third, fourth] = [open(3, '2001:db8::2'), open(4, '2001:db8::3')];
    expect([second, third, fourth].map((each) => each.mustWait())).toEqual([false, true, true]);
    clock.advance(1_999);
    expect(resumed).toEqual([]);
    clock.advance(1);
    expect(resumed).toEqual([3, 4]);
    expect(third.mustWait()).toBe(false);
  });

  test('is full again after a while, and never more than full', () => {
    const budgets = new MissBudgets(clock, limits);
    const budget = budgets.open(1, '10.0.0.1');
    budgets.note(1, 5);
    clock.advance(60_000);
    budgets.note(1, 5);
    expect(budget.mustWait(waiting)).toBe(false);
    budgets.note(1, 1);
    expect(budget.mustWait(waiting)).toBe(true);
  });
});

describe('a client that guesses tokens', () => {
  let server: TestServer;
  let client: TestClient;
  let tkn: string;

  beforeEach(async () => {
    server = await startTestServer([], { clock, limits });
    client = await server.connect();
    tkn = await client.newSession();
  });
  afterEach(() => server.stop());

  test.each<readonly [name: string, guess: string]>([
    ['SH_EXISTS', '{"SH_EXISTS":{"tkns":["1","2","3","4","5","6"]}}'],
    ['SH_EXISTS with hits', '{"SH_EXISTS":{"tkns":["1","2","3","4","5","<T>","6"]}}'],
    ...['SH_INFO', 'SH_END', 'KV_COUNT', 'KV_CLEAR'].map(
      (name) => [name, `{"${name}":{"tkn":"1"}}`] as const,
    ),
  ])('waits after so many misses, and others do not: %s', async (name, guess) => {
    const other = await TestClient.open(`ws://127.0.0.1:${server.port}`, [], {
      localAddress: '127.0.0.2',
    });
    const guesses = name.startsWith('SH_EXISTS') ? 1 : 6;
    for (let asked = 0; asked < guesses; asked += 1) {
      await client.ask(guess.replace('<T>', tkn));
    }
    const hit = `{"KV_COUNT":{"tkn":"${tkn}"}}`;
    client.socket.send(hit);
    for (let asked = 0; asked < 3; asked += 1) expect(await other.ask(hit)).toContain('"st":1');
    expect(client.unread).toBe(0);
    clock.advance(500);
    expect(await client.next()).toContain('"st":1,"cnt":0');
    other.socket.terminate();
  });

  test('hits cost nothing, however many', async () => {
    const ask = () => client.ask(`{"SH_EXISTS":{"tkns":["${tkn}"]}}`);
    for (let asked = 0; asked < 20; asked += 1) expect(await ask()).toContain(tkn);
  });

  test('what waits is dropped when it goes, and the server can stop', async () => {
    await client.ask('{"SH_EXISTS":{"tkns":["1","2","3","4","5","6"]}}');
    client.socket.send('{"SH_END_ALL":{}}');
    client.socket.close();
    await client.closed;
    const other = await TestClient.open(`ws://127.0.0.1:${server.port}`, [], {
      localAddress: '127.0.0.2',
    });
    expect(await other.ask('{"SH_INFO_ALL":{}}')).toContain('"totalSessions":1');
    clock.advance(60_000);
    expect(await other.ask('{"SH_INFO_ALL":{}}')).toContain('"totalSessions":1');
    other.socket.terminate();
  });
});
