import { once } from 'node:events';
import { expect, test } from 'vitest';
import { catalog, commandNames } from '../../../protocol/commands/catalog.ts';
import {
  socketsInChannel,
  startConnection,
  startPeer,
} from '../../../test/web/connectionHarness.ts';
import { maxUnsent } from './exchangeQueue.ts';
import { outgoing } from './outgoing.ts';

const newSession = '{"SH_NEW":{"name":"user1"}}';
const newSessionReply = '{"SH_NEW_RSP":{"st":1,"name":"user1","tkn":"14247375118774737462"}}';

test('regression 2: a message sent without a connection connects first and goes out once', async () => {
  const peer = await startPeer((text, socket) =>
    socket.send(`{"${'ERR'}":{"st":3,"m":""}}${text && ''}`),
  );
  const { connection, sent, received, until } = startConnection(peer.port);
  connection.send(outgoing('{"SH_INFO_ALL":{}}'));
  await until(() => received().length === 1);
  expect(sent().map((entry) => entry.text)).toEqual(['{"SH_INFO_ALL":{}}']);
});

test('a reply is paired with its request and carries its token', async () => {
  const peer = await startPeer((_, socket) => socket.send(newSessionReply));
  const { connection, received, sent, outcomes, until } = startConnection(peer.port);
  connection.send(outgoing(newSession));
  await until(() => outcomes.size === 1);
  expect(received()[0]).toMatchObject({
    name: 'SH_NEW_RSP',
    statuses: ['Ok'],
    requestId: sent()[0]?.id,
    learned: ['tkn', 'tkn:user1'],
    text: newSessionReply,
  });
  expect(connection.store.getState().variables.get('tkn')).toBe('14247375118774737462');
});

test('a quiet command that is passed over has succeeded', async () => {
  const peer = await startPeer((text, socket) => {
    if (text.includes('KV_COUNT')) socket.send('{"KV_COUNT_RSP":{"st":1,"cnt":1,"tkn":"7"}}');
  });
  const { connection, outcomes, until } = startConnection(peer.port);
  connection.connect();
  connection.send(outgoing('{"KV_SETQ":{"tkn":"7","keys":{"a":1}}}'));
  connection.send(outgoing('{"KV_COUNT":{"tkn":"7"}}'));
  await until(() => outcomes.size === 2);
  expect([...outcomes.values()].map(({ state }) => state)).toEqual(['silent', 'answered']);
});

test('an error of one of several quiet commands is paired by what it says', async () => {
  const peer = await startPeer((text, socket) => {
    if (text.includes('[]')) socket.send('{"KV_SETQ_RSP":{"st":41,"tkn":null,"m":"keys"}}');
  });
  const { connection, outcomes, sent, until } = startConnection(peer.port);
  connection.connect();
  connection.send(outgoing('{"KV_SETQ":{"tkn":"7","keys":{"a":1}}}'));
  connection.send(outgoing('{"KV_SETQ":{"tkn":"7","keys":[]}}'));
  await until(() => outcomes.size === 2);
  const [first, second] = sent().map(({ id }) => outcomes.get(id)?.state);
  expect([first, second]).toEqual(['silent', 'answered']);
});

test('a lost server is reported with code and cause, and reconnected automatically', async () => {
  const peer = await startPeer((_, socket) => socket.send(newSessionReply));
  const { connection, events, runTimers, untilState, until } = startConnection(peer.port);
  connection.connect();
  await untilState('open');
  peer.stop();
  await untilState('retrying');
  expect(connection.store.getState().status).toMatchObject({ attempt: 1, close: { code: 1006 } });
  await startPeer(() => {}, { port: peer.port });
  runTimers();
  await until(() => events().includes('reconnected'));
  expect(events()).toEqual(['connected', 'closed', 'reconnected']);
});

test('why a connection was lost is still reported after failed attempts to reconnect', async () => {
  const peer = await startPeer(() => {});
  const { connection, runTimers, untilState, until } = startConnection(peer.port);
  connection.connect();
  await untilState('open');
  for (const socket of peer.server.clients) socket.close(1001);
  peer.server.close();
  await untilState('retrying');
  runTimers();
  await until(() => connection.store.getState().status.state === 'retrying');
  expect(connection.store.getState().status).toMatchObject({ attempt: 2, close: { code: 1001 } });
});

