import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { WebSocketServer, type WebSocket as Peer } from 'ws';
import { Connection } from '../connection/page/connection.ts';
import type { ConnectionDeps } from '../connection/page/connectionDeps.ts';
import { socketsInChannel } from '../../test/web/connectionHarness.ts';
import { outgoing } from '../connection/page/outgoing.ts';
import { createDraft } from './draft.ts';
import { messageSpans } from '../../protocol/json/jsonTokens.ts';
import { sequenceOf } from './messageSequence.ts';
import { resumeDraft, sendDraft } from './sendDraft.ts';
import { stepsIn } from './sequenceSteps.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean();
});

const replies: Readonly<Record<string, string>> = {
  SH_NEW: '{"SH_NEW_RSP":{"st":1,"name":"a","tkn":"14247375118774737462"}}',
  KV_COUNT: '{"KV_COUNT_RSP":{"st":1,"cnt":0,"tkn":"14247375118774737462"}}',
  SH_INFO: '{"SH_INFO_RSP":{"st":100,"tkn":"7","shared":null,"keyCnt":null}}',
};

/** A peer that answers only when the test says so, and a draft that is sent to it. */
async function start(text: string, deps: Partial<ConnectionDeps> = {}) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  const received: string[] = [];
  let peer: Peer | undefined;
  server.on('connection', (each) => {
    peer = each;
    each.on('message', (data: Buffer) => received.push(data.toString()));
  });
  await once(server, 'listening');
  const connection = new Connection(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, {
    openSocket: socketsInChannel,
    nowMs: () => performance.now(),
    setTimer: () => () => {},
    ...deps,
  });
  cleanups.push(() => {
    connection.dispose();
    for (const each of server.clients) each.terminate();
    server.close();
  });
  const draft = createDraft(text);
  const send = () => sendDraft(draft, { connection, maxPayloadBytes: 1000 });
  return {
    draft,
    connection,
    received,
    resume: (skip: boolean) => resumeDraft(draft, { connection, maxPayloadBytes: 1000, skip }),
    /** What has become of each message, by its first letter. */
    steps: () => {
      const { text: now } = draft.store.getState();
      const steps = stepsIn(now, messageSpans(now), sequenceOf(draft).store.getState());
      return steps?.map(({ state }) => state[0]).join('');
    },
    send,
    answer: (name: string) => peer?.send(replies[name] ?? name),
    cutOff: () => peer?.terminate(),
    progress: () => sequenceOf(draft).store.getState().progress,
    /** Sends over a connection that is open: dangerous messages do not wait for one. */
    beginConnected: async () => {
      connection.connect();
      await vi.waitFor(() => expect(connection.store.getState().status.state).toBe('open'));
      send();
      await vi.waitFor(() => expect(received).not.toEqual([]));
    },
    /** Sends, connecting first. */
    begin: async () => {
      send();
      await vi.waitFor(() => expect(received).not.toEqual([]));
    },
  };
}

const three = '{"SH_NEW":{"name":"a"}}\n{"KV_COUNT":{"tkn":"{{tkn}}"}}\n{"SH_INFO":{"tkn":"7"}}';

test('each message waits for the reply before it, which may give it its token', async () => {
  const { begin, received, answer, progress } = await start(three);
  await begin();
  expect(received).toHaveLength(1);
  expect(progress()).toEqual({ state: 'running', sent: 1, total: 3 });
  answer('SH_NEW');
  await vi.waitFor(() => expect(received).toHaveLength(2));
  expect(received[1]).toBe('{"KV_COUNT":{"tkn":"14247375118774737462"}}');
  answer('KV_COUNT');
  await vi.waitFor(() => expect(received).toHaveLength(3));
});

test('it stops at the first failure, unless that is off', async () => {
  const text = '{"SH_INFO":{"tkn":"7"}} {"SH_NEW":{"name":"a"}}';
  const strict = await start(text);
  await strict.begin();
  strict.answer('SH_INFO');
  await vi.waitFor(() =>
    expect(strict.progress()).toMatchObject({
      state: 'ended',
      sent: 1,
      end: { kind: 'failed', replyName: 'SH_INFO_RSP', statuses: ['SessionNotExist'] },
    }),
  );
  const tolerant = await start(text);
  sequenceOf(tolerant.draft).setStopsAtFailure(false);
  await tolerant.begin();
  tolerant.answer('SH_INFO');
  await vi.waitFor(() => expect(tolerant.received).toHaveLength(2));
  tolerant.answer('SH_NEW');
  await vi.waitFor(() =>
    expect(tolerant.progress()).toMatchObject({ end: { kind: 'finished', failures: 1 } }),
  );
});

