import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { statusCode } from '../../../protocol/status.ts';
import type { Token } from '../../../protocol/token.ts';
import { FakeClock } from '../../../test/server/fakeClock.ts';
import { Inspector, type EventOf } from '../../../test/server/inspectorClient.ts';
import { cause, idOf, tokenOf } from '../../../test/server/memoryStore.ts';
import { storesWithCluster } from '../../../test/server/stores.ts';
import {
  startTestServer,
  type TestClient,
  type TestServer,
} from '../../../test/server/testServer.ts';
import type { ServerDeps } from '../../createServer.ts';
import { MemoryStore } from '../../store/memory/memoryStore.ts';
import { unavailable } from '../../store/refusals.ts';
import type { StoreOutcome } from '../../store/sessionStore.ts';
import { streamGatherMs } from '../stream/commandStream.ts';

let clock: FakeClock;
let server: TestServer;
let client: TestClient;
let inspector: Inspector;
/** Of the session that is acted on. */
let tkn: string;
let id: string;

async function start(flags: readonly string[] = [], deps: Partial<ServerDeps> = {}): Promise<void> {
  clock = new FakeClock();
  server = await startTestServer(flags, { clock, ...deps });
  client = await server.connect();
  tkn = await client.newSession('{"name":"demo","expiry":{"duration":60,"deleteSession":true}}');
  id = idOf(tkn as Token);
  ({ inspector } = await Inspector.start(server, clock));
}

afterEach(async () => {
  inspector.terminate();
  await server.stop();
});

function act(message: string, session?: string): Promise<EventOf<'acted'>> {
  inspector.ask({ type: 'act', number: 7, session, message });
  return inspector.next('acted');
}

const replyTo = async (message: string, session?: string) => (await act(message, session)).reply;

const deadline = async (token: string) =>
  /"time":(\d+)/.exec(await client.ask(`{"SH_INFO":{"tkn":"${token}"}}`))?.[1];

describe.each(storesWithCluster)('with %s', (_name, deps) => {
  beforeEach(() => start([], deps));

  test('a command is carried out on the session of the id, and its token is masked', async () => {
    expect(await act('{"KV_SET":{"keys":{"a":1.50}}}', id)).toEqual({
      type: 'acted',
      number: 7,
      session: id,
      reply: `{"KV_SET_RSP":{"tkn":"··${tkn.slice(-4)}","keys":{"a":20}}}`,
    });
    expect(await client.ask(`{"KV_GET":{"tkn":"${tkn}","keys":["a"]}}`)).toContain('"a":1.50');
  });

  test('commands are carried out and answered in their order, long ones too', async () => {
    const long = `"${'x'.repeat(200_000)}"`;
    const messages = [
      `{"KV_SET":{"keys":{"a":${long}}}}`,
      '{"KV_CAS":{"key":"a","old":7,"value":8}}',
    ];
    messages.push('{"KV_SET":{"keys":{"a":7}}}', '{"KV_CAS":{"key":"a","old":7,"value":8}}');
    for (const [number, message] of messages.entries()) {
      inspector.ask({ type: 'act', number, session: id, message });
    }
    const events: EventOf<'acted'>[] = [];
    for (const _ of messages) events.push(await inspector.next('acted'));
    expect(events.map(({ number }) => number)).toEqual([0, 1, 2, 3]);
    expect(events[1]?.reply).toContain('"st":28');
    expect(events[3]?.reply).toContain('"st":21');
  });
});

