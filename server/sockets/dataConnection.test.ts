import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import type { Dispatch } from '../commands/dispatch.ts';
import { createLog } from '../log.ts';
import { dataAlone } from '../../test/server/dataAlone.ts';
import { TestClient } from '../../test/server/testServer.ts';
import { DataConnection } from './dataConnection.ts';
import { createGateway, type Gateway } from '../http/gateway.ts';
import { defaultLimits } from './limits.ts';
import { MissBudgets } from './missBudget.ts';

let gateway: Gateway;
const logged: string[] = [];

/** A real gateway whose commands are carried out by a function of the test. */
async function connectTo(dispatch: Dispatch, maxWaiting = 100): Promise<TestClient> {
  const write = (line: string) => logged.push(line);
  const shared = {
    clock: systemClock,
    limits: { ...defaultLimits, maxWaiting },
    log: createLog({ level: 'error', write, nowMs: () => 0 }),
  };
  const misses = new MissBudgets(systemClock, defaultLimits);
  gateway = createGateway({
    ...shared,
    ...dataAlone,
    connectData: (accepted) =>
      new DataConnection(accepted, { misses, dispatch, nextConnection: () => 1 }),
  });
  const port = await gateway.listen({ ip: '127.0.0.1', port: 0 });
  return TestClient.open(`ws://127.0.0.1:${port}`);
}

afterEach(async () => {
  logged.length = 0;
  await gateway.close();
});

/** Answers in its own time: the store of another machine. */
class SlowStore {
  readonly open: { text: string; settle: (reply: string) => void }[] = [];
  #arrived: () => void = () => undefined;

  readonly dispatch: Dispatch = (text) =>
    new Promise((resolve) => {
      this.open.push({ text: String(text), settle: resolve });
      this.#arrived();
    });

  /** Waits for the next request and answers it. @returns The request. */
  async answer(): Promise<string> {
    while (this.open.length === 0) {
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
    const next = this.open.shift();
    next?.settle(`reply to ${next.text}`);
    return next?.text ?? '';
  }
}

describe('with a store that answers later', () => {
  test('requests are in flight together and answered in order', async () => {
    const replies: ((reply: string) => void)[] = [];
    const client = await connectTo(
      () =>
        new Promise((resolve) => {
          replies.push(resolve);
          // The last one first.
          if (replies.length === 3) replies.toReversed().forEach((reply, at) => reply(`r${at}`));
        }),
    );
    const set = '{"KV_SET":{"tkn":"7","keys":{}}}';
    for (const text of [set, set, set]) client.socket.send(text);
    expect([await client.next(), await client.next(), await client.next()]).toEqual([
      'r2',
      'r1',
      'r0',
    ]);
  });

  test('a request about all sessions waits for those before it, and others for it', async () => {
    const store = new SlowStore();
    const client = await connectTo(store.dispatch);
    const [set, all] = ['{"KV_SET":{"tkn":"7","keys":{}}}', '{"SH_INFO_ALL":{}}'];
    for (const text of [set, all, set]) client.socket.send(text);
    for (const text of [set, all, set]) {
      expect(await store.answer()).toBe(text);
      expect(store.open).toEqual([]);
      expect(await client.next()).toBe(`reply to ${text}`);
    }
  });

  test('what comes behind a long message waits until that has begun, and on another connection nothing', async () => {
    const [long, next, other] = ['{"KV_SET":{}}', '{"KV_GET":{}}', '{"KV_KEYS":{}}'];
    const begun: string[] = [];
    const replies: ((reply: string) => void)[] = [];
    const client = await connectTo((text, _, doLong) => {
      const begin = () => {
        begun.push(String(text));
        if (text !== long) return text;
        return new Promise<string>((resolve) => {
          replies.push(resolve);
        });
      };
      if (text !== long || !doLong) return begin();
      return doLong(
        (function* read() {
          for (let steps = 0; steps < 20; steps += 1) yield;
          return begin();
        })(),
      );
    });
    const second = await TestClient.open(client.socket.url);
    for (const text of [long, next]) client.socket.send(text);
    await expect.poll(() => begun).toEqual([long, next]);
    expect(await second.ask(other)).toBe(other);
    replies[0]?.(long);
    expect([await client.next(), await client.next()]).toEqual([long, next]);
    second.socket.terminate();
  });

  test('answers at once wait behind one that takes its time', async () => {
    const store = new SlowStore();
    const client = await connectTo((text) => (text === 'slow' ? store.dispatch(text, 1) : text));
    for (const text of ['slow', 'quick', 'quick']) client.socket.send(text);
    await store.answer();
    expect([await client.next(), await client.next(), await client.next()]).toEqual([
      'reply to slow',
      'quick',
      'quick',
    ]);
  });

  test('beyond the limit of waiting requests nothing is read, and nothing is lost', async () => {
    const store = new SlowStore();
    const client = await connectTo(store.dispatch, 3);
    const requests = Array.from({ length: 200 }, (_, index) => `request ${index}`);
    for (const text of requests) client.socket.send(text);
    for (const text of requests) expect(await store.answer()).toBe(text);
    for (const text of requests) expect(await client.next()).toBe(`reply to ${text}`);
  });
});

describe('a bug in a command', () => {
  const message = '{"KV_GET":{"tkn":"14247375118774737462","keys":["secret"]}}';
  const failure = '{"KV_GET_RSP":{"st":1000,"tkn":null,"m":""}}';

  test.each<[string, Dispatch]>([
    ['thrown', () => raise()],
    ['rejected', () => Promise.reject(new Error(message))],
  ])('%s: status 1000, and the next request is answered as ever', async (_case, fail) => {
    const client = await connectTo((text) => (text === message ? fail(text, 1) : text));
    for (const text of [message, 'next']) client.socket.send(text);
    expect([await client.next(), await client.next()]).toEqual([failure, 'next']);
  });

  test('the log says where it happened and quotes nothing of the message', async () => {
    const client = await connectTo(() => raise());
    await client.ask(message);
    expect(logged.join()).toMatch(/A command failed: Error\n\s+at raise /);
    expect(logged.join()).not.toMatch(/secret|14247375118774737462/);
  });

  test('in a message that cannot be read again, it is answered as well', async () => {
    const client = await connectTo(() => raise());
    expect(await client.ask('{')).toBe('{"ERR":{"st":1000,"m":""}}');
  });

  function raise(): never {
    throw new Error(message);
  }
});

test('a flood leaves timers and other clients their turn, and keeps its order', async () => {
  let worked = 0;
  let workedBeforeTimer = Infinity;
  const client = await connectTo((text) => {
    // The first messages come one by one, the rest in one piece.
    if (worked === 50) setTimeout(() => (workedBeforeTimer = worked), 0);
    worked += 1;
    const endMs = performance.now() + 1;
    while (performance.now() < endMs);
    return text;
  }, 1000);
  const texts = Array.from({ length: 300 }, (_, at) => String(at));
  for (const text of texts) client.socket.send(text);
  for (const text of texts) expect(await client.next()).toBe(text);
  expect(workedBeforeTimer).toBeLessThan(300);
});