test('quiet commands are not waited for, but a failure of one stops what follows', async () => {
  const quiet = '{"KV_SETQ":{"tkn":"7","keys":{"a":1}}}';
  const { begin, received, answer, progress } = await start(
    `${quiet} ${quiet} {"KV_COUNT":{"tkn":"7"}} {"SH_NEW":{"name":"a"}}`,
  );
  await begin();
  await vi.waitFor(() => expect(received).toHaveLength(3));
  answer('{"KV_SETQ_RSP":{"st":100,"tkn":"7","m":""}}');
  await vi.waitFor(() => expect(progress()).toMatchObject({ end: { kind: 'failed' }, sent: 3 }));
  answer('KV_COUNT');
  expect(received).toHaveLength(3);
});

test('messages that all are quiet go out in order, each once', async () => {
  const texts = [1, 2, 3].map((n) => `{"KV_SETQ":{"tkn":"7","keys":{"a":${n}}}}`);
  const { begin, received, progress } = await start(texts.join('\n'));
  await begin();
  await vi.waitFor(() => expect(progress()).toMatchObject({ end: { kind: 'finished' } }));
  await vi.waitFor(() => expect(received).toEqual(texts));
});

test('stopping sends no further message, and sending again starts from the first', async () => {
  const { begin, draft, send, received, answer, progress } = await start(three);
  await begin();
  sequenceOf(draft).stop();
  answer('SH_NEW');
  expect(progress()).toMatchObject({ state: 'ended', sent: 1, end: { kind: 'stopped' } });
  send();
  await vi.waitFor(() => expect(received).toHaveLength(2));
  expect(received[1]).toBe('{"SH_NEW":{"name":"a"}}');
});

test('a lost connection ends it with a word, and the text is still there', async () => {
  const { begin, draft, cutOff, progress } = await start(three);
  await begin();
  cutOff();
  await vi.waitFor(() => expect(progress()).toMatchObject({ end: { kind: 'lost' }, sent: 1 }));
  expect(draft.store.getState().text).toBe(three);
});

test('nothing is sent when a later message is no JSON', async () => {
  const { send, draft, connection, progress } = await start('{"SH_NEW":{}} {"KV_COUNT":{,}}');
  send();
  expect(progress()).toEqual({ state: 'idle' });
  expect(draft.store.getState().refusedText).toBeDefined();
  expect(connection.store.getState().status.state).toBe('closed');
});

test('a token that no reply has given holds the next message back', async () => {
  const { begin, answer, progress } = await start('{"SV_INFO":{}} {"SH_INFO":{"tkn":"{{tkn}}"}}');
  await begin();
  answer('{"SV_INFO_RSP":{"st":1,"serverVersion":"1"}}');
  await vi.waitFor(() =>
    expect(progress()).toMatchObject({
      sent: 1,
      end: { kind: 'held', fault: { kind: 'unresolved', names: ['tkn'] } },
    }),
  );
});

test('regression 2: sent while disconnected, a message connects first, goes out once, and stays', async () => {
  const { send, draft, received } = await start('{"SH_INFO_ALL":{}}');
  send();
  await vi.waitFor(() => expect(received).toEqual(['{"SH_INFO_ALL":{}}']));
  expect(draft.store.getState().text).toBe('{"SH_INFO_ALL":{}}');
});

test('while it runs, sending again sends nothing', async () => {
  const { begin, send, received, progress } = await start(three);
  await begin();
  send();
  expect(progress()).toMatchObject({ sent: 1 });
  expect(received).toHaveLength(1);
});

test('without a connection the first message waits, and stopping discards it', async () => {
  const { draft, connection, received, send, progress } = await start(three);
  send();
  expect(connection.store.getState().unsent).toHaveLength(1);
  sequenceOf(draft).stop();
  expect(connection.store.getState().unsent).toEqual([]);
  expect(progress()).toMatchObject({ state: 'ended', end: { kind: 'stopped' } });
  await vi.waitFor(() => expect(connection.store.getState().status.state).toBe('open'));
  expect(received).toEqual([]);
});

test('discarding the message that waits ends the sequence', async () => {
  const { connection, send, progress } = await start(three);
  send();
  connection.discard(connection.store.getState().unsent.map(({ id }) => id));
  expect(progress()).toEqual({ state: 'ended', sent: 0, total: 3, end: { kind: 'cancelled' } });
});

test('only replies to its own messages count, even if another client sends the same text', async () => {
  const text = '{"SH_INFO":{"tkn":"7"}}';
  const { connection, send, received, answer, progress } = await start(`${text} {"SH_NEW":{}}`);
  connection.send(outgoing(text));
  send();
  await vi.waitFor(() => expect(received).toEqual([text, text]));
  answer('SH_INFO');
  answer('{"SH_INFO_RSP":{"st":1,"tkn":"7","shared":false,"keyCnt":0}}');
  await vi.waitFor(() => expect(received).toHaveLength(3));
  expect(progress()).toEqual({ state: 'running', sent: 2, total: 2 });
});