test('a request that is open when the connection ends is lost, not waiting for ever', async () => {
  const peer = await startPeer((_, socket) => socket.close(1001));
  const { connection, outcomes, until } = startConnection(peer.port);
  connection.send(outgoing(newSession));
  await until(() => outcomes.size === 1);
  expect([...outcomes.values()]).toEqual([{ state: 'lost' }]);
});

test('regression 8: disconnecting while connecting ends quietly and stays disconnected', async () => {
  const peer = await startPeer(() => {});
  const { connection, timers, untilState } = startConnection(peer.port);
  connection.connect();
  connection.disconnect();
  await untilState('closed');
  expect(timers).toEqual([]);
});

test('regression 8: connecting and cancelling many times leaves one working connection', async () => {
  const peer = await startPeer((_, socket) => socket.send(newSessionReply));
  const { connection, received, until } = startConnection(peer.port);
  for (let round = 0; round < 20; round += 1) {
    connection.connect();
    connection.disconnect();
  }
  connection.send(outgoing(newSession));
  await until(() => received().length === 1);
  expect(connection.store.getState().status.state).toBe('open');
});

test('a message that no connection came about for is held, and the next connection does not send it', async () => {
  const { connection, entries, sent, view, untilState } = startConnection(1);
  connection.setOptions({ isReconnecting: false });
  connection.send(outgoing(newSession));
  expect(view().unsent).toMatchObject([{ message: { text: newSession }, state: 'waiting' }]);
  await untilState('closed');
  expect(entries).toContainEqual(
    expect.objectContaining({ event: { event: 'notSent', messages: 1 } }),
  );
  expect(view().unsent).toMatchObject([{ message: { text: newSession }, state: 'held' }]);
  const peer = await startPeer(() => {});
  connection.setUrl(`ws://127.0.0.1:${peer.port}`);
  connection.connect();
  await untilState('open');
  expect(view().unsent).toHaveLength(1);
  expect(sent()).toEqual([]);
});

test('disconnecting holds what waits, and discarding can be undone', async () => {
  const { connection, view } = startConnection(1);
  connection.send(outgoing('{"SH_INFO_ALL":{}}'));
  connection.send(outgoing(newSession));
  connection.disconnect();
  expect(view().unsent.map(({ state }) => state)).toEqual(['held', 'held']);
  const unsent = () => view().unsent.map(({ message }) => message.text);
  const undo = connection.discard([1]);
  expect(unsent()).toEqual([newSession]);
  undo();
  expect(unsent()).toEqual(['{"SH_INFO_ALL":{}}', newSession]);
});

test('a message that was discarded while it waited is never sent', async () => {
  const { connection, sent, view, until } = startConnection(1);
  connection.send(outgoing(newSession));
  connection.send(outgoing('{"SH_INFO_ALL":{}}'));
  connection.discard([1]);
  await until(() => view().status.state === 'retrying');
  const peer = await startPeer(() => {});
  connection.setUrl(`ws://127.0.0.1:${peer.port}`);
  connection.connect();
  await until(() => sent().length === 1);
  expect(sent().map(({ text }) => text)).toEqual(['{"SH_INFO_ALL":{}}']);
  expect(view().unsent).toEqual([]);
});

test('what was written goes with what is sent, at once and after waiting', async () => {
  const peer = await startPeer(() => {});
  const { connection, sent, until } = startConnection(peer.port);
  const written = [1, 2].map((index) => ({ text: `{{tkn:${index}}}`, isLiteral: false }));
  connection.send(outgoing(newSession, written[0]));
  await until(() => sent().length === 1);
  connection.send(outgoing(newSession, written[1]));
  connection.send(outgoing(newSession));
  await until(() => sent().length === 3);
  expect(sent().map((entry) => entry.written)).toEqual([...written, undefined]);
});