describe('with a server that may be changed', () => {
  beforeEach(() => start());

  test('a quiet command says nothing when it succeeds', async () => {
    const event = await act('{"KV_SETQ":{"keys":{"a":1}}}', id);
    expect(event).toEqual({ type: 'acted', number: 7, session: id, reply: undefined });
  });

  test('a new session has an id in place of its token', async () => {
    const { reply, session } = await act('{"SH_NEW":{"name":"new"}}');
    expect(reply).toMatch(/^\{"SH_NEW_RSP":\{"st":1,"name":"new","tkn":"··\d{4}"\}\}$/);
    expect(await replyTo('{"KV_COUNT":{}}', session)).toContain('"cnt":0');
    const opened = await act('{"SH_NEW":{"name":"shared","shared":true}}');
    expect(await act('{"SH_OPEN":{"name":"shared"}}')).toMatchObject({
      session: opened.session,
      reply: expect.stringMatching(/"tkn":"··\d{4}"/),
    });
  });

  test('tokens in a list are masked', async () => {
    expect(await replyTo(`{"SH_EXISTS":{"tkns":["${tkn}"]}}`)).toBe(
      `{"SH_EXISTS_RSP":{"st":1,"exist":["··${tkn.slice(-4)}"]}}`,
    );
  });

  test('keys that are named like members with tokens are shown as they are', async () => {
    const keys = '{"exist":["1234567890"],"tkns":1,"st":2}';
    await act(`{"KV_SET":{"keys":${keys}}}`, id);
    const names = '["exist","tkns","st"]';
    expect(await replyTo(`{"KV_GET":{"keys":${names}}}`, id)).toContain(`"keys":${keys}`);
    expect(await replyTo(`{"KV_RMV":{"keys":${names}}}`, id)).toContain(
      '"exist":24,"tkns":24,"st":24',
    );
  });

  test.each([
    ['no JSON', 'hello', '{"ERR":{"st":3,"m":""}}'],
    ['half a surrogate', '{"KV_SET":{"keys":{"a":"\\ud800"}}}', '{"ERR":{"st":3,"m":""}}'],
    ['nested too deeply', `{"KV_SET":{"keys":{"a":${'['.repeat(5_000)}`, '{"ERR":{"st":3,"m":""}}'],
    ['nothing', '', '{"ERR":{"st":3,"m":""}}'],
    ['no object', '[]', '{"ERR":{"st":13,"m":""}}'],
    ['two commands', '{"KV_COUNT":{},"SH_END":{}}', '{"ERR":{"st":11,"m":""}}'],
    ['no command', '{"__proto__":{}}', '{"__proto___RSP":{"st":10,"tkn":null,"m":""}}'],
    ['a list of members', '{"KV_COUNT":[]}', '{"KV_COUNT_RSP":{"st":12,"tkn":null,"m":""}}'],
    ['a token', '{"KV_COUNT":{"tkn":"1"}}', '{"KV_COUNT_RSP":{"st":13,"tkn":null,"m":"tkn"}}'],
    [
      'a token with an escape',
      '{"KV_COUNT":{"\\u0074kn":"1"}}',
      '{"KV_COUNT_RSP":{"st":13,"tkn":null,"m":"tkn"}}',
    ],
    ['a fault', '{"KV_SET":{"keys":1}}', '{"KV_SET_RSP":{"st":41,"tkn":null,"m":"keys"}}'],
  ])('a message with %s is refused, and the next one is answered', async (_what, text, reply) => {
    expect(await replyTo(text, id)).toBe(reply);
    expect(await replyTo(' \n{ "KV_COUNT" : { } }', id)).toContain('"cnt":0');
  });

  test('a session that is not there, or not named, is said so', async () => {
    expect(await replyTo('{"KV_COUNT":{}}', 'AAAAAAAAAAAA')).toBe(
      '{"KV_COUNT_RSP":{"st":100,"tkn":null,"m":""}}',
    );
    expect(await replyTo('{"KV_COUNT":{}}')).toBe('{"KV_COUNT_RSP":{"st":101,"tkn":null,"m":""}}');
    expect(await replyTo('{"SH_END":{}}', id)).toContain('"st":1');
    expect(await replyTo('{"KV_COUNT":{}}', id)).toContain('"st":100');
  });

  test('as old and new value there is room for the largest that a client may send', async () => {
    const value = (quote: string) => `"${quote.repeat(1_040_000)}"`;
    await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"a":${value('\\"')}}}}`);
    const change = `{"KV_CAS":{"key":"a","old":${value('\\"')},"value":${value('x')}}}`;
    expect(await replyTo(change, id)).toContain('"st":21');
  });

  test('only the command itself moves a deadline', async () => {
    const extending = await client.newSession(
      '{"name":"e","expiry":{"duration":60,"deleteSession":true,"extendOnGet":true}}',
    );
    const before = [await deadline(tkn), await deadline(extending)];
    clock.advance(10_000);
    await inspector.next('sessions');
    for (const session of [id, idOf(extending as Token)]) {
      await act('{"KV_COUNT":{}}', session);
      await act('{"SH_INFO":{}}', session);
      await act('{"KV_GET":{"tkn":"1","keys":["a"]}}', session);
      await act('nonsense', session);
    }
    await act('{"KV_GET":{"keys":["a"]}}', id);
    expect([await deadline(tkn), await deadline(extending)]).toEqual(before);
    await act('{"KV_GET":{"keys":["a"]}}', idOf(extending as Token));
    await act('{"SH_TOUCH":{}}', id);
    const later = before.map((time) => String(Number(time) + 10));
    expect([await deadline(tkn), await deadline(extending)]).toEqual(later);
  });

  test('who watches the commands sees that an inspector sent it', async () => {
    inspector.ask({ type: 'stream', number: 1 });
    await act('{"KV_SET":{"keys":{"a":1}}}', id);
    await client.ask(`{"KV_SET":{"tkn":"${tkn}","keys":{"a":2}}}`);
    clock.advance(streamGatherMs);
    await inspector.next('sessions');
    const { entries } = await inspector.next('streamed');
    const facts = entries.map(({ command, isConsole, session }) => [command, isConsole, session]);
    expect(facts).toEqual([
      ['KV_SET', true, id],
      ['KV_SET', undefined, id],
    ]);
    expect(entries[0]?.connection).not.toBe(entries[1]?.connection);
    expect(JSON.stringify(entries)).not.toContain(tkn);
  });

  test('a command counts in the metrics like one of a client', async () => {
    const count = async () => {
      const metrics = await (await fetch(`${server.url}/metrics`)).text();
      return Number(/commands_total\{command="KV_COUNT",status="Ok"\} (\d+)/.exec(metrics)?.[1]);
    };
    await client.ask(`{"KV_COUNT":{"tkn":"${tkn}"}}`);
    const before = await count();
    await act('{"KV_COUNT":{}}', id);
    expect((await count()) - before).toBe(1);
  });
});

test('on a read-only server what changes data is refused, and reading is not', async () => {
  let session = '';
  await start(['--read-only'], {
    createStore: (parts) => {
      const store = new MemoryStore(parts);
      session = idOf(tokenOf(store.newSession({ name: 'a', shared: false }, cause)));
      return store;
    },
  });
  const refused = `"st":${statusCode('ReadOnly')}`;
  for (const message of ['{"KV_SET":{"keys":{"a":1}}}', '{"SH_TOUCH":{}}', '{"SH_END":{}}']) {
    expect(await replyTo(message, session)).toContain(refused);
  }
  expect(await replyTo('{"SH_END_ALL":{}}')).toContain(refused);
  expect(await replyTo('{"KV_COUNT":{}}', session)).toContain('"cnt":0');
});

test('a command that is switched off is refused', async () => {
  await start(['--disable-command', 'SH_END_ALL']);
  expect(await replyTo('{"SH_END_ALL":{}}')).toContain(`"st":${statusCode('CommandDisabled')}`);
});

test('a store that cannot say which session it is answers 901, and 1000 after a bug', async () => {
  let viewSessions: (() => StoreOutcome<never>) | undefined;
  await start([], {
    createStore: (parts) =>
      new Proxy(new MemoryStore(parts), {
        get: (store, name) => {
          const member = Reflect.get(store, name) as unknown;
          if (name === 'viewSessions' && viewSessions) return viewSessions;
          return typeof member === 'function' ? (member.bind(store) as unknown) : member;
        },
      }),
  });
  viewSessions = () => unavailable();
  expect(await replyTo('{"KV_COUNT":{}}', id)).toContain('"st":901');
  viewSessions = () => Promise.reject(new Error('a bug'));
  expect(await replyTo('{"KV_COUNT":{}}', id)).toContain('"st":1000');
  viewSessions = undefined;
  expect(await replyTo('{"KV_COUNT":{}}', id)).toContain('"cnt":0');
});
