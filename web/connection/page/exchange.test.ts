import { once } from 'node:events';
import { expect, test } from 'vitest';
import {
  socketsInChannel,
  startConnection,
  startPeer,
} from '../../../test/web/connectionHarness.ts';
import type { Exchange } from './exchange.ts';
import { maxUnsent } from './exchangeQueue.ts';
import { outgoing } from './outgoing.ts';

const list = '{"SH_INFO_ALL":{}}';
const quiet = '{"KV_SETQ":{"tkn":"7","keys":{"a":1}}}';

/** A connection as the page has it, to a peer that answers from a script. */
async function start(answer: Parameters<typeof startPeer>[0]) {
  const peer = await startPeer(answer);
  return { peer, ...startConnection(peer.port, { openSocket: socketsInChannel }) };
}

/** The states of an exchange from now on. */
function statesOf(exchange: Exchange): string[] {
  const states: string[] = [exchange.state.state];
  exchange.follow(({ state }) => states.push(state));
  return states;
}

test('an exchange reports each step of its message, and its reply at the end', async () => {
  const reply = '{"SH_INFO_ALL_RSP":{"totalSessions":0,"totalKeys":0}}';
  const { connection, until, received } = await start((_, socket) => socket.send(reply));
  const exchange = connection.send(outgoing(list));
  const states = statesOf(exchange);
  await until(() => exchange.state.state === 'answered' && received().length === 1);
  expect(states).toEqual(['waiting', 'leaving', 'sent', 'answered']);
  expect(exchange.state).toMatchObject({ reply: { text: reply, statuses: [] } });
});

test('two messages of the same text are two exchanges, each with its reply', async () => {
  let count = 0;
  const { connection, until } = await start((_, socket) => {
    count += 1;
    socket.send(`{"SH_INFO_ALL_RSP":{"totalSessions":${count},"totalKeys":0}}`);
  });
  const exchanges = [connection.send(outgoing(list)), connection.send(outgoing(list))];
  await until(() => exchanges.every(({ state }) => state.state === 'answered'));
  expect(exchanges.map(({ state }) => state.state === 'answered' && state.reply.text)).toEqual([
    expect.stringContaining('"totalSessions":1'),
    expect.stringContaining('"totalSessions":2'),
  ]);
});

test('a quiet message without a reply is silent, a message whose connection ends is lost', async () => {
  const { connection, untilState, until } = await start((text, socket) => {
    if (text === list) socket.send('{"SH_INFO_ALL_RSP":{"totalSessions":0,"totalKeys":0}}');
    if (text.includes('SV_INFO')) socket.terminate();
  });
  connection.connect();
  await untilState('open');
  const passedOver = connection.send(outgoing(quiet));
  connection.send(outgoing(list));
  const lost = connection.send(outgoing('{"SV_INFO":{}}'));
  await until(() => lost.state.state === 'lost');
  expect(passedOver.state.state).toBe('silent');
});

test('a reply reaches the listeners of the connection before the followers of its exchange', async () => {
  const { connection, until, entries } = await start((_, socket) => socket.send('{"NONE":1}'));
  const exchange = connection.send(outgoing(list));
  let heardBefore = -1;
  exchange.follow(({ state }) => {
    if (state === 'sent') heardBefore = entries.filter(({ kind }) => kind === 'sent').length;
  });
  await until(() => exchange.state.state === 'sent' && heardBefore >= 0);
  expect(heardBefore).toBe(1);
});

test('however many messages a socket did not take before it ended, each is kept and can be sent once', async () => {
  const received: string[] = [];
  const { peer, connection, sent, view, until, untilState, runTimers } = await start((text) =>
    received.push(text),
  );
  connection.connect();
  await untilState('open');
  const [socket] = peer.server.clients;
  if (!socket) throw new Error('Nobody is connected');
  const gone = once(socket, 'close');
  socket.close(1001);
  await gone;
  const count = maxUnsent + 20;
  const texts = Array.from({ length: count }, (_, index) => `{"SH_NEW":{"name":"${index}"}}`);
  for (const text of texts) connection.send(outgoing(text));
  await untilState('retrying');
  expect(sent().length + view().unsent.length).toBe(count);
  runTimers();
  await untilState('open');
  for (const { id } of view().unsent) {
    connection.sendHeld(id);
    connection.sendHeld(id);
  }
  await until(() => sent().length === count);
  expect(view().unsent).toEqual([]);
  expect(sent().map(({ text }) => text)).toEqual(texts);
});