test('at the limit of waiting messages the next is refused', async () => {
  const peer = await startPeer(() => {});
  const { connection, sent, view, until } = startConnection(peer.port);
  for (let count = 0; count < maxUnsent; count += 1) {
    expect(connection.send(outgoing(newSession)).state).toEqual({ state: 'waiting' });
  }
  expect(connection.send(outgoing(newSession)).state).toEqual({
    state: 'refused',
    refusal: { reason: 'full', most: maxUnsent },
  });
  expect(view().unsent).toHaveLength(maxUnsent);
  await until(() => sent().length === maxUnsent);
});

test.each(commandNames)('without a connection %s waits unless it is dangerous', (name) => {
  const { connection, view } = startConnection(1);
  const { state } = connection.send(outgoing(`{"${name}":{}}`));
  const mayWait = !catalog[name].isDangerous;
  expect(state).toMatchObject(
    mayWait ? { state: 'waiting' } : { state: 'refused', refusal: { reason: 'dangerous', name } },
  );
  expect(view().unsent).toHaveLength(mayWait ? 1 : 0);
});

test.each([
  ['{"NOPE":{}}', 'NOPE'],
  ['{"kv_clear":{}}', 'kv_clear'],
  ['{"KV_CLEAR":{},"SH_INFO_ALL":{}}', ''],
  ['KV_CLEAR', ''],
])('without a connection %s does not wait: nobody knows what it does', (text, name) => {
  const { connection, view } = startConnection(1);
  expect(connection.send(outgoing(text)).state).toEqual({
    state: 'refused',
    refusal: { reason: 'unknown', name },
  });
  expect(view()).toMatchObject({ unsent: [], status: { state: 'closed' } });
});

test('what a listener sends is reported after the event it is handling', async () => {
  const peer = await startPeer((text, socket) => socket.send(text.replace('":', '_RSP":')));
  const { connection, entries, received, until } = startConnection(peer.port);
  connection.subscribe((event) => {
    const isFirst = event.type === 'entry' && event.entry.kind === 'received' && event.entry.id < 4;
    if (isFirst) connection.send(outgoing('{"SH_INFO_ALL":{}}'));
  });
  connection.send(outgoing('{"SV_INFO":{}}'));
  await until(() => received().length === 2);
  expect(entries.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
});

test('an invalid address is reported and not retried', () => {
  const { connection, entries } = startConnection(1);
  connection.setUrl('http:// nowhere');
  connection.connect();
  expect(connection.store.getState().status).toMatchObject({ state: 'closed', close: { code: 0 } });
  expect(entries[0]).toMatchObject({
    kind: 'connection',
    event: { event: 'notTried', fault: { fault: 'addressNotUrl' } },
  });
});

test('what was sent just before disconnecting is in the log, and its reply is lost', async () => {
  const received: string[] = [];
  const peer = await startPeer((text) => received.push(text));
  const { connection, events, outcomes, sent, untilState } = startConnection(peer.port, {
    openSocket: socketsInChannel,
  });
  connection.connect();
  await untilState('open');
  const [socket] = peer.server.clients;
  if (!socket) throw new Error('Nobody is connected');
  const closed = once(socket, 'close');
  connection.send(outgoing(newSession));
  connection.disconnect();
  expect(sent().map(({ text }) => text)).toEqual([newSession]);
  expect([...outcomes.values()]).toEqual([{ state: 'lost' }]);
  expect(events().at(-1)).toBe('disconnected');
  await closed;
  expect(received).toEqual([newSession]);
});

test('what is sent while the server disappears without a close is reported as not sent', async () => {
  const peer = await startPeer(() => {});
  const { connection, events, sent, untilState } = startConnection(peer.port, {
    openSocket: socketsInChannel,
  });
  connection.connect();
  await untilState('open');
  const [socket] = peer.server.clients;
  if (!socket) throw new Error('Nobody is connected');
  const gone = once(socket, 'close');
  socket.close(1001);
  await gone;
  connection.send(outgoing(newSession));
  await untilState('retrying');
  expect(sent().length + events().filter((event) => event === 'notSent').length).toBe(1);
});
