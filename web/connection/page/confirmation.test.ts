import { expect, test } from 'vitest';
import { catalog, commandNames } from '../../../protocol/commands/catalog.ts';
import { startConnection, startPeer } from '../../../test/web/connectionHarness.ts';
import type { ConnectionDeps } from './connectionDeps.ts';
import { maxUnsent } from './exchangeQueue.ts';
import { outgoing } from './outgoing.ts';

const endAll = '{"SH_END_ALL":{}}';

/** An open connection to a server that notes what it gets and answers all of it. */
async function open(deps: Partial<ConnectionDeps> = { isProduction: () => true }) {
  const got: string[] = [];
  const answer = (text: string, socket: { send: (text: string) => void }) => {
    got.push(text);
    socket.send(text.replace('":', '_RSP":'));
  };
  const peer = await startPeer(answer);
  const started = startConnection(peer.port, deps);
  started.connection.connect();
  await started.untilState('open');
  return { ...started, got, peer, answer };
}

test('what destroys data waits at a production server until it is confirmed, and goes out once', async () => {
  const { connection, got, view, sent, received, until } = await open();
  const exchange = connection.send(outgoing(endAll));
  expect(exchange.state).toEqual({ state: 'asking' });
  expect(view().unsent).toMatchObject([{ state: 'asking', message: { text: endAll } }]);
  const { id } = exchange;
  connection.send(outgoing('{"SV_INFO":{}}'));
  await until(() => received().length === 1);
  expect(got).toEqual(['{"SV_INFO":{}}']);
  expect(connection.confirm(id)).toBeUndefined();
  expect(connection.confirm(id)).toBeUndefined();
  await until(() => received().length === 2);
  expect(got).toEqual(['{"SV_INFO":{}}', endAll]);
  expect(sent()).toHaveLength(2);
  expect(view().unsent).toEqual([]);
  expect(exchange.state.state).toBe('answered');
});

test('what is cancelled is never sent, and brought back it is sent by a person who confirms it', async () => {
  const { connection, got, view, received, until } = await open();
  const exchange = connection.send(outgoing(endAll));
  const bringBack = connection.discard([exchange.id]);
  expect(exchange.state.state).toBe('discarded');
  expect(connection.confirm(exchange.id)).toBeUndefined();
  bringBack();
  expect(exchange.state.state).toBe('held');
  connection.sendHeld(exchange.id);
  expect(exchange.state.state).toBe('asking');
  expect(got).toEqual([]);
  connection.confirm(exchange.id);
  await until(() => received().length === 1);
  expect(got).toEqual([endAll]);
  expect(view().unsent).toEqual([]);
});

test('a connection that is lost while it asks: it is not sent late, but once it is confirmed again', async () => {
  const { connection, got, view, peer, answer, ...rest } = await open();
  const { id } = connection.send(outgoing(endAll));
  peer.stop();
  await rest.untilState('retrying');
  expect(connection.confirm(id)).toEqual({ reason: 'dangerous', name: 'SH_END_ALL' });
  expect(view().unsent).toMatchObject([{ id, state: 'asking' }]);
  await startPeer(answer, { port: peer.port });
  rest.runTimers();
  await rest.untilState('open');
  expect(view().unsent).toMatchObject([{ id, state: 'asking' }]);
  expect(got).toEqual([]);
  connection.confirm(id);
  await rest.until(() => rest.received().length === 1);
  expect(got).toEqual([endAll]);
});

test('a dangerous message that is brought back while reconnecting does not wait for the connection', async () => {
  const { connection, view, peer, untilState } = await open();
  const { id } = connection.send(outgoing(endAll));
  const bringBack = connection.discard([id]);
  peer.stop();
  await untilState('retrying');
  bringBack();
  expect(view().unsent).toMatchObject([{ id, state: 'held' }]);
});

test.each(commandNames)(
  'a production server is asked about %s as the catalog says',
  async (name) => {
    const { connection } = await open();
    const { state } = connection.send(outgoing(`{"${name}":{}}`)).state;
    expect(state).toBe(catalog[name].asksInProduction ? 'asking' : 'sent');
  },
);

test('the server of the open connection counts, and no other asks', async () => {
  const asked: string[] = [];
  const { connection, peer } = await open({
    isProduction: (url) => {
      asked.push(url);
      return false;
    },
  });
  expect(connection.send(outgoing(endAll)).state).toEqual({ state: 'sent' });
  expect(asked).toEqual([`ws://127.0.0.1:${peer.port}`]);
});

test('no more messages ask than may wait', async () => {
  const { connection, view } = await open();
  for (let count = 0; count < maxUnsent; count += 1) connection.send(outgoing(endAll));
  expect(connection.send(outgoing(endAll)).state).toEqual({
    state: 'refused',
    refusal: { reason: 'full', most: maxUnsent },
  });
  expect(view().unsent).toHaveLength(maxUnsent);
});
