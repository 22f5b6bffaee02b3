import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MemoryStore, type MemoryStoreParts } from '../../server/store/memory/memoryStore.ts';
import { SlowQueryQueue } from '../../server/store/queries/slowQueryQueue.ts';
import { FakeClock } from './fakeClock.ts';
import { startTestServer, type TestClient, type TestServer } from './testServer.ts';

const clock = new FakeClock();
let server: TestServer;
let client: TestClient;
let other: TestClient;
let tkn: string;

beforeAll(async () => {
  // A sixth of the usual, which is soon spent.
  const createStore = (parts: MemoryStoreParts) =>
    new MemoryStore(parts, new SlowQueryQueue(100_000_000));
  server = await startTestServer([], { clock, createStore });
});
afterAll(() => server.stop());
beforeEach(async () => {
  [client, other] = [await server.connect(), await server.connect()];
  tkn = await client.newSession();
});

const fill = (text: string) => text.replaceAll('<T>', tkn);
const ask = (request: string) => client.ask(fill(request));
const store = (keys: string) => ask(`{"KV_SET":{"tkn":"<T>","keys":${keys}}}`);
const others = (request: string) => other.ask(fill(request));
const wide = `[${Array.from({ length: 20_000 }, (_, index) => index).join(',')}]`;

/** Takes many slices and is given up in the end. */
const costly = '{"KV_FIND":{"tkn":"<T>","rsp":"keys","path":"$[?count($[?@ > 0]) > 5]"}}';
const refused = '{"KV_FIND_RSP":{"st":4,"tkn":"<T>","m":"path"}}';

/** Takes several slices and comes to an end: the value is gone through so many times. */
const long = (times: number) => `$[?@ == 7${` && count($[?@ > 19990]) == 9`.repeat(times)}]`;
const findLong = `{"KV_FIND":{"tkn":"<T>","rsp":"paths","path":"${long(3)}"}}`;
const updateLong = `{"KV_UPDATE":{"tkn":"<T>","key":"wide","path":"${long(3)}","value":"x"}}`;

