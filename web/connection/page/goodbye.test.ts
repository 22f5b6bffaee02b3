import { once } from 'node:events';
import { expect, test } from 'vitest';
import { startConnection, startPeer } from '../../../test/web/connectionHarness.ts';
import { outgoing } from './outgoing.ts';
import { describeFault } from '../texts/describeFault.ts';
import { textOf } from '../texts/describeEvent.ts';

test('regression 4: the code and the reason of a close are reported, and kept after the reconnect', async () => {
  const peer = await startPeer((_, socket) => socket.close(4003, 'maintenance at noon'));
  const { connection, entries, runTimers, untilState, view } = startConnection(peer.port);
  connection.send(outgoing('{"SH_INFO_ALL":{}}'));
  await untilState('retrying');
  expect(view().status).toMatchObject({ close: { code: 4003, reason: 'maintenance at noon' } });
  expect(entries.map(textOf).at(-1)).toBe(
    'The connection was closed with code 4003. (code 4003, “maintenance at noon”)',
  );
  runTimers();
  await untilState('open');
  expect(view().lastClose).toMatchObject({ code: 4003, reason: 'maintenance at noon' });
});

test('a chosen code and reason reach the server and the log', async () => {
  const peer = await startPeer(() => {});
  const { connection, entries, untilState } = startConnection(peer.port);
  connection.connect();
  await untilState('open');
  const [socket] = peer.server.clients;
  if (!socket) throw new Error('Nobody is connected');
  const closed = once(socket, 'close');
  expect(connection.disconnect({ code: 4001, reason: 'grüße' }).ok).toBe(true);
  const [code, reason] = (await closed) as [number, Buffer];
  expect([code, reason.toString()]).toEqual([4001, 'grüße']);
  expect(entries.map(textOf).at(-1)).toMatch(
    /^Disconnected from 127\.0\.0\.1:\d+ \(code 4001, “grüße”\)$/,
  );
});

test.each([
  [{ code: 1006, reason: '' }, /1000 or 3000 to 4999/],
  [{ code: 2999, reason: '' }, /1000 or 3000 to 4999/],
  [{ code: 5000, reason: '' }, /1000 or 3000 to 4999/],
  [{ code: 3000.5, reason: '' }, /1000 or 3000 to 4999/],
  [{ code: Number.NaN, reason: '' }, /1000 or 3000 to 4999/],
  [{ code: 1000, reason: 'ü'.repeat(62) }, /at most 123 bytes, this one has 124/],
])('closing with %j is refused, and the connection stays', async (how, why) => {
  const peer = await startPeer(() => {});
  const { connection, untilState, view } = startConnection(peer.port);
  connection.connect();
  await untilState('open');
  const closed = connection.disconnect(how);
  expect(closed.ok ? '' : describeFault(closed.refusal)).toMatch(why);
  expect(view().status.state).toBe('open');
});

test('without automatic reconnect a lost connection stays closed and says why', async () => {
  const peer = await startPeer((_, socket) => socket.close(1001));
  const { connection, timers, untilState, view } = startConnection(peer.port);
  connection.setOptions({ isReconnecting: false });
  connection.send(outgoing('{"SH_INFO_ALL":{}}'));
  await untilState('open');
  await untilState('closed');
  expect(view().status).toMatchObject({ state: 'closed', close: { code: 1001 } });
  expect(timers).toEqual([]);
});

test('switching automatic reconnect off ends the waiting for the next attempt', async () => {
  const { connection, timers, untilState, view } = startConnection(1);
  connection.connect();
  await untilState('retrying');
  connection.setOptions({ isReconnecting: false });
  expect(view().status).toMatchObject({ state: 'closed', close: { code: 1006 } });
  expect(timers).toEqual([]);
});

test('after the limit of attempts it gives up and says so', async () => {
  const peer = await startPeer((_, socket) => socket.close(1001));
  const { connection, entries, runTimers, until, untilState, view } = startConnection(peer.port);
  connection.setOptions({ attemptLimit: 2 });
  connection.send(outgoing('{"SH_INFO_ALL":{}}'));
  await untilState('retrying');
  peer.stop();
  runTimers();
  await until(() => {
    const { status } = view();
    return status.state === 'retrying' && status.attempt === 2;
  });
  runTimers();
  await untilState('closed');
  expect(entries.map(textOf).at(-1)).toBe('Gave up after 2 attempts.');
  expect(view().status).toMatchObject({ close: { code: 1001 } });
});

test.each([0, -1, 1.5, 1001, Number.NaN])('a limit of %d attempts is refused', (attemptLimit) => {
  const { connection, view } = startConnection(1);
  expect(connection.setOptions({ attemptLimit }).ok).toBe(false);
  expect(view().options.attemptLimit).toBeUndefined();
});