const failing = '{"SH_INFO":{"tkn":"7"}} {"SH_INFO":{"tkn":"8"}} {"SH_NEW":{"name":"a"}}';

test('after a failure it continues with the next message; what failed stays marked', async () => {
  const { begin, resume, received, answer, progress, steps } = await start(failing);
  await begin();
  expect(steps()).toBe('stt');
  answer('SH_INFO');
  await vi.waitFor(() => expect(progress()).toMatchObject({ state: 'ended', sent: 1 }));
  expect(steps()).toBe('ftt');
  resume(false);
  await vi.waitFor(() => expect(received).toHaveLength(2));
  answer('SH_INFO');
  await vi.waitFor(() => expect(progress()).toMatchObject({ state: 'ended', sent: 2 }));
  expect(steps()).toBe('fft');
  resume(false);
  await vi.waitFor(() => expect(received).toHaveLength(3));
  answer('SH_NEW');
  await vi.waitFor(() =>
    expect(progress()).toMatchObject({ sent: 3, end: { kind: 'finished', failures: 2 } }),
  );
  expect(steps()).toBe('ffs');
});

test('the next message can be left out', async () => {
  const { begin, resume, received, answer, progress, steps } = await start(failing);
  await begin();
  answer('SH_INFO');
  await vi.waitFor(() => expect(progress()).toMatchObject({ state: 'ended' }));
  resume(true);
  await vi.waitFor(() => expect(received).toHaveLength(2));
  expect(received[1]).toContain('SH_NEW');
  expect([steps(), progress()]).toMatchObject(['fss', { state: 'running', sent: 3, total: 3 }]);
});

test('it continues with what is written now, unless that is another conversation', async () => {
  const { draft, begin, resume, received, answer, progress, steps } = await start(failing);
  await begin();
  answer('SH_INFO');
  await vi.waitFor(() => expect(progress()).toMatchObject({ state: 'ended' }));
  // The one that failed is mended, and one that is still to come is changed.
  draft.typed(failing.replace('"7"', '"9"').replace('"8"', '"10"'));
  expect(steps()).toBe('ftt');
  resume(false);
  await vi.waitFor(() => expect(received[1]).toContain('"10"'));
  answer('SH_NEW');
  draft.typed(failing.replace('"8"', '"11"'));
  expect(steps()).toBeUndefined();
  draft.typed('{"SV_INFO":{}} {"SV_INFO":{}}');
  expect(steps()).toBeUndefined();
});

test('after the connection was lost, continuing connects first', async () => {
  const { begin, resume, received, cutOff, progress } = await start(three);
  await begin();
  cutOff();
  await vi.waitFor(() => expect(progress()).toMatchObject({ end: { kind: 'lost' } }));
  resume(true);
  await vi.waitFor(() => expect(received).toHaveLength(2));
  expect(received[1]).toContain('SH_INFO');
});

const destroying = '{"SH_NEW":{"name":"a"}} {"SH_END":{"tkn":"{{tkn}}"}} {"SH_INFO":{"tkn":"7"}}';
const production = { isProduction: () => true };

test('it waits while a production server asks, and continues once that is confirmed', async () => {
  const { connection, beginConnected, received, answer, progress } = await start(
    destroying,
    production,
  );
  await beginConnected();
  answer('SH_NEW');
  await vi.waitFor(() => expect(connection.store.getState().unsent).toHaveLength(1));
  expect(progress()).toMatchObject({ state: 'running', sent: 2 });
  expect(received).toHaveLength(1);
  for (const { id } of connection.store.getState().unsent) connection.confirm(id);
  await vi.waitFor(() => expect(received).toHaveLength(2));
  expect(received[1]).toBe('{"SH_END":{"tkn":"14247375118774737462"}}');
  answer('{"SH_END_RSP":{"st":1,"tkn":"14247375118774737462"}}');
  await vi.waitFor(() => expect(received).toHaveLength(3));
});

test('a cancelled message stops it, and is the one that it continues with', async () => {
  const { connection, beginConnected, resume, received, answer, progress, steps } = await start(
    destroying,
    production,
  );
  await beginConnected();
  answer('SH_NEW');
  await vi.waitFor(() => expect(connection.store.getState().unsent).toHaveLength(1));
  connection.discard(connection.store.getState().unsent.map(({ id }) => id));
  expect(progress()).toEqual({ state: 'ended', sent: 1, total: 3, end: { kind: 'cancelled' } });
  expect([steps(), received.length]).toEqual(['stt', 1]);
  resume(false);
  expect(connection.store.getState().unsent).toMatchObject([{ state: 'asking' }]);
  connection.discard(connection.store.getState().unsent.map(({ id }) => id));
  resume(true);
  await vi.waitFor(() => expect(received).toHaveLength(2));
  expect(received[1]).toBe('{"SH_INFO":{"tkn":"7"}}');
});