describe('while a costly path is at work', () => {
  beforeEach(() => store(`{"wide":${wide}}`));

  test('other connections are answered all the time, and it is given up in the end', async () => {
    client.socket.send(fill(costly));
    const refusal = client.next();
    let roundTrips = -1;
    let first = '';
    while (!first.includes('KV_FIND')) {
      first = await Promise.race([refusal, others('{"KV_COUNT":{"tkn":"<T>"}}')]);
      roundTrips += 1;
    }
    expect(first).toBe(fill(refused));
    // As one step it would let through one, or two.
    expect(roundTrips).toBeGreaterThan(8);
  });

  test('the replies of one connection keep their order', async () => {
    const count = '{"KV_COUNT":{"tkn":"<T>"}}';
    for (const request of [count, costly, count, findLong]) client.socket.send(fill(request));
    expect(await client.next()).toContain('KV_COUNT_RSP');
    expect(await client.next()).toBe(fill(refused));
    expect(await client.next()).toContain('KV_COUNT_RSP');
    expect(await client.next()).toBe(fill('{"KV_FIND_RSP":{"tkn":"<T>","st":1,"paths":["$[7]"]}}'));
  });

  test('a search shows the session as it was when it was asked for', async () => {
    client.socket.send(fill(findLong));
    await others('{"KV_COUNT":{"tkn":"<T>"}}');
    await others('{"KV_COUNT":{"tkn":"<T>"}}');
    await others('{"KV_CLEAR_SET":{"tkn":"<T>","keys":{"a":[0]}}}');
    expect(await client.next()).toBe(fill('{"KV_FIND_RSP":{"tkn":"<T>","st":1,"paths":["$[7]"]}}'));
  });

  test('what others change waits for an update before it, and nothing is lost', async () => {
    client.socket.send(fill(updateLong));
    await others('{"SV_INFO":{}}');
    await others('{"KV_ARR_APPEND":{"tkn":"<T>","key":"wide","items":["new"]}}');
    expect(await client.next()).toBe(
      fill('{"KV_UPDATE_RSP":{"tkn":"<T>","st":1,"key":"wide","cnt":1}}'),
    );
    const value = await others('{"KV_GET":{"tkn":"<T>","keys":["wide"]}}');
    expect(value).toContain(',6,"x",8,');
    expect(value).toContain(',19999,"new"]');
  });

  test('the end of the session waits for the calls before it', async () => {
    client.socket.send(fill(updateLong));
    client.socket.send(fill(findLong));
    await others('{"SV_INFO":{}}');
    expect(await others('{"SH_END":{"tkn":"<T>"}}')).toContain('"st":1');
    expect(await client.next()).toContain('"cnt":1');
    expect(await client.next()).toContain('KV_FIND_RSP":{"tkn"');
  });

  test.each([
    ['KV_FIND', findLong],
    ['KV_UPDATE', updateLong],
  ])(
    '%s on a session that ends with all others answers that there is none',
    async (name, request) => {
      client.socket.send(fill(request));
      await others('{"SV_INFO":{}}');
      await others('{"SH_END_ALL":{}}');
      expect(await client.next()).toBe(fill(`{"${name}_RSP":{"st":100,"tkn":"<T>","m":""}}`));
    },
  );

  test('a key that expires during an update is not there any more', async () => {
    tkn = await client.newSession('{"name":"a","expiry":{"duration":60,"deleteSession":false}}');
    await store(`{"wide":${wide}}`);
    client.socket.send(fill(updateLong));
    await others('{"SV_INFO":{}}');
    clock.advance(60_000);
    expect(await client.next()).toBe(
      fill('{"KV_UPDATE_RSP":{"tkn":"<T>","st":22,"key":"wide","cnt":0}}'),
    );
  });

  test('requests for other sessions are answered before it, on its own connection in their order', async () => {
    const theirs = await other.newSession();
    client.socket.send(fill(costly));
    client.socket.send(`{"KV_SET":{"tkn":"${theirs}","keys":{"a":1}}}`);
    let isDone = false;
    const replies = client.next().then(async (first) => {
      isDone = true;
      return [first, await client.next()];
    });
    const get = `{"KV_GET":{"tkn":"${theirs}","keys":["a"]}}`;
    let got = '';
    while (!got.includes('"a":1')) got = await other.ask(get);
    expect(isDone).toBe(false);
    expect(await replies).toEqual([fill(refused), expect.stringContaining('KV_SET_RSP')]);
  });

  test('keys that expire during a search are not shown', async () => {
    tkn = await client.newSession('{"name":"a","expiry":{"duration":60,"deleteSession":false}}');
    await store(`{"wide":${wide}}`);
    client.socket.send(fill(findLong));
    await others('{"KV_COUNT":{"tkn":"<T>"}}');
    clock.advance(60_000);
    expect(await client.next()).toBe(fill('{"KV_FIND_RSP":{"tkn":"<T>","st":1,"paths":[]}}'));
  });

  test('several at once are all answered', async () => {
    const clients = await Promise.all(Array.from({ length: 5 }, () => server.connect()));
    for (const each of clients) each.socket.send(fill(findLong));
    for (const each of clients) expect(await each.next()).toContain('"paths":["$[7]"]');
  });
});

test('an ordinary search of several megabytes is carried out', async () => {
  const usual = await startTestServer();
  const peer = await usual.connect();
  const token = await peer.newSession();
  const item = (index: number) => `{"id":${index},"name":"item ${index}","tags":["a","b"]}`;
  const items = `[${Array.from({ length: 38_000 }, (_, index) => item(index)).join(',')}]`;
  for (const key of ['a', 'b']) {
    await peer.ask(`{"KV_SET":{"tkn":"${token}","keys":{"${key}":${items}}}}`);
  }
  const path = '$[?@.id == 37999].name';
  const found = `"$[37999]['name']","$[37999]['name']"`;
  expect(await peer.ask(`{"KV_FIND":{"tkn":"${token}","rsp":"paths","path":"${path}"}}`)).toBe(
    `{"KV_FIND_RSP":{"tkn":"${token}","st":1,"paths":[${found}]}}`,
  );
  await usual.stop();
});

test('the server can be closed while a path is at work', async () => {
  const alone = await startTestServer([], { limits: { drainMs: 50 } });
  const peer = await alone.connect();
  tkn = await peer.newSession();
  await peer.ask(fill(`{"KV_SET":{"tkn":"<T>","keys":{"wide":${wide}}}}`));
  peer.socket.send(fill(costly));
  await alone.server.close();
  expect(await peer.closed).toBe(1001);
});
